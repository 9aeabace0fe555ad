"""The tables of insight."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from center_core.kit import LOCAL, Base, family


class SavedView(Base):
    """One filter of one list under its owner's name for it; ``query`` is what stands behind ``?``."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("staff_id", "list_name", "name"), {"info": family(LOCAL)})

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID]
    list_name: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    query: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]
