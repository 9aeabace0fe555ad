"""The job itself: events to their reactions, at least once in transport and once in effect."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog
from rq.timeouts import JobTimeoutException
from sqlalchemy import text

from center_core.kit import Database, Event, Outside, Session, utcnow
from scrm.metrics import DELIVERIES
from scrm.wiring import Wiring

log = structlog.get_logger()

READ = text("select name, body, done_at from outbox where id = :id")
RECORD = text(
    "insert into delivery (event_id, handler, delivered_at) values (:id, :reaction, :now) "
    "on conflict do nothing returning event_id"
)
IS_RECORDED = text("select 1 from delivery where event_id = :id and handler = :reaction")
FINISH = text(
    "update outbox set done_at = :now, error = null where id = :id and done_at is null and "
    "(select count(*) from delivery where event_id = :id and handler = any(:reactions)) = :expected"
)
NOTE_ERROR = text("update outbox set error = :error where id = :id and done_at is null")


class Courier:
    """Delivers events with a process's database and adapters."""

    def __init__(self, database: Database, wiring: Wiring, adapters: object) -> None:
        self.database = database
        self.wiring = wiring
        self.adapters = adapters

    def deliver(self, event_id: UUID, reaction_name: str, *, now: datetime) -> bool:
        """True when the reaction took effect now, false when it had before.

        A reaction that raises leaves its error beside the event, and the relay's sweep tries it again.
        """
        with structlog.contextvars.bound_contextvars(event_id=str(event_id), reaction=reaction_name):
            try:
                took_effect = self._deliver(event_id, reaction_name, now=now)
                DELIVERIES.labels("took effect" if took_effect else "had before").inc()
                return took_effect
            except JobTimeoutException:
                # It has ended the job's time limit too: what else is in the job waits for the sweep, not for ever.
                self._note(event_id, f"{reaction_name}: took too long")
                raise
            except Exception as error:
                DELIVERIES.labels("failed").inc()
                log.exception("reaction failed")
                self._note(event_id, f"{reaction_name}: {type(error).__name__}: {error}")
                return False

    def _note(self, event_id: UUID, error: str) -> None:
        with self.database.transaction() as db:
            db.execute(NOTE_ERROR, {"id": event_id, "error": error[:2000]})

    def _deliver(self, event_id: UUID, reaction_name: str, *, now: datetime) -> bool:
        with self.database.transaction() as db:
            row = db.execute(READ, {"id": event_id}).one_or_none()
            if row is None or row.done_at is not None:
                return False
            event = Event.registry[row.name].from_body(row.body)
            reaction = self.wiring.of(row.name).get(reaction_name)
            if reaction is None:
                # Enqueued by a version of the program that had this reaction; the sweep decides anew.
                return False
            if not isinstance(reaction, Outside):
                if not self._record(db, event_id, reaction_name, now=now):
                    return False
                reaction(db, event, now=now)
                self._finish(db, event_id, row.name, now=now)
                return True
        return self._deliver_outside(event_id, row.name, event, reaction, now=now)

    def _deliver_outside(
        self, event_id: UUID, name: str, event: Event, reaction: Outside, *, now: datetime
    ) -> bool:
        """The call comes first and its record second: a crash in between repeats it with the same key."""
        with self.database.transaction() as db:
            if db.execute(IS_RECORDED, {"id": event_id, "reaction": reaction.name}).first():
                return False
        reaction.call(self.adapters, event, key=f"{event_id}:{reaction.name}", now=now)
        with self.database.transaction() as db:
            self._record(db, event_id, reaction.name, now=now)
            self._finish(db, event_id, name, now=now)
        return True

    def _record(self, db: Session, event_id: UUID, reaction_name: str, *, now: datetime) -> bool:
        """False when another job has done it; one that is at it just now is waited for."""
        values = {"id": event_id, "reaction": reaction_name, "now": now}
        return db.execute(RECORD, values).first() is not None

    def _finish(self, db: Session, event_id: UUID, name: str, *, now: datetime) -> None:
        """Mark the event as done when this was its last reaction.

        Two that end at the same moment do not see each other and neither marks it; the sweep then does.
        """
        reactions = list(self.wiring.of(name))
        values = {"id": event_id, "now": now, "reactions": reactions, "expected": len(reactions)}
        db.execute(FINISH, values)


# RQ names its function by path, so what it works with has to be found from the module.
_on_duty: list[Courier] = []


def go_on_duty(courier: Courier) -> None:
    """From now on this process's jobs are delivered by `courier`."""
    _on_duty[:] = [courier]


def deliver(parcels: Sequence[tuple[str, str]]) -> None:
    """The job, as RQ calls it: (event id, reaction) one after another, each with a transaction of its own."""
    for event_id, reaction in parcels:
        _on_duty[0].deliver(UUID(event_id), reaction, now=utcnow())
