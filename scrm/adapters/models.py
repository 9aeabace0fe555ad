"""The table of the embedded SMS provider."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from center_core.kit import LOCAL, Base, family


class SmsInbox(Base):
    """A text message that nobody's phone received: the demo shows it on a page."""

    __tablename__ = "sms_inbox"
    __table_args__ = (
        UniqueConstraint("key"),
        Index(None, "phone", "id"),
        {"info": family(LOCAL)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
