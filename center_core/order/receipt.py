"""An order as its receipt tells it: with its lines, what was paid and what came back, read without the ORM."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from center_core import member, product
from center_core.kit import N_, NotFound, Session, look_up


class ReceiptLine(NamedTuple):
    """An article as it was sold; ``name`` is its style's, by language."""

    sku_id: UUID
    code: str
    name: dict[str, Any]
    quantity: int
    price_fen: int
    discount_fen: int
    returned: int

    @property
    def paid_fen(self) -> int:
        """What the buyer paid for the whole line."""
        return self.price_fen * self.quantity - self.discount_fen


class ReceiptPayment(NamedTuple):
    """Money that was received, or asked for."""

    means: str
    amount_fen: int
    state: str


class ReceiptReturn(NamedTuple):
    """What came back at one time."""

    number: str
    refund_fen: int
    at: datetime


class Receipt(NamedTuple):
    """``has_member`` is false where the buyer is the store's walk-in account. See ``Order`` for the rest."""

    member_id: UUID
    id: UUID
    number: str
    store_id: UUID
    state: str
    total_fen: int
    discount_fen: int
    payable_fen: int
    refunded_fen: int
    coupon_codes: list[str]
    placed_at: datetime
    has_member: bool
    lines: list[ReceiptLine]
    payments: list[ReceiptPayment]
    returns: list[ReceiptReturn]


# What people type names the member; the member's own rows say the rest (docs/adr/0003-key-families.md).
WHOSE = (
    "select member_id, order_id from order_directory where number = %(number)s and store_id = %(store_id)s"
)
ORDER = """
select member_id, id, number, store_id, state, total_fen, discount_fen, payable_fen, refunded_fen, coupon_codes,
       placed_at
from "order" where member_id = %(member_id)s and id = %(order_id)s
"""
LINES = """
select sku_id, quantity, price_fen, discount_fen, returned from order_line
where member_id = %(member_id)s and order_id = %(order_id)s order by line_no
"""
PAYMENTS = """
select provider, amount_fen, state from payment
where member_id = %(member_id)s and order_id = %(order_id)s order by id
"""
RETURNS = """
select number, refund_fen, at from order_return
where member_id = %(member_id)s and order_id = %(order_id)s order by id
"""


def receipt(db: Session, *, store_id: UUID, number: str) -> Receipt:
    """The receipt of the order that a store knows by ``number``, or NotFound."""
    whose = look_up(db, WHOSE, number=number, store_id=store_id)
    if not whose:
        raise NotFound("order_unknown", N_("This store has no order %(number)s."), number=number)
    key = {"member_id": whose[0][0], "order_id": whose[0][1]}
    return Receipt._make(
        [
            *look_up(db, ORDER, **key)[0],
            member.standing(db, key["member_id"]).is_person,
            _lines(db, key),
            [ReceiptPayment(*row) for row in look_up(db, PAYMENTS, **key)],
            [ReceiptReturn(*row) for row in look_up(db, RETURNS, **key)],
        ]
    )


def is_recorded(db: Session, *, store_id: UUID, number: str) -> bool:
    """Whether the store has an order of that number."""
    return bool(look_up(db, WHOSE, number=number, store_id=store_id))


def _lines(db: Session, key: dict[str, UUID]) -> list[ReceiptLine]:
    sold = look_up(db, LINES, **key)
    articles = product.articles_of(db, {sku_id for sku_id, *_ in sold})
    return [ReceiptLine(id, articles[id].code, articles[id].name, *terms) for id, *terms in sold]
