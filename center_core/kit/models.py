"""The kit's own tables."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from .db import Base
from .family import LOCAL, REFERENCE, family
from .outbox import Delivery, Outbox

__all__ = ["Delivery", "IdempotentRequest", "Outbox", "TableFamily"]


class TableFamily(Base):
    """The family of each table, as its migration declared it."""

    __tablename__ = "table_family"
    __table_args__ = {"info": family(REFERENCE)}

    table_name: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    key: Mapped[str | None] = mapped_column(Text)


class IdempotentRequest(Base):
    """The stored answer to one (caller, Idempotency-Key); written in the transaction that it answers for."""

    __tablename__ = "idempotent_request"
    __table_args__ = (
        Index(None, "answered_at"),
        {"info": family(LOCAL)},
    )

    scope: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int] = mapped_column(SmallInteger)
    content_type: Mapped[str] = mapped_column(Text)
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    answered_at: Mapped[datetime]
