"""What the outbox still has to deliver, for the people who watch over it: waiting, under way, given up on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Update, func, select, update
from sqlalchemy.orm import aliased

from center_core.kit import N_, NotFound, Outbox, Session


@dataclass(frozen=True)
class Backlog:
    """Counts of undone events, and when the oldest of those was published that were not given up on."""

    waiting: int
    under_way: int
    parked: int
    oldest: datetime | None


# Nearly all of the outbox is done and kept for some days: what is asked of it here keeps to its two partial indexes.
OPEN = (Outbox.done_at.is_(None), Outbox.parked_at.is_(None))
PARKED = Outbox.parked_at.is_not(None)


def backlog(db: Session) -> Backlog:
    """How far behind the deliveries are."""
    is_waiting, given_up = Outbox.relayed_at.is_(None), aliased(Outbox)
    counts = select(
        func.count().filter(is_waiting),
        func.count().filter(~is_waiting),
        select(func.count(given_up.id))
        .where(given_up.parked_at.is_not(None), given_up.done_at.is_(None))
        .scalar_subquery(),
        func.min(Outbox.occurred_at),
    ).where(*OPEN)
    return Backlog(*db.execute(counts).one())


def waiting_since(db: Session) -> datetime | None:
    """When the first of the events was published that no relay has taken up; ``None`` while none waits."""
    waiting = select(Outbox.occurred_at).where(*OPEN, Outbox.relayed_at.is_(None))
    return db.scalar(waiting.order_by(Outbox.id).limit(1))


def parked(db: Session, *, limit: int = 100) -> Sequence[Outbox]:
    """The events that were given up on, the latest first, each with its last error."""
    return db.scalars(select(Outbox).where(PARKED).order_by(Outbox.parked_at.desc()).limit(limit)).all()


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
        .where(PARKED)
        .values(parked_at=None, relayed_at=None, tries=0, error=None)
        .execution_options(synchronize_session=False)
    )
