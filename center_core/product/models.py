"""The tables of the product centre."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from center_core.kit import REFERENCE, Base, family


class Style(Base):
    """A design as it hangs in the shop; its picture is drawn from silhouette, quilting and hood."""

    __tablename__ = "style"
    __table_args__ = (
        CheckConstraint("price_fen > 0", name="price"),
        Index(None, "category", "code"),
        {"info": family(REFERENCE)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[dict[str, Any]]
    category: Mapped[str] = mapped_column(Text)
    silhouette: Mapped[str] = mapped_column(Text)
    quilting: Mapped[str] = mapped_column(Text)
    hood: Mapped[bool]
    fill: Mapped[str] = mapped_column(Text)
    season: Mapped[str] = mapped_column(Text)
    price_fen: Mapped[int] = mapped_column(BigInteger)
    story: Mapped[dict[str, Any]]


class Sku(Base):
    """One colour and size of a style: what is counted, scanned and sold."""

    __tablename__ = "sku"
    __table_args__ = (
        CheckConstraint("price_fen > 0", name="price"),
        UniqueConstraint("style_id", "colour", "size"),
        {"info": family(REFERENCE)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    style_id: Mapped[UUID] = mapped_column(ForeignKey("style.id"))
    code: Mapped[str] = mapped_column(Text, unique=True)
    barcode: Mapped[str] = mapped_column(Text, unique=True)
    colour: Mapped[str] = mapped_column(Text)
    colour_name: Mapped[dict[str, Any]]
    colour_hex: Mapped[str] = mapped_column(Text)
    size: Mapped[str] = mapped_column(Text)
    size_order: Mapped[int]
    price_fen: Mapped[int] = mapped_column(BigInteger)
