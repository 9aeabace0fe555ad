"""Tables of the channel centre: regions, stores and e-shops, the codes that lead to them, their API keys."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, CheckConstraint, Float, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from center_core.kit import REFERENCE, Base, family


class Region(Base):
    """A part of the country that one regional manager answers for."""

    __tablename__ = "region"
    __table_args__ = (UniqueConstraint("code"), {"info": family(REFERENCE)})

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text)
    name: Mapped[dict[str, Any]]


class Store(Base):
    """A place where the brand sells: a shop on a street, or an e-shop, which has no coordinates."""

    __tablename__ = "store"
    __table_args__ = (
        UniqueConstraint("code"),
        Index(None, "region_id"),
        CheckConstraint("kind in ('store', 'eshop')", name="kind"),
        CheckConstraint("(lat is null) = (lng is null)", name="place"),
        {"info": family(REFERENCE)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[dict[str, Any]]
    region_id: Mapped[UUID | None] = mapped_column(ForeignKey("region.id"))
    province: Mapped[dict[str, Any]]
    city: Mapped[dict[str, Any]]
    address: Mapped[dict[str, Any]]
    lat: Mapped[float | None] = mapped_column(Float)
    lng: Mapped[float | None] = mapped_column(Float)
    phone: Mapped[str | None] = mapped_column(Text)
    hours: Mapped[str | None] = mapped_column(Text)
    zone: Mapped[str] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(Boolean)


class ChannelCode(Base):
    """What a link or a poster carries, so that whoever comes through it is known to come from there."""

    __tablename__ = "channel_code"
    __table_args__ = (
        Index(None, "store_id"),
        Index(None, "staff_id"),
        {"info": family(REFERENCE)},
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"))
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    label: Mapped[str] = mapped_column(Text)
    campaign_slug: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(Boolean)


class ApiKey(Base):
    """A system's key to ``/v1`` on behalf of one store. Only the hash of its secret is kept."""

    __tablename__ = "api_key"
    __table_args__ = (
        UniqueConstraint("prefix"),
        Index(None, "store_id"),
        {"info": family(REFERENCE)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"))
    label: Mapped[str] = mapped_column(Text)
    prefix: Mapped[str] = mapped_column(Text)
    key_hash: Mapped[str] = mapped_column(Text)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
