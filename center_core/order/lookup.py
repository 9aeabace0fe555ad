"""Finding orders: by member, by the number on the receipt."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select, text, tuple_

from center_core.kit import N_, NotFound, Page, Session, after_moment, moment_cursor

from .models import Order, OrderDirectory, OrderLine, OrderReturn, Payment


def order(db: Session, *, member_id: UUID, order_id: UUID) -> Order:
    """One order of a member, or NotFound."""
    found = db.get(Order, (member_id, order_id))
    if found is None:
        raise _unknown()
    return found


def orders(db: Session, order_ids: Mapping[UUID, UUID]) -> list[Order]:
    """Several orders, each asked for with its member, in one statement; NotFound if one is not there."""
    arrays = {"ids": list(order_ids), "members": list(order_ids.values())}
    found = list(db.scalars(select(Order).from_statement(ORDERS), arrays))
    if len(found) < len(order_ids):
        raise _unknown()
    return found


def _unknown() -> NotFound:
    return NotFound("order_unknown", N_("There is no such order."))


ORDERS = text("""
    select "order".* from "order"
      join unnest(cast(:members as uuid[]), cast(:ids as uuid[])) as wanted (member, order_id)
        on member_id = member and id = order_id
""")


def by_number(db: Session, *, store_id: UUID, number: str) -> Order:
    """The order that a store knows by ``number``, or NotFound."""
    entry = db.get(OrderDirectory, (number, store_id))
    if entry is None:
        raise NotFound("order_unknown", N_("This store has no order %(number)s."), number=number)
    return order(db, member_id=entry.member_id, order_id=entry.order_id)


def lines_of(db: Session, *, member_id: UUID, order_id: UUID) -> list[OrderLine]:
    """The lines of an order, as they were sold."""
    query = select(OrderLine).where(OrderLine.member_id == member_id, OrderLine.order_id == order_id)
    return list(db.scalars(query.order_by(OrderLine.line_no)))


def lines_of_each(
    db: Session, *, member_id: UUID, order_ids: Collection[UUID]
) -> dict[UUID, list[OrderLine]]:
    """The lines of several orders of a member in one statement, for lists that show what was bought."""
    query = select(OrderLine).where(OrderLine.member_id == member_id, OrderLine.order_id.in_(order_ids))
    lines: dict[UUID, list[OrderLine]] = {order_id: [] for order_id in order_ids}
    for line in db.scalars(query.order_by(OrderLine.order_id, OrderLine.line_no)):
        lines[line.order_id].append(line)
    return lines


def payments_of(db: Session, *, member_id: UUID, order_id: UUID) -> list[Payment]:
    """The payments of an order, the first first."""
    query = select(Payment).where(Payment.member_id == member_id, Payment.order_id == order_id)
    return list(db.scalars(query.order_by(Payment.id)))


def payment_of(db: Session, *, number: str, payment_id: UUID) -> Payment:
    """The payment that a provider speaks of: it knows our ids and the order's number, but not the member."""
    asked = db.scalars(select(OrderDirectory.member_id).where(OrderDirectory.number == number))
    for member_id in asked.all():
        found = db.get(Payment, (member_id, payment_id))
        if found is not None:
            return found
    raise NotFound("payment_unknown", N_("There is no such payment."))


def returns_of(db: Session, *, member_id: UUID, order_id: UUID) -> list[OrderReturn]:
    """What came back of an order, the first first."""
    query = select(OrderReturn).where(OrderReturn.member_id == member_id, OrderReturn.order_id == order_id)
    return list(db.scalars(query.order_by(OrderReturn.id)))


def orders_of(db: Session, *, member_id: UUID, after: str | None = None, limit: int = 20) -> Page[Order]:
    """A member's orders, newest first."""
    query = select(Order).where(Order.member_id == member_id)
    if after:
        query = query.where(tuple_(Order.placed_at, Order.id) < after_moment(after))
    rows = db.scalars(query.order_by(Order.placed_at.desc(), Order.id.desc()).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows[:limit], moment_cursor(last.placed_at, last.id) if last else None)
