"""What the outbox still has to deliver, for the people who watch over it: waiting, under way, given up on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Update, func, select, update

from center_core.kit import N_, NotFound, Outbox, Session


@dataclass(frozen=True)
class Backlog:
    """Counts of undone events, and when the oldest was published: of all, and of those not yet relayed."""

    waiting: int
    under_way: int
    parked: int
    oldest: datetime | None
    oldest_waiting: datetime | None


def backlog(db: Session) -> Backlog:
    """How far behind the deliveries are."""
    is_parked = Outbox.parked_at.is_not(None)
    counts = select(
        func.count().filter(Outbox.relayed_at.is_(None), ~is_parked),
        func.count().filter(Outbox.relayed_at.is_not(None), ~is_parked),
        func.count().filter(is_parked),
        func.min(Outbox.occurred_at).filter(~is_parked),
        func.min(Outbox.occurred_at).filter(Outbox.relayed_at.is_(None), ~is_parked),
    ).where(Outbox.done_at.is_(None))
    return Backlog(*db.execute(counts).one())


def parked(db: Session, *, limit: int = 100) -> Sequence[Outbox]:
    """The events that were given up on, the latest first, each with its last error."""
    return db.scalars(
        select(Outbox).where(Outbox.parked_at.is_not(None)).order_by(Outbox.parked_at.desc()).limit(limit)
    ).all()


def retry(db: Session, *, event_id: UUID) -> Outbox:
    """Let the relay take a parked event up again, its tries counting from nought."""
    event: Outbox | None = db.scalar(_again().where(Outbox.id == event_id).returning(Outbox))
    if event is None:
        raise NotFound("event_not_parked", N_("This event is not parked any more."))
    return event


def retry_all(db: Session) -> int:
    """The same for all parked events; returns how many."""
    return len(db.scalars(_again().returning(Outbox.id)).all())


def _again() -> Update:
    return (
        update(Outbox)
        .where(Outbox.parked_at.is_not(None))
        .values(parked_at=None, relayed_at=None, tries=0, error=None)
        .execution_options(synchronize_session=False)
    )
