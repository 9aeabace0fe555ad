"""Quotes: what coupons would take off a basket here and now. Nothing is kept and nothing is promised."""

from pydantic import Field

from center_core import marketing, order
from center_core.kit import N_, Refused
from scrm.fronts.web import db, now, only_reads

from .baskets import Line, Price, price_of
from .front import blueprint, caller, operation
from .shape import CouponCode, MemberId, Request

COUPON_REFUSALS = (
    "coupon_unknown", "coupon_used", "coupon_void", "coupon_not_yet", "coupon_expired", "coupon_wrong_store",
    "coupon_scope", "coupon_minimum", "coupon_stacking", "coupon_needs_member", "member_frozen",
)  # fmt: skip
"""Why a coupon may not be used: in a quote beside the coupon, elsewhere as the refusal of the whole."""


class Wanted(Request):
    """A basket, and the coupons in the order in which they were scanned."""

    member_id: MemberId | None = None
    lines: list[Line] = Field(min_length=1, max_length=200)
    coupons: list[CouponCode] = Field([], max_length=20, examples=[["7K3MXPA2Q9RT"]])


@blueprint.post("/quotes")
@operation(
    "coupon:read",
    id="quote",
    tag="Sales",
    answers=Price,
    refuses=("sku_unknown", "coupon_needs_member"),
)
@blueprint.input(Wanted, arg_name="wanted")
@only_reads
def quote(wanted: Wanted) -> Price:
    """Price a basket with coupons: the discount by coupon and line, or why a coupon may not be used."""
    if wanted.coupons and wanted.member_id is None:
        raise Refused("coupon_needs_member", N_("Coupons can only be used by the member who holds them."))
    basket = order.basket_of(db(), lines=[line.sold() for line in wanted.lines])
    if wanted.member_id is None:
        return price_of(basket, marketing.Quote((), basket.total_fen, (0,) * len(basket.lines)))
    quoted = marketing.quote(
        db(),
        member_id=wanted.member_id,
        codes=wanted.coupons,
        basket=basket,
        store_id=caller().store_id,
        now=now(),
    )
    return price_of(basket, quoted)
