"""Coupons as a till sees them: a member's, or the one that was scanned."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from center_core import marketing, member
from scrm.fronts.web import db, now, only_reads

from .front import blueprint, caller, operation
from .members import known
from .shape import Answer, Bilingual, CouponCode, Fen


class CouponHeld(Answer):
    """A coupon with its terms. ``value`` is fen for ``amount``, percent for ``percent``, 0 for ``gift``."""

    code: CouponCode = Field(examples=["7K3MXPA2Q9RT"])
    member_id: UUID
    name: Bilingual
    terms: Bilingual
    kind: Literal["amount", "percent", "gift"]
    value: int = Field(examples=[5000])
    cap_fen: Fen | None = Field(examples=[None])
    minimum_fen: Fen = Field(examples=[0])
    gift_article: str | None = Field(examples=[None])
    stacking: Literal["alone", "with_others"]
    state: Literal["issued", "redeemed", "expired", "void"]
    valid_from: datetime
    valid_until: datetime
    in_this_store: bool


class Wallet(Answer):
    """The coupons that a member can use now or soon, the first to expire first."""

    coupons: list[CouponHeld]


@blueprint.get("/members/<uuid:member_id>/coupons")
@operation(
    "coupon:read", id="see_wallet", tag="Coupons", answers=Wallet, refuses=("member_unknown", "member_frozen")
)
@only_reads
def see_wallet(member_id: UUID) -> Wallet:
    """List a member's coupons."""
    who = known(member.till_card(db(), member_id))
    held = marketing.wallet(db(), member_id=who.member_id, now=now())
    return Wallet(coupons=[coupon_of(each) for each in held])


@blueprint.get("/coupons/<code>")
@operation(
    "coupon:read",
    id="see_coupon",
    tag="Coupons",
    answers=CouponHeld,
    refuses=("coupon_unknown",),
    examples={"code": "7K3MXPA2Q9RT"},
)
@only_reads
def see_coupon(code: str) -> CouponHeld:
    """Look at the coupon that was scanned."""
    return coupon_of(marketing.by_code(db(), code, now=now()))


def coupon_of(held: marketing.Held) -> CouponHeld:
    """The coupon as this store sees it."""
    coupon, template = held.coupon, held.template
    stores = template.scope.get("store_ids") or ()
    return CouponHeld(
        code=coupon.code,
        member_id=coupon.member_id,
        name=Bilingual.of(template.name),
        terms=Bilingual.of(template.terms),
        kind=template.kind,
        value=template.value,
        cap_fen=template.cap_fen,
        minimum_fen=template.minimum_fen,
        gift_article=template.gift_sku_code,
        stacking=template.stacking,
        state=held.state,
        valid_from=coupon.valid_from,
        valid_until=coupon.valid_until,
        in_this_store=not stores or str(caller().store_id) in stores,
    )
