"""What all ways of ordering share: claiming or holding the number, redeeming the coupons, writing the rows."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from center_core import marketing
from center_core.kit import Session, look_up

from .line import PricedLine, basket
from .models import Order, OrderLine

HOLD = "select pg_advisory_xact_lock(hashtextextended(%(store_id)s::text || %(number)s, 7002))"
CLAIM = f"""
with held as materialized ({HOLD})
insert into order_directory (number, store_id, member_id, order_id)
select %(number)s, %(store_id)s, %(member_id)s, %(order_id)s from held on conflict do nothing returning order_id
"""  # noqa: S608 - of constants


def claim_number(db: Session, *, store_id: UUID, number: str, member_id: UUID, order_id: UUID) -> bool:
    """Enter the number into the directory; False when the store has used it.

    Two tills that send the same number at once wait for each other here, and for whoever holds it.
    """
    return bool(look_up(db, CLAIM, number=number, store_id=store_id, member_id=member_id, order_id=order_id))


def hold_number(db: Session, *, store_id: UUID, number: str) -> None:
    """Keep the number's fate as it is until the transaction ends; what it is can be asked after this."""
    look_up(db, HOLD, store_id=store_id, number=number)


def redeemed(
    db: Session,
    lines: Sequence[PricedLine],
    *,
    codes: Sequence[str],
    member_id: UUID,
    store_id: UUID,
    number: str,
    now: datetime,
) -> marketing.Quote:
    """The price of the lines after ``codes``, if there are any, were redeemed with this order."""
    return marketing.redeem(
        db,
        member_id=member_id,
        codes=codes,
        basket=basket(lines),
        store_id=store_id,
        order_number=number,
        now=now,
    )


def write_lines(db: Session, order: Order, lines: Sequence[PricedLine], quote: marketing.Quote) -> None:
    """Write the order with its lines, each with its share of the discount."""
    db.add(order)
    db.flush()
    db.add_all(
        OrderLine(
            member_id=order.member_id,
            order_id=order.id,
            line_no=line_no,
            sku_id=line.sku_id,
            quantity=line.basket_line.quantity,
            price_fen=line.basket_line.price_fen,
            discount_fen=discount,
            returned=0,
            refunded_fen=0,
        )
        for line_no, (line, discount) in enumerate(zip(lines, quote.by_line, strict=True), start=1)
    )
    db.flush()


def new_order(
    *,
    order_id: UUID,
    member_id: UUID,
    number: str,
    store_id: UUID,
    staff_id: UUID | None,
    location_id: UUID,
    quote: marketing.Quote,
    now: datetime,
) -> Order:
    """An order that has just been placed at the price of ``quote``."""
    return Order(
        member_id=member_id,
        id=order_id,
        number=number,
        store_id=store_id,
        staff_id=staff_id,
        location_id=location_id,
        state="placed",
        total_fen=quote.total_fen,
        discount_fen=quote.discount_fen,
        payable_fen=quote.payable_fen,
        refunded_fen=0,
        coupon_codes=[coupon.code for coupon in quote.coupons],
        placed_at=now,
        pay_until=None,
        paid_at=None,
    )
