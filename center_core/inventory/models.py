"""The tables of the inventory centre."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from center_core.kit import LOCAL, REFERENCE, Base, family


class Location(Base):
    """A place where goods lie: the factory, the main or a sub-warehouse, or a store's own room."""

    __tablename__ = "location"
    __table_args__ = (
        CheckConstraint("kind in ('factory', 'main', 'sub', 'store')", name="kind"),
        {"info": family(REFERENCE)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[str] = mapped_column(Text)
    store_id: Mapped[UUID | None] = mapped_column(ForeignKey("store.id"), unique=True)
    name: Mapped[dict[str, Any]]


class Stock(Base):
    """What lies at a location: on hand, and how much of that is reserved. The sum of its movements."""

    __tablename__ = "stock"
    __table_args__ = (
        CheckConstraint("on_hand >= reserved", name="on_hand"),
        CheckConstraint("reserved >= 0", name="reserved"),
        Index(None, "sku_id"),
        {"info": family(LOCAL)},
    )

    location_id: Mapped[UUID] = mapped_column(ForeignKey("location.id"), primary_key=True)
    sku_id: Mapped[UUID] = mapped_column(ForeignKey("sku.id"), primary_key=True)
    on_hand: Mapped[int]
    reserved: Mapped[int]


class Movement(Base):
    """One change of stock, never altered; ``source`` is what caused it (a sale, a return, a count)."""

    __tablename__ = "movement"
    __table_args__ = (
        UniqueConstraint("source_id", "source_kind", "kind", "location_id", "sku_id"),
        Index(None, "location_id", "sku_id"),
        {"info": family(LOCAL)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    location_id: Mapped[UUID] = mapped_column(ForeignKey("location.id"))
    sku_id: Mapped[UUID] = mapped_column(ForeignKey("sku.id"))
    kind: Mapped[str] = mapped_column(Text)
    on_hand_change: Mapped[int]
    reserved_change: Mapped[int]
    source_kind: Mapped[str] = mapped_column(Text)
    source_id: Mapped[UUID]
    at: Mapped[datetime]


class Hold(Base):
    """Pieces kept aside for somebody until ``expires_at``: an unpaid order, a pick-up."""

    __tablename__ = "hold"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("state in ('open', 'consumed', 'released', 'expired')", name="state"),
        UniqueConstraint("source_id", "source_kind", "location_id", "sku_id"),
        Index("hold_open_idx", "expires_at", postgresql_where=text("state = 'open'")),
        Index(None, "location_id", "sku_id", postgresql_where=text("state = 'open'")),
        {"info": family(LOCAL)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    location_id: Mapped[UUID] = mapped_column(ForeignKey("location.id"))
    sku_id: Mapped[UUID] = mapped_column(ForeignKey("sku.id"))
    quantity: Mapped[int]
    state: Mapped[str] = mapped_column(Text)
    source_kind: Mapped[str] = mapped_column(Text)
    source_id: Mapped[UUID]
    held_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
