"""What guides write down about a member for themselves and whoever follows them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from center_core.kit import MEMBER, Base, family


class Note(Base):
    """One remark; the member never sees it, but gets it with a copy of their data when they ask."""

    __tablename__ = "note"
    __table_args__ = {"info": family(MEMBER)}

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID]
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
