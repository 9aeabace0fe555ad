"""Orders: what a till sold, with its coupons redeemed, and what came back of it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from center_core import marketing, order
from scrm.fronts.web import db, now, only_reads

from .baskets import Line
from .colleagues import Login, colleague
from .front import blueprint, caller, operation
from .quotes import COUPON_REFUSALS
from .shape import VISIBLE, Answer, Article, Bilingual, CouponCode, Fen, MemberId, Number, Pieces, Request


class Received(Request):
    """Money that the till took."""

    means: str = Field(min_length=1, max_length=40, pattern=VISIBLE, examples=["cash"])
    amount_fen: int = Field(ge=1, le=100_000_000_000, examples=[124900])


class Sale(Request):
    """A sale. The payments add up to the price after coupons; a sale without a member has no coupons."""

    number: Number = Field(examples=["S001-20261122-0042"])
    member_id: MemberId | None = None
    seller: Login | None = Field(None, description="The colleague who sold it.")
    lines: list[Line] = Field(min_length=1, max_length=200)
    coupons: list[CouponCode] = Field([], max_length=20, examples=[["7K3MXPA2Q9RT"]])
    payments: list[Received] = Field(max_length=20)


class ReturnedLine(Request):
    """So many pieces of one article that the customer brought back."""

    article: Article = Field(examples=["XJ0101-ink-M"])
    quantity: Pieces = Field(examples=[1])


class Returning(Request):
    """Goods that come back; the number is that of the return's own receipt."""

    number: Number = Field(examples=["S001-20261129-R003"])
    lines: list[ReturnedLine] = Field(min_length=1, max_length=200)


class OrderLine(Answer):
    """A line as it was sold: ``paid_fen`` is what the customer paid for all its pieces."""

    article: str = Field(examples=["XJ0101-ink-M"])
    name: Bilingual
    quantity: int = Field(examples=[1])
    price_fen: Fen = Field(examples=[129900])
    discount_fen: Fen = Field(examples=[5000])
    paid_fen: Fen = Field(examples=[124900])
    returned: int = Field(examples=[0])


class Payment(Answer):
    """Money that was received, or asked for."""

    means: str = Field(examples=["cash"])
    amount_fen: Fen = Field(examples=[124900])
    state: Literal["pending", "paid", "failed"]


class Return(Answer):
    """What came back on one day, and what was given for it."""

    number: str = Field(examples=["S001-20261129-R003"])
    refund_fen: Fen = Field(examples=[124900])
    at: datetime


class OrderSeen(Answer):
    """An order of this store.

    Once all of it is returned, its coupons are back in the member's wallet, unless their time has passed.
    """

    number: str = Field(examples=["S001-20261122-0042"])
    state: Literal["placed", "paid", "part_returned", "returned", "cancelled"]
    member_id: UUID | None
    total_fen: Fen = Field(examples=[129900])
    discount_fen: Fen = Field(examples=[5000])
    payable_fen: Fen = Field(examples=[124900])
    refunded_fen: Fen = Field(examples=[0])
    coupons: list[str] = Field(examples=[["7K3MXPA2Q9RT"]])
    lines: list[OrderLine]
    payments: list[Payment]
    returns: list[Return]
    placed_at: datetime


class ReturnMade(Answer):
    """The return, the coupons that are usable again by it, and the order as it stands after it."""

    number: str = Field(examples=["S001-20261129-R003"])
    refund_fen: Fen = Field(examples=[124900])
    coupons_given_back: list[str] = Field(examples=[["7K3MXPA2Q9RT"]])
    order: OrderSeen


@blueprint.post("/orders")
@operation(
    "order:write",
    id="record_order",
    tag="Sales",
    answers=OrderSeen,
    status=201,
    once=True,
    refuses=(
        *COUPON_REFUSALS, "sku_unknown", "member_unknown", "staff_unknown", "location_unknown", "sold_out",
        "order_total_wrong", "order_number_taken", "coupon_order_differs", "receipt_number_taken",
    ),
)  # fmt: skip
@blueprint.input(Sale, arg_name="sale")
def record_order(sale: Sale) -> OrderSeen:
    """Record a sale: its coupons are redeemed and its goods leave the store, all of it or nothing.

    Points and the guide's share of the sale follow within seconds.
    """
    seller = colleague(sale.seller)
    made = order.record_sale(
        db(),
        store_id=caller().store_id,
        number=sale.number,
        lines=[line.sold() for line in sale.lines],
        paid=[(payment.means, payment.amount_fen) for payment in sale.payments],
        member_id=sale.member_id,
        staff_id=seller.id if seller else None,
        coupon_codes=sale.coupons,
        location_id=caller().location_id,
        now=now(),
    )
    return _seen(made)


@blueprint.get("/orders/<number>")
@operation(
    "order:read",
    id="see_order",
    tag="Sales",
    answers=OrderSeen,
    refuses=("order_unknown",),
    examples={"number": "S001-20261122-0042"},
)
@only_reads
def see_order(number: str) -> OrderSeen:
    """Read an order of this store again, by the number on its receipt."""
    return _seen(order.receipt(db(), store_id=caller().store_id, number=number))


@blueprint.post("/orders/<number>/returns")
@operation(
    "order:write",
    id="return_goods",
    tag="Sales",
    answers=ReturnMade,
    status=201,
    once=True,
    refuses=(
        "order_unknown", "order_not_returnable", "return_too_much", "return_number_taken", "sku_unknown",
    ),
    examples={"number": "S001-20261122-0042"},
)  # fmt: skip
@blueprint.input(Returning, arg_name="returning")
def return_goods(number: str, returning: Returning) -> ReturnMade:
    """Take goods of an order back: each piece gives back what was paid for it after coupons.

    When nothing of the order is left, its coupons are usable again, with the validity they had, unless their time has
    passed; ``coupons_given_back`` lists those that this return made usable. Points and the guide's share go back
    within seconds.
    """
    made = order.return_lines(
        db(),
        store_id=caller().store_id,
        number=number,
        return_number=returning.number,
        lines=[order.ReturnLine(line.article, line.quantity) for line in returning.lines],
        now=now(),
    )
    after = order.receipt(db(), store_id=caller().store_id, number=number)
    return ReturnMade(
        number=made.number,
        refund_fen=made.refund_fen,
        coupons_given_back=_given_back(after, made.at) if after.coupon_codes else [],
        order=_seen(after),
    )


def _given_back(it: order.Receipt, at: datetime) -> list[str]:
    """Which of the order's coupons the return of that moment made usable again."""
    usable = marketing.given_back(
        db(), member_id=it.member_id, store_id=it.store_id, order_number=it.number, at=at
    )
    return [code for code in it.coupon_codes if code in usable]


def _seen(it: order.Receipt) -> OrderSeen:
    return OrderSeen(
        number=it.number,
        state=it.state,
        member_id=it.member_id if it.has_member else None,
        total_fen=it.total_fen,
        discount_fen=it.discount_fen,
        payable_fen=it.payable_fen,
        refunded_fen=it.refunded_fen,
        coupons=it.coupon_codes,
        lines=[
            OrderLine(
                article=line.code,
                name=Bilingual.of(line.name),
                quantity=line.quantity,
                price_fen=line.price_fen,
                discount_fen=line.discount_fen,
                paid_fen=line.paid_fen,
                returned=line.returned,
            )
            for line in it.lines
        ],
        payments=[
            Payment(means=each.means, amount_fen=each.amount_fen, state=each.state) for each in it.payments
        ],
        returns=[Return(number=each.number, refund_fen=each.refund_fen, at=each.at) for each in it.returns],
        placed_at=it.placed_at,
    )
