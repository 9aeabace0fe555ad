"""One coupon redeemed by a till that sends no orders, such as a gift voucher handed over at the counter."""

from typing import Annotated

from pydantic import Field

from center_core import order
from scrm.fronts.web import db, now

from .baskets import Line, Price, price_of
from .coupons import CouponHeld, coupon_of
from .front import blueprint, caller, operation
from .quotes import COUPON_REFUSALS
from .shape import Answer, Number, Query, Request


class Redeeming(Request):
    """The receipt with which the coupon is used; a voucher that is handed over at the counter needs no lines."""

    number: Number = Field(examples=["S001-20261122-0043"])
    lines: list[Line] = Field([], max_length=200)


class Receipt(Query):
    """The receipt with which the coupon was used."""

    number: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]


class Redeemed(Answer):
    """The coupon as it is now, and the price of the basket with it."""

    number: str = Field(examples=["S001-20261122-0043"])
    coupon: CouponHeld
    price: Price


@blueprint.post("/coupons/<code>/redemption")
@operation(
    "coupon:write",
    id="redeem_coupon",
    tag="Coupons",
    answers=Redeemed,
    status=201,
    once=True,
    refuses=(*COUPON_REFUSALS, "coupon_order_differs", "receipt_number_taken", "sku_unknown"),
    examples={"code": "7K3MXPA2Q9RT"},
)
@blueprint.input(Redeeming, arg_name="redeeming")
def redeem_coupon(code: str, redeeming: Redeeming) -> Redeemed:
    """Redeem one coupon without recording an order. Several coupons on one receipt need `POST /v1/orders`."""
    held, basket, quote = order.redeem_alone(
        db(),
        store_id=caller().store_id,
        number=redeeming.number,
        code=code,
        lines=[line.sold() for line in redeeming.lines],
        now=now(),
    )
    return Redeemed(
        number=redeeming.number,
        coupon=coupon_of(held._replace(state="redeemed")),
        price=price_of(basket, quote),
    )


@blueprint.delete("/coupons/<code>/redemption")
@operation(
    "coupon:write",
    id="give_coupon_back",
    tag="Coupons",
    answers=CouponHeld,
    refuses=("coupon_unknown", "redemption_unknown", "receipt_number_taken"),
    examples={"code": "7K3MXPA2Q9RT", "number": "S001-20261122-0043"},
)
@blueprint.input(Receipt, location="query", arg_name="receipt")
def give_coupon_back(code: str, receipt: Receipt) -> CouponHeld:
    """Roll a redemption back: the coupon is usable again, with the validity it had.

    A coupon that was used with an order comes back by returning the order.
    """
    held = order.give_back_alone(
        db(), store_id=caller().store_id, number=receipt.number, code=code, now=now()
    )
    return coupon_of(held)
