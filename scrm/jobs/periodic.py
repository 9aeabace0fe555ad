"""Everything that happens because of the time alone, in one list."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import text

from center_core.kit import Session
from scrm.jobs.schedule import Periodic

PORTION = 500
KEEP_DELIVERED_EVENTS = timedelta(days=7)
# An integrator's retry after a day is a new request.
KEEP_ANSWERS = timedelta(days=2)

PURGE_EVENTS = text(
    "with old as (select id from outbox where done_at < :before order by id limit :limit), "
    "forgotten as (delete from delivery where event_id in (select id from old)) "
    "delete from outbox where id in (select id from old)"
)
PURGE_ANSWERS = text(
    "delete from idempotent_request where (scope, key) in "
    "(select scope, key from idempotent_request where answered_at < :before limit :limit)"
)


def purge_events(db: Session, *, now: datetime, limit: int) -> int:
    """Forget events that took effect long ago, with the records of their deliveries; parked ones stay."""
    return db.execute(PURGE_EVENTS, {"before": now - KEEP_DELIVERED_EVENTS, "limit": limit}).rowcount  # type: ignore[attr-defined,no-any-return]


def purge_answers(db: Session, *, now: datetime, limit: int) -> int:
    """Forget the stored answers of old idempotent requests."""
    return db.execute(PURGE_ANSWERS, {"before": now - KEEP_ANSWERS, "limit": limit}).rowcount  # type: ignore[attr-defined,no-any-return]


def in_portions(verb: Callable[..., int]) -> Callable[..., int]:
    """A centre's `verb(db, now=, limit=)`, some rows at a time, so that no transaction grows long."""

    def portion(db: Session, *, now: datetime) -> int:
        return verb(db, now=now, limit=PORTION)

    return portion


def periodic_jobs() -> tuple[Periodic, ...]:
    return (
        Periodic("purge events", 3600, in_portions(purge_events)),
        Periodic("purge answers", 3600, in_portions(purge_answers)),
    )
