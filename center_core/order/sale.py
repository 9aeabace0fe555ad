"""A sale at a till: goods, coupons and money change hands in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from center_core import inventory, marketing, member
from center_core.kit import N_, Refused, Session, look_up, publish, uuid7

from .draft import claim_number, redeemed
from .events import OrderPaid
from .line import PricedLine, SaleLine, pieces, priced
from .receipt import Receipt, ReceiptLine, ReceiptPayment, receipt

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
    location_id: UUID | None = None,
) -> Receipt:
    """Write down what a till sold: redeem its coupons, take its goods from the store, tell of it.

    ``paid`` is (means, fen) and must add up to the price after coupons, else ``order_total_wrong``. Without a
    member the sale is the store's walk-in account's, and coupons are refused. ``location_id`` spares looking for
    the store's own room where the caller knows it. The same number with the same content gives back the order
    that it made; with another it is refused with ``order_number_taken``. A frozen member's sale is refused with
    ``member_frozen``: the till can record it without the member.
    Locks, in this order: the number, the coupons, the stock by SKU.
    """
    _refuse_bad_number(number)
    if member_id is None and coupon_codes:
        raise Refused("coupon_needs_member", N_("Coupons can only be used by the member who holds them."))
    standing = member.standing(db, member_id) if member_id else None
    buyer_id = member_id or member.walk_in_id(db, store_id=store_id, now=now)
    bought = priced(db, lines)

    order_id = uuid7()
    if not claim_number(db, store_id=store_id, number=number, member_id=buyer_id, order_id=order_id):
        sale = receipt(db, store_id=store_id, number=number)
        _refuse_other_sale(sale, buyer_id, bought, coupon_codes)
        return sale
    if standing and standing.refusal:
        raise standing.refusal

    quote = redeemed(
        db, bought, codes=coupon_codes, member_id=buyer_id, store_id=store_id, number=number, now=now
    )
    _refuse_wrong_total(quote, paid)
    sale = Receipt(
        member_id=buyer_id,
        id=order_id,
        number=number,
        store_id=store_id,
        state="paid",
        total_fen=quote.total_fen,
        discount_fen=quote.discount_fen,
        payable_fen=quote.payable_fen,
        refunded_fen=0,
        coupon_codes=[coupon.code for coupon in quote.coupons],
        placed_at=now,
        has_member=standing is not None and standing.is_person,
        lines=[_sold(line, discount) for line, discount in zip(bought, quote.by_line, strict=True)],
        payments=[ReceiptPayment(means, fen, "paid") for means, fen in paid],
        returns=[],
    )
    location_id = location_id or inventory.location_of_store(db, store_id).id
    _write(db, sale, staff_id=staff_id, location_id=location_id)
    inventory.take_all(
        db, location_id=location_id, pieces=pieces(bought), source=("order", order_id), now=now
    )
    publish(
        db,
        OrderPaid(
            member_id=buyer_id,
            order_id=order_id,
            number=number,
            store_id=store_id,
            staff_id=staff_id,
            payable_fen=sale.payable_fen,
        ),
        now=now,
    )
    return sale


def _sold(line: PricedLine, discount_fen: int) -> ReceiptLine:
    return ReceiptLine(
        sku_id=line.article.sku_id,
        code=line.article.code,
        name=line.article.name,
        quantity=line.basket_line.quantity,
        price_fen=line.basket_line.price_fen,
        discount_fen=discount_fen,
        returned=0,
    )


WRITE = """
with sale as (
    insert into "order"
        (member_id, id, number, store_id, staff_id, location_id, state, total_fen, discount_fen, payable_fen,
         refunded_fen, coupon_codes, placed_at, paid_at)
    values
        (%(member_id)s, %(order_id)s, %(number)s, %(store_id)s, %(staff_id)s, %(location_id)s, 'paid', %(total_fen)s,
         %(discount_fen)s, %(payable_fen)s, 0, to_jsonb(%(coupon_codes)s::text[]), %(now)s, %(now)s)),
line as (
    insert into order_line
        (member_id, order_id, line_no, sku_id, quantity, price_fen, discount_fen, returned, refunded_fen)
    select %(member_id)s, %(order_id)s, line_no, sku_id, quantity, price_fen, discount_fen, 0, 0
    from unnest(%(sku_ids)s::uuid[], %(quantities)s::int[], %(prices)s::bigint[], %(discounts)s::bigint[])
        with ordinality as sold (sku_id, quantity, price_fen, discount_fen, line_no))
insert into payment (member_id, id, order_id, provider, amount_fen, state, started_at, settled_at)
select %(member_id)s, id, %(order_id)s, means, amount_fen, 'paid', %(now)s, %(now)s
from unnest(%(payment_ids)s::uuid[], %(means)s::text[], %(amounts)s::bigint[]) as received (id, means, amount_fen)
returning id
"""


def _write(db: Session, sale: Receipt, *, staff_id: UUID | None, location_id: UUID) -> None:
    """The order with its lines and payments, in one statement."""
    look_up(
        db,
        WRITE,
        member_id=sale.member_id,
        order_id=sale.id,
        number=sale.number,
        store_id=sale.store_id,
        staff_id=staff_id,
        location_id=location_id,
        total_fen=sale.total_fen,
        discount_fen=sale.discount_fen,
        payable_fen=sale.payable_fen,
        coupon_codes=sale.coupon_codes,
        now=sale.placed_at,
        sku_ids=[line.sku_id for line in sale.lines],
        quantities=[line.quantity for line in sale.lines],
        prices=[line.price_fen for line in sale.lines],
        discounts=[line.discount_fen for line in sale.lines],
        payment_ids=[uuid7() for _ in sale.payments],
        means=[payment.means for payment in sale.payments],
        amounts=[payment.amount_fen for payment in sale.payments],
    )


def _refuse_bad_number(number: str) -> None:
    if not number.strip() or len(number) > NUMBER_LENGTH:
        raise Refused(
            "order_number_wrong",
            N_("An order number has between 1 and %(limit)s characters."),
            limit=NUMBER_LENGTH,
        )


def _refuse_other_sale(
    sale: Receipt, buyer_id: UUID, bought: Sequence[PricedLine], coupon_codes: Sequence[str]
) -> None:
    """The order that has this number already must be the same sale."""
    then = [(line.sku_id, line.quantity, line.price_fen) for line in sale.lines]
    again = [(line.sku_id, line.basket_line.quantity, line.basket_line.price_fen) for line in bought]
    codes = {code.strip().upper() for code in coupon_codes}
    if sale.member_id != buyer_id or then != again or set(sale.coupon_codes) != codes:
        raise Refused(
            "order_number_taken",
            N_("Order %(number)s was already recorded with other contents."),
            number=sale.number,
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
