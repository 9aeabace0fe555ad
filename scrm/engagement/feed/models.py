"""What a shop guide should see as it happens."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from center_core.kit import DIRECTORY, Base, family


class Feed(Base):
    """One line in a guide's feed: a win, a new member, a sale. It names the member and what is shown.

    ``id`` is time-ordered, so the newest lines are the end of the guide's own index.
    """

    __tablename__ = "feed"
    __table_args__ = {"info": family(DIRECTORY, "staff_id")}  # noqa: RUF012 - SQLAlchemy reads it from the class

    staff_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    member_id: Mapped[UUID]
    body: Mapped[dict[str, Any]]
    at: Mapped[datetime]
