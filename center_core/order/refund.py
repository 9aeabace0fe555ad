"""Money that goes back through the provider that took it; the provider is asked by an event."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from center_core.kit import Session, publish, uuid7

from .events import RefundDue
from .models import Payment, Refund


def owe_refund(db: Session, payment: Payment, amount_fen: int, now: datetime) -> Refund:
    """Note that ``amount_fen`` of an online payment goes back, and have the provider asked to send it."""
    refund = Refund(
        member_id=payment.member_id,
        id=uuid7(),
        payment_id=payment.id,
        amount_fen=amount_fen,
        state="due",
        due_at=now,
    )
    db.add(refund)
    db.flush()
    publish(
        db,
        RefundDue(
            member_id=payment.member_id,
            refund_id=refund.id,
            payment_id=payment.id,
            provider=payment.provider,
            reference=payment.reference or "",
            amount_fen=amount_fen,
        ),
        now=now,
    )
    return refund


def refunded(db: Session, payment: Payment) -> int:
    """How much of a payment went or goes back."""
    query = select(func.coalesce(func.sum(Refund.amount_fen), 0)).where(
        Refund.member_id == payment.member_id, Refund.payment_id == payment.id
    )
    return int(db.scalar(query) or 0)


def refund_settled(db: Session, *, member_id: UUID, refund_id: UUID, reference: str, now: datetime) -> None:
    """The provider has sent the money back. Told again, it changes nothing."""
    db.execute(
        update(Refund)
        .where(Refund.member_id == member_id, Refund.id == refund_id, Refund.state == "due")
        .values(state="done", reference=reference, done_at=now)
    )
