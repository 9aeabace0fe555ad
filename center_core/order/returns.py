"""Goods that come back: what was really paid for them is given back, never more."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from center_core import inventory, marketing, product
from center_core.kit import N_, Refused, Session, publish, uuid7

from .events import OrderReturned
from .lookup import by_number, lines_of, payments_of
from .models import Order, OrderLine, OrderReturn, OrderReturnLine
from .refund import owe_refund, refunded


@dataclass(frozen=True)
class ReturnLine:
    """So many pieces of one article, by SKU code or barcode, as a till scans them."""

    sku_code: str
    quantity: int


def return_lines(
    db: Session,
    *,
    store_id: UUID,
    number: str,
    return_number: str,
    lines: Sequence[ReturnLine],
    now: datetime,
    to_store_id: UUID | None = None,
) -> OrderReturn:
    """Take goods of an order back into ``to_store_id``, the store that sold them unless told otherwise.

    The refund is the share of each piece in what was paid after coupons. When nothing of the order is left,
    its coupons go back into the wallet. The same return number with the same pieces gives back that return;
    with others it is refused with ``return_number_taken``. More than was sold is refused with
    ``return_too_much``. Locks the order, then the stock by SKU.
    """
    order = _locked(db, by_number(db, store_id=store_id, number=number))
    back = _pieces(db, lines)
    sold = lines_of(db, member_id=order.member_id, order_id=order.id)
    earlier = _earlier(db, order, return_number)
    if earlier is not None:
        _refuse_other_pieces(db, earlier, sold, back)
        return earlier
    if order.state not in ("paid", "part_returned"):
        raise Refused("order_not_returnable", N_("This order cannot be returned."), state=order.state)

    shares = _shares(sold, back)
    returned = OrderReturn(
        member_id=order.member_id,
        id=uuid7(),
        order_id=order.id,
        number=return_number,
        store_id=to_store_id or store_id,
        refund_fen=sum(line.refund_for(quantity) for line, quantity in shares),
        at=now,
    )
    db.add(returned)
    db.flush()
    for line, quantity in shares:
        _take_back(db, returned, line, quantity)
    whole = all(line.returned == line.quantity for line in sold)
    order.state = "returned" if whole else "part_returned"
    order.refunded_fen += returned.refund_fen
    db.flush()

    if whole:
        marketing.roll_back(db, member_id=order.member_id, store_id=store_id, order_number=number, now=now)
    _refund_online(db, order, returned.refund_fen, now)
    _put_back(db, order, returned, back, now)
    publish(
        db,
        OrderReturned(
            member_id=order.member_id,
            order_id=order.id,
            return_id=returned.id,
            number=number,
            store_id=store_id,
            refund_fen=returned.refund_fen,
            whole=whole,
        ),
        now=now,
    )
    return returned


def _locked(db: Session, order: Order) -> Order:
    query = select(Order).where(Order.member_id == order.member_id, Order.id == order.id)
    return db.scalars(query.with_for_update().execution_options(populate_existing=True)).one()


def _pieces(db: Session, lines: Sequence[ReturnLine]) -> dict[UUID, int]:
    """How many of each SKU are brought back."""
    if not lines or any(line.quantity <= 0 for line in lines):
        raise Refused("quantity_wrong", N_("A return needs at least one piece."))
    articles = product.articles(db, {line.sku_code for line in lines})
    count: Counter[UUID] = Counter()
    for line in lines:
        count[articles[line.sku_code].sku_id] += line.quantity
    return dict(sorted(count.items()))


def _earlier(db: Session, order: Order, return_number: str) -> OrderReturn | None:
    return db.scalar(
        select(OrderReturn).where(
            OrderReturn.member_id == order.member_id,
            OrderReturn.order_id == order.id,
            OrderReturn.number == return_number,
        )
    )


def _refuse_other_pieces(
    db: Session, earlier: OrderReturn, sold: Sequence[OrderLine], back: dict[UUID, int]
) -> None:
    sku_of = {line.line_no: line.sku_id for line in sold}
    then: Counter[UUID] = Counter()
    query = select(OrderReturnLine.line_no, OrderReturnLine.quantity).where(
        OrderReturnLine.member_id == earlier.member_id, OrderReturnLine.return_id == earlier.id
    )
    for line_no, quantity in db.execute(query):
        then[sku_of[line_no]] += quantity
    if then != back:
        raise Refused(
            "return_number_taken",
            N_("Return %(number)s was already recorded with other contents."),
            number=earlier.number,
        )


def _shares(sold: Sequence[OrderLine], back: dict[UUID, int]) -> list[tuple[OrderLine, int]]:
    """Spread the pieces over the order's lines of that SKU, the first lines first."""
    shares = []
    for sku_id, wanted in back.items():
        open_pieces = wanted
        for line in sold:
            quantity = min(open_pieces, line.quantity - line.returned) if line.sku_id == sku_id else 0
            if quantity:
                shares.append((line, quantity))
                open_pieces -= quantity
        if open_pieces:
            raise Refused(
                "return_too_much",
                N_("Only %(left)s pieces of this article can still be returned."),
                sku_id=str(sku_id),
                wanted=wanted,
                left=wanted - open_pieces,
            )
    return shares


def _take_back(db: Session, returned: OrderReturn, line: OrderLine, quantity: int) -> None:
    refund = line.refund_for(quantity)
    line.returned += quantity
    line.refunded_fen += refund
    db.add(
        OrderReturnLine(
            member_id=returned.member_id,
            return_id=returned.id,
            line_no=line.line_no,
            quantity=quantity,
            refund_fen=refund,
        )
    )


def _refund_online(db: Session, order: Order, refund_fen: int, now: datetime) -> None:
    """What a provider took goes back through it; what a till took, the till gives back itself."""
    if not refund_fen:
        return
    for payment in payments_of(db, member_id=order.member_id, order_id=order.id):
        online = payment.state == "paid" and payment.reference is not None
        # An order from afar is paid by one payment; where it was paid twice, the other went back at once.
        if online and refund_fen <= payment.amount_fen - refunded(db, payment):
            owe_refund(db, payment, refund_fen, now)
            return


def _put_back(db: Session, order: Order, returned: OrderReturn, back: dict[UUID, int], now: datetime) -> None:
    location_id = order.location_id
    if returned.store_id != order.store_id:
        location_id = inventory.location_of_store(db, returned.store_id).id
    for sku_id, quantity in back.items():
        inventory.put_back(
            db,
            location_id=location_id,
            sku_id=sku_id,
            quantity=quantity,
            source=("return", returned.id),
            now=now,
        )
