"""The tables of the settlement centre."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from center_core.kit import MEMBER, Base, family


class Attribution(Base):
    """A posting of an order's money to the guide and store it counts for; negative for a return.

    ``source`` is the order or the return. ``staff_id`` is empty where nobody served and nobody is bound.
    """

    __tablename__ = "attribution"
    __table_args__ = (
        CheckConstraint("source_kind in ('sale', 'return')", name="source"),
        CheckConstraint("basis in ('binding', 'seller', 'store')", name="basis"),
        UniqueConstraint("member_id", "source_kind", "source_id"),
        Index(None, "member_id", "order_id"),
        Index(None, "staff_id", "at"),
        Index(None, "store_id", "at"),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID]
    source_kind: Mapped[str] = mapped_column(Text)
    source_id: Mapped[UUID]
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"))
    basis: Mapped[str] = mapped_column(Text)
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]


class OriginSale(Base):
    """A posting of an order's money to the campaign or broadcast whose coupon it used; minus for a return."""

    __tablename__ = "origin_sale"
    __table_args__ = (
        CheckConstraint("source_kind in ('sale', 'return')", name="source"),
        UniqueConstraint("member_id", "source_kind", "source_id", "origin_id"),
        Index(None, "member_id", "order_id"),
        Index(None, "origin_id"),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID]
    source_kind: Mapped[str] = mapped_column(Text)
    source_id: Mapped[UUID]
    origin_id: Mapped[UUID]
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
