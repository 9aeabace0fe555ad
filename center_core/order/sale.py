"""A sale at a till: goods, coupons and money change hands in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from center_core import channel, inventory, marketing, member
from center_core.kit import N_, Refused, Session, publish, uuid7

from .draft import claim_number, new_order, redeemed, write_lines
from .events import OrderPaid
from .line import PricedLine, SaleLine, pieces, priced
from .lookup import by_number, lines_of
from .models import Order, Payment

NUMBER_LENGTH = 64


def record_sale(
    db: Session,
    *,
    store_id: UUID,
    number: str,
    lines: Sequence[SaleLine],
    paid: Sequence[tuple[str, int]],
    now: datetime,
    member_id: UUID | None = None,
    staff_id: UUID | None = None,
    coupon_codes: Sequence[str] = (),
) -> Order:
    """Write down what a till sold: redeem its coupons, take its goods from the store, tell of it.

    ``paid`` is (means, fen) and must add up to the price after coupons, else ``order_total_wrong``. Without a
    member the sale is the store's walk-in account's, and coupons are refused. The same number with the same
    content gives back the order that it made; with another it is refused with ``order_number_taken``.
    Locks, in this order: the number, the coupons, the stock by SKU.
    """
    _refuse_bad_number(number)
    if member_id is None and coupon_codes:
        raise Refused("coupon_needs_member", N_("Coupons can only be used by the member who holds them."))
    store = channel.store(db, store_id)
    buyer = member.member(db, member_id) if member_id else member.walk_in(db, store_id=store.id, now=now)
    bought = priced(db, lines)

    order_id = uuid7()
    if not claim_number(db, store_id=store_id, number=number, member_id=buyer.member_id, order_id=order_id):
        order = by_number(db, store_id=store_id, number=number)
        _refuse_other_sale(db, order, buyer.member_id, bought, coupon_codes)
        return order

    quote = redeemed(
        db, bought, codes=coupon_codes, member_id=buyer.member_id, store_id=store_id, number=number, now=now
    )
    _refuse_wrong_total(quote, paid)
    location = inventory.location_of_store(db, store_id)
    order = new_order(
        order_id=order_id,
        member_id=buyer.member_id,
        number=number,
        store_id=store_id,
        staff_id=staff_id,
        location_id=location.id,
        quote=quote,
        now=now,
    )
    order.state, order.paid_at = "paid", now
    write_lines(db, order, bought, quote)
    _write_payments(db, order, paid, now)
    for sku_id, quantity in pieces(bought):
        inventory.take(
            db,
            location_id=location.id,
            sku_id=sku_id,
            quantity=quantity,
            source=("order", order_id),
            now=now,
        )
    publish(
        db,
        OrderPaid(
            member_id=buyer.member_id,
            order_id=order_id,
            number=number,
            store_id=store_id,
            staff_id=staff_id,
            payable_fen=order.payable_fen,
        ),
        now=now,
    )
    return order


def _refuse_bad_number(number: str) -> None:
    if not number.strip() or len(number) > NUMBER_LENGTH:
        raise Refused(
            "order_number_wrong",
            N_("An order number has between 1 and %(limit)s characters."),
            limit=NUMBER_LENGTH,
        )


def _refuse_other_sale(
    db: Session, order: Order, buyer_id: UUID, bought: Sequence[PricedLine], coupon_codes: Sequence[str]
) -> None:
    """The order that has this number already must be the same sale."""
    then = [
        (line.sku_id, line.quantity, line.price_fen)
        for line in lines_of(db, member_id=order.member_id, order_id=order.id)
    ]
    again = [(line.sku_id, line.basket_line.quantity, line.basket_line.price_fen) for line in bought]
    codes = {code.strip().upper() for code in coupon_codes}
    if order.member_id != buyer_id or then != again or set(order.coupon_codes) != codes:
        raise Refused(
            "order_number_taken",
            N_("Order %(number)s was already recorded with other contents."),
            number=order.number,
        )


def _refuse_wrong_total(quote: marketing.Quote, paid: Sequence[tuple[str, int]]) -> None:
    received = sum(fen for _, fen in paid)
    if received != quote.payable_fen or any(fen <= 0 for _, fen in paid):
        raise Refused(
            "order_total_wrong",
            N_("The payments do not add up to the price of the order."),
            expected_fen=quote.payable_fen,
            received_fen=received,
            total_fen=quote.total_fen,
            discount_fen=quote.discount_fen,
        )


def _write_payments(db: Session, order: Order, paid: Sequence[tuple[str, int]], now: datetime) -> None:
    db.add_all(
        Payment(
            member_id=order.member_id,
            id=uuid7(),
            order_id=order.id,
            provider=means,
            amount_fen=fen,
            state="paid",
            started_at=now,
            settled_at=now,
        )
        for means, fen in paid
    )
    db.flush()
