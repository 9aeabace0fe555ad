"""What happened to coupons. Coupons that a draw issues are told of by the draw, not one by one from here."""

from dataclasses import dataclass
from uuid import UUID

from center_core.kit import Event


@dataclass(frozen=True)
class CouponIssued(Event):
    """A member was given a coupon."""

    member_id: UUID
    coupon_id: UUID
    template_id: UUID
    source_kind: str
    source_id: UUID
    origin_id: UUID | None = None


@dataclass(frozen=True)
class CouponRedeemed(Event):
    """A coupon was used with an order; ``amount_fen`` is what it took off."""

    member_id: UUID
    coupon_id: UUID
    template_id: UUID
    store_id: UUID
    order_number: str
    amount_fen: int
    origin_id: UUID | None = None


@dataclass(frozen=True)
class CouponRolledBack(Event):
    """The order that used it came back whole or never came about; ``usable`` when it is still in time."""

    member_id: UUID
    coupon_id: UUID
    template_id: UUID
    store_id: UUID
    order_number: str
    usable: bool


@dataclass(frozen=True)
class CouponExpired(Event):
    """A coupon's time passed unused."""

    member_id: UUID
    coupon_id: UUID
    template_id: UUID
