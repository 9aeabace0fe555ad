"""An order from afar: placed, paid through a provider, or given up.

The provider is never called from here: a payment is asked for by an event, and its answer comes in through
``pay``, perhaps twice, perhaps after the order was given up.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from center_core import channel, inventory, marketing, member
from center_core.kit import N_, NotFound, Refused, Session, apart, publish, random_code, uuid7

from .draft import claim_number, new_order, redeemed, write_lines
from .events import OrderCancelled, OrderPaid, PaymentRequested
from .line import SaleLine, pieces, priced
from .lookup import lines_of
from .lookup import order as order_of
from .models import Order, Payment
from .refund import owe_refund

PAY_WITHIN = timedelta(minutes=30)


def place(
    db: Session,
    *,
    store_id: UUID,
    member_id: UUID,
    lines: Sequence[SaleLine],
    now: datetime,
    coupon_codes: Sequence[str] = (),
    location_id: UUID | None = None,
    staff_id: UUID | None = None,
) -> Order:
    """Order at list prices: coupons are redeemed and goods held until ``pay_until``.

    ``location_id`` is where the goods are held, the store's own room unless told otherwise; ``staff_id`` is
    the guide who ordered for the member. An order that costs nothing after coupons is paid at once.
    """
    channel.store(db, store_id)
    if refusal := member.standing(db, member_id).refusal:
        raise refusal
    bought = priced(db, [SaleLine(line.sku_code, line.quantity) for line in lines])
    order_id, number = uuid7(), f"{now:%y%m%d}{random_code(8)}"
    claim_number(db, store_id=store_id, number=number, member_id=member_id, order_id=order_id)
    quote = redeemed(
        db, bought, codes=coupon_codes, member_id=member_id, store_id=store_id, number=number, now=now
    )
    location_id = location_id or inventory.location_of_store(db, store_id).id
    order = new_order(
        order_id=order_id,
        member_id=member_id,
        number=number,
        store_id=store_id,
        staff_id=staff_id,
        location_id=location_id,
        quote=quote,
        now=now,
    )
    order.pay_until = now + PAY_WITHIN
    write_lines(db, order, bought, quote)
    for sku_id, quantity in pieces(bought):
        inventory.hold(
            db,
            location_id=location_id,
            sku_id=sku_id,
            quantity=quantity,
            source=("order", order_id),
            # The order frees its goods itself when it expires; this is only for one that could not.
            expires_at=order.pay_until + PAY_WITHIN,
            now=now,
        )
    if order.payable_fen == 0:
        _complete(db, order, now)
    return order


def start_payment(db: Session, *, member_id: UUID, order_id: UUID, provider: str, now: datetime) -> Payment:
    """Ask ``provider`` for the money; asked again while that is pending, the same payment."""
    order = _locked(db, member_id, order_id)
    if order.state != "placed" or (order.pay_until and now >= order.pay_until):
        raise Refused("order_not_payable", N_("This order can no longer be paid."), state=order.state)
    pending = db.scalar(
        select(Payment).where(
            Payment.member_id == member_id,
            Payment.order_id == order_id,
            Payment.provider == provider,
            Payment.state == "pending",
        )
    )
    if pending is not None:
        return pending
    payment = Payment(
        member_id=member_id,
        id=uuid7(),
        order_id=order_id,
        provider=provider,
        amount_fen=order.payable_fen,
        state="pending",
        started_at=now,
    )
    db.add(payment)
    db.flush()
    publish(
        db,
        PaymentRequested(
            member_id=member_id,
            payment_id=payment.id,
            order_id=order_id,
            number=order.number,
            provider=provider,
            amount_fen=payment.amount_fen,
        ),
        now=now,
    )
    return payment


def pay(
    db: Session, *, member_id: UUID, payment_id: UUID, reference: str, amount_fen: int, now: datetime
) -> Order:
    """The provider has the money. Told again, it changes nothing.

    For an order that was given up it goes back; so it does for one that was paid so late that its goods, free again,
    were sold to somebody else: that order is given up now.
    """
    payment = _payment(db, member_id, payment_id)
    order = _locked(db, member_id, payment.order_id)
    if amount_fen != payment.amount_fen:
        raise Refused(
            "payment_amount_wrong",
            N_("The provider received another amount than was asked for."),
            expected_fen=payment.amount_fen,
            received_fen=amount_fen,
        )
    settled = db.scalar(
        update(Payment)
        .where(Payment.member_id == member_id, Payment.id == payment_id, Payment.state != "paid")
        .values(state="paid", reference=reference, settled_at=now)
        .returning(Payment.id)
    )
    if settled is None:
        return order
    if order.state != "placed" or not _complete(db, order, now):
        db.refresh(payment)
        owe_refund(db, payment, payment.amount_fen, now)
    return order


def fail_payment(db: Session, *, member_id: UUID, payment_id: UUID, now: datetime) -> None:
    """The provider did not get the money; the order stays open for another try until it expires."""
    db.execute(
        update(Payment)
        .where(Payment.member_id == member_id, Payment.id == payment_id, Payment.state == "pending")
        .values(state="failed", settled_at=now)
    )


def cancel(db: Session, *, member_id: UUID, order_id: UUID, now: datetime) -> Order:
    """Give up an unpaid order: its goods are free again and its coupons back in the wallet."""
    order = _locked(db, member_id, order_id)
    if order.state == "cancelled":
        return order
    if order.state != "placed":
        raise Refused(
            "order_not_cancellable", N_("A paid order is returned, not cancelled."), state=order.state
        )
    order.state = "cancelled"
    db.flush()
    marketing.roll_back(db, member_id=member_id, store_id=order.store_id, order_number=order.number, now=now)
    inventory.release(db, source=("order", order_id), now=now)
    publish(
        db,
        OrderCancelled(member_id=member_id, order_id=order_id, number=order.number, store_id=order.store_id),
        now=now,
    )
    return order


def expire_unpaid(db: Session, *, now: datetime) -> int:
    """Give up the next order that nobody paid in time and that can be; how many, so that the caller repeats until 0.

    One in each transaction: the goods of several would be locked in the order of their times, not of their SKUs, and
    wait in a circle with a till that sells the same.
    """
    due = db.execute(
        select(Order.member_id, Order.id)
        .where(Order.state == "placed", Order.pay_until <= now)
        .order_by(Order.pay_until)
        .limit(100)
    )
    for member_id, order_id in due.all():
        with apart(db, f"giving up order {order_id}"):
            if _expire(db, member_id, order_id, now):
                return 1
    return 0


def _complete(db: Session, order: Order, now: datetime) -> bool:
    """The order is paid: what was held for it is sold. False where it had to be given up for want of goods."""
    count: Counter[UUID] = Counter()
    for line in lines_of(db, member_id=order.member_id, order_id=order.id):
        count[line.sku_id] += line.quantity
    source = ("order", order.id)
    try:
        with db.begin_nested():
            inventory.consume(
                db, location_id=order.location_id, pieces=list(count.items()), source=source, now=now
            )
    except Refused:
        cancel(db, member_id=order.member_id, order_id=order.id, now=now)
        return False
    order.state, order.paid_at = "paid", now
    db.flush()
    publish(
        db,
        OrderPaid(
            member_id=order.member_id,
            order_id=order.id,
            number=order.number,
            store_id=order.store_id,
            staff_id=order.staff_id,
            payable_fen=order.payable_fen,
        ),
        now=now,
    )
    return True


def _expire(db: Session, member_id: UUID, order_id: UUID, now: datetime) -> int:
    """Give one order up unless it was paid since it was found due."""
    if _locked(db, member_id, order_id).state != "placed":
        return 0
    cancel(db, member_id=member_id, order_id=order_id, now=now)
    return 1


def _locked(db: Session, member_id: UUID, order_id: UUID) -> Order:
    """The order, locked first of all, so that payment, cancelling and expiry come one after the other."""
    query = select(Order).where(Order.member_id == member_id, Order.id == order_id)
    found = db.scalar(query.with_for_update().execution_options(populate_existing=True))
    return found or order_of(db, member_id=member_id, order_id=order_id)


def _payment(db: Session, member_id: UUID, payment_id: UUID) -> Payment:
    found = db.get(Payment, (member_id, payment_id))
    if found is None:
        raise NotFound("payment_unknown", N_("There is no such payment."))
    return found
