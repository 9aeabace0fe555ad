"""What a shop guide should see as it happens."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from center_core.kit import DIRECTORY, Base, family


class Feed(Base):
    """One line in a guide's feed: a win, a new member, a sale. It names the member, if it is of one, and what is shown.

    ``id`` is time-ordered, so the newest lines are the end of the guide's own index. A line is also a task: a
    win asks for congratulations, a purchase for thanks. It is open until ``done_at``.
    """

    __tablename__ = "feed"
    __table_args__ = (
        Index("feed_open_idx", "staff_id", "id", postgresql_where=text("done_at is null")),
        {"info": family(DIRECTORY, "staff_id")},
    )

    staff_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    member_id: Mapped[UUID | None]
    body: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    done_at: Mapped[datetime | None]
