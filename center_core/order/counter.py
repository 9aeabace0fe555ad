"""A coupon used with a receipt that is no order here, by a till that sends none.

Such a receipt has one coupon. Whether it has one, or is an order after all, is asked while its number is held: another
till may be recording that order at this moment.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from center_core import marketing
from center_core.kit import N_, NotFound, Refused, Session

from .draft import hold_number
from .line import SaleLine, basket_of
from .receipt import is_recorded


class Redeemed(NamedTuple):
    """The coupon as it was found, and the price of the basket with it."""

    held: marketing.Held
    basket: marketing.Basket
    quote: marketing.Quote


def redeem_alone(
    db: Session, *, store_id: UUID, number: str, code: str, lines: Sequence[SaleLine], now: datetime
) -> Redeemed:
    """Use one coupon with a receipt; what is handed over at the counter needs no ``lines``.

    Refused as ``marketing.redeem`` does, and with ``receipt_number_taken``. Locks the number, then the coupon.
    """
    held = marketing.by_code(db, code, now=now)
    hold_number(db, store_id=store_id, number=number)
    _refuse_order(db, store_id, number)
    basket = basket_of(db, lines=lines) if lines else marketing.Basket(())
    quote = marketing.redeem(
        db,
        member_id=held.coupon.member_id,
        codes=[held.coupon.code],
        basket=basket,
        store_id=store_id,
        order_number=number,
        now=now,
    )
    return Redeemed(held, basket, quote)


def give_back_alone(db: Session, *, store_id: UUID, number: str, code: str, now: datetime) -> marketing.Held:
    """Undo ``redeem_alone``; asked twice, the second changes nothing. Returns the coupon as it is then.

    Refused with ``redemption_unknown``, and with ``receipt_number_taken`` for an order's, which comes back by its
    return. Locks the number, then the coupon.
    """
    coupon = marketing.by_code(db, code, now=now).coupon
    hold_number(db, store_id=store_id, number=number)
    uses = marketing.redemptions(db, member_id=coupon.member_id, store_id=store_id, order_number=number)
    if all(used.coupon_id != coupon.id for used in uses):
        raise NotFound("redemption_unknown", N_("This store did not redeem this coupon with this receipt."))
    _refuse_order(db, store_id, number)
    marketing.roll_back(db, member_id=coupon.member_id, store_id=store_id, order_number=number, now=now)
    return marketing.coupon(db, member_id=coupon.member_id, coupon_id=coupon.id, now=now)


def _refuse_order(db: Session, store_id: UUID, number: str) -> None:
    if is_recorded(db, store_id=store_id, number=number):
        raise Refused(
            "receipt_number_taken",
            N_("Receipt %(number)s is an order. Record or return the order instead."),
            number=number,
        )
