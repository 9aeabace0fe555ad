"""The tables of the marketing centre."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from center_core.kit import DIRECTORY, LOCAL, MEMBER, REFERENCE, Base, family, local_day


class CouponTemplate(Base):
    """What a kind of coupon is worth, where and when it counts, and beside which others.

    ``value`` is fen off for ``amount``, percent off for ``percent`` (at most ``cap_fen``), and nothing for
    ``gift``: a gift voucher makes one piece of ``gift_sku_code`` free, or, without one, is handed over at
    the counter. ``scope`` may list ``store_ids``, ``categories`` and ``style_codes``; a list that is empty or
    absent does not narrow. A line is in scope by its category or by its style.
    """

    __tablename__ = "coupon_template"
    __table_args__ = (
        CheckConstraint("kind in ('amount', 'percent', 'gift')", name="kind"),
        CheckConstraint("value >= 0", name="value"),
        CheckConstraint("minimum_fen >= 0", name="minimum"),
        CheckConstraint("stacking in ('alone', 'with_others')", name="stacking"),
        CheckConstraint("state in ('draft', 'active', 'closed')", name="state"),
        CheckConstraint("valid_from < valid_until", name="period"),
        {"info": family(REFERENCE)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[dict[str, Any]]
    kind: Mapped[str] = mapped_column(Text)
    value: Mapped[int]
    cap_fen: Mapped[int | None] = mapped_column(BigInteger)
    gift_sku_code: Mapped[str | None] = mapped_column(Text)
    minimum_fen: Mapped[int] = mapped_column(BigInteger)
    scope: Mapped[dict[str, Any]]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    valid_days: Mapped[int | None]
    zone: Mapped[str] = mapped_column(Text)
    member_limit: Mapped[int | None]
    stock_total: Mapped[int | None]
    stacking: Mapped[str] = mapped_column(Text)
    stacking_group: Mapped[str | None] = mapped_column(Text)
    terms: Mapped[dict[str, Any]]
    art: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    created_at: Mapped[datetime]

    @property
    def is_limited(self) -> bool:
        """Whether there are only so many of it, in all or for each member, whoever gives it."""
        return self.stock_total is not None or self.member_limit is not None

    def window(self, at: datetime) -> tuple[datetime, datetime]:
        """From when until when a coupon issued ``at`` is valid.

        ``valid_days`` counts whole local days after the day of issue: "valid for 7 days" is read that way.
        """
        starts = max(at, self.valid_from)
        if self.valid_days is None:
            return starts, self.valid_until
        zone = ZoneInfo(self.zone)
        last_day = local_day(starts, self.zone) + timedelta(days=self.valid_days)
        ends = datetime.combine(last_day + timedelta(days=1), time(), zone)
        return starts, min(ends.astimezone(self.valid_until.tzinfo), self.valid_until)


class CouponStock(Base):
    """How many coupons of a limited template are left to issue."""

    __tablename__ = "coupon_stock"
    __table_args__ = (CheckConstraint("left_over >= 0", name="left_over"), {"info": family(LOCAL)})

    template_id: Mapped[UUID] = mapped_column(ForeignKey("coupon_template.id"), primary_key=True)
    left_over: Mapped[int]


class CouponAllowance(Base):
    """How many coupons of a template a member has had out of its stock and kept; counted against ``member_limit``."""

    __tablename__ = "coupon_allowance"
    __table_args__ = {"info": family(MEMBER)}

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    template_id: Mapped[UUID] = mapped_column(primary_key=True)
    issued: Mapped[int]


class Coupon(Base):
    """One member's coupon.

    ``source`` is the single act that issued it (a play, a message) and makes issuing idempotent;
    ``origin_id`` is the campaign or broadcast that act belonged to, by which its use is reported.
    ``from_stock`` is false when the coupon was a prize, which is counted against the prize's own stock.
    """

    __tablename__ = "coupon"
    __table_args__ = (
        CheckConstraint("state in ('issued', 'redeemed', 'expired', 'void')", name="state"),
        UniqueConstraint("member_id", "source_kind", "source_id"),
        Index("coupon_expiring_idx", "valid_until", postgresql_where=text("state = 'issued'")),
        Index(None, "origin_id", postgresql_where=text("origin_id is not null")),
        Index(None, "template_id"),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    template_id: Mapped[UUID]
    code: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    issued_at: Mapped[datetime]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    source_kind: Mapped[str] = mapped_column(Text)
    source_id: Mapped[UUID]
    origin_id: Mapped[UUID | None]
    from_stock: Mapped[bool]


class CouponDirectory(Base):
    """Whose coupon a scanned code is."""

    __tablename__ = "coupon_directory"
    __table_args__ = {"info": family(DIRECTORY, "code")}

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    member_id: Mapped[UUID]
    coupon_id: Mapped[UUID]


class Redemption(Base):
    """A coupon used with an order of a store; at most one of a coupon's redemptions is not rolled back."""

    __tablename__ = "redemption"
    __table_args__ = (
        CheckConstraint("amount_fen >= 0", name="amount"),
        ForeignKeyConstraint(["member_id", "coupon_id"], ["coupon.member_id", "coupon.id"]),
        Index(
            "redemption_open_idx",
            "member_id",
            "coupon_id",
            unique=True,
            postgresql_where=text("rolled_back_at is null"),
        ),
        Index(None, "store_id", "order_number"),
        Index(None, "template_id"),
        Index(None, "origin_id", postgresql_where=text("origin_id is not null")),
        {"info": family(MEMBER)},
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    coupon_id: Mapped[UUID]
    template_id: Mapped[UUID]
    origin_id: Mapped[UUID | None]
    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"))
    order_number: Mapped[str] = mapped_column(Text)
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    rolled_back_at: Mapped[datetime | None]
