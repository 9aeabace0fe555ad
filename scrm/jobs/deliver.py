"""The job itself: events to their reactions, at least once in transport and once in effect."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from rq.timeouts import JobTimeoutException

from center_core.kit import (
    Carrier,
    Database,
    Event,
    Handler,
    Outside,
    Session,
    Telling,
    Together,
    look_up,
    utcnow,
)
from scrm.jobs.queue import Bundle
from scrm.metrics import DELIVERIES
from scrm.wiring import Wiring, name_of

log = structlog.get_logger()

# Whoever is at one of them just now is waited for; in the order of their ids, so that two do not wait for each other.
RECORD = """
insert into delivery (event_id, handler, delivered_at)
select id, %(reaction)s, %(now)s from outbox where id = any(%(ids)s) and done_at is null order by id
on conflict do nothing returning event_id
"""
CLAIM = f"""
with claimed as ({RECORD})
select id, body from claimed join outbox on id = event_id order by id
"""  # noqa: S608 - ours
UNRECORDED = """
select id, body from outbox where id = any(%(ids)s) and done_at is null
   and not exists (select from delivery where event_id = id and handler = %(reaction)s)
 order by id
"""
FINISH = """
update outbox set done_at = %(now)s, error = null,
       body = case when name = any(%(private)s) then '{}' else body end
 where id = any(%(ids)s) and done_at is null and
(select count(*) from delivery where event_id = id and handler = any(%(reactions)s)) = %(expected)s returning id
"""
NOTE_ERROR = "update outbox set error = %(error)s where id = any(%(ids)s) and done_at is null returning id"


class Courier:
    """Delivers events with a process's database and adapters."""

    def __init__(self, database: Database, wiring: Wiring, adapters: object) -> None:
        self.database = database
        self.wiring = wiring
        self.adapters = adapters
        self._carried = wiring.carried()

    def deliver(self, kind: str, reaction_name: str, event_ids: Sequence[UUID], *, now: datetime) -> int:
        """Events of one kind to one reaction, all in one transaction; for how many it took effect just now.

        If that fails they are tried one by one, so that one does not hold up the others. One that fails by itself
        leaves its error beside the event, and the relay's sweep tries it again. What the reaction published is
        delivered next, unless it calls the outside world.
        """
        reaction = self.wiring.of(kind).get(reaction_name)
        if reaction is None:
            # Enqueued by a version of the program that had this reaction; the sweep decides anew.
            return 0
        if isinstance(reaction, Outside) and len(event_ids) > 1:
            return self._one_by_one(kind, reaction_name, event_ids, now=now)
        carrier = Carrier(self._carried)
        with structlog.contextvars.bound_contextvars(
            events=list(map(str, event_ids)), reaction=reaction_name
        ):
            try:
                if isinstance(reaction, Outside | Telling):
                    effects = self._deliver_outside(kind, reaction, event_ids, now=now)
                else:
                    effects = self._deliver(kind, reaction, event_ids, carrier, now=now)
            except JobTimeoutException:
                # It has ended the job's time limit too: what else is in the job waits for the sweep, not for ever.
                self._note(event_ids, f"{reaction_name}: took too long")
                raise
            except Exception as error:
                if len(event_ids) > 1:
                    log.warning("events are delivered one by one", error=str(error))
                    return self._one_by_one(kind, reaction_name, event_ids, now=now)
                DELIVERIES.labels("failed").inc()
                log.exception("reaction failed")
                self._note(event_ids, f"{reaction_name}: {type(error).__name__}: {error}")
                return 0
        DELIVERIES.labels("took effect").inc(effects)
        DELIVERIES.labels("had before").inc(len(event_ids) - effects)
        self._deliver_taken(carrier, now=now)
        return effects

    def _one_by_one(self, kind: str, reaction_name: str, event_ids: Sequence[UUID], *, now: datetime) -> int:
        return sum(self.deliver(kind, reaction_name, [event_id], now=now) for event_id in event_ids)

    def _deliver_taken(self, carrier: Carrier, *, now: datetime) -> None:
        """To go through the relay would take longer than the delivery; if this process dies now, the sweep does it."""
        for kind in dict(carrier.taken):
            ids = [event_id for its_kind, event_id in carrier.taken if its_kind == kind]
            for reaction_name in self.wiring.of(kind):
                self.deliver(kind, reaction_name, ids, now=now)

    def _note(self, event_ids: Sequence[UUID], error: str) -> None:
        with self.database.transaction() as db:
            look_up(db, NOTE_ERROR, ids=event_ids, error=error[:2000])

    def _deliver(
        self, kind: str, reaction: Handler, event_ids: Sequence[UUID], carrier: Carrier, *, now: datetime
    ) -> int:
        with self.database.transaction() as db:
            carrier.board(db)
            rows = self._claim(db, event_ids, name_of(reaction), now=now)
            events = _read(kind, rows)
            if isinstance(reaction, Together) and events:
                reaction.call(db, events, now=now)
            else:
                for event in events:
                    reaction(db, event, now=now)
            self._finish(db, kind, rows, now=now)
        return len(rows)

    def _deliver_outside(
        self, kind: str, reaction: Outside | Telling, event_ids: Sequence[UUID], *, now: datetime
    ) -> int:
        """The call comes first and its record second: a crash in between repeats it with the same key."""
        with self.database.looking() as db:
            rows = look_up(db, UNRECORDED, ids=event_ids, reaction=reaction.name)
        if not rows:
            return 0
        events = _read(kind, rows)
        if isinstance(reaction, Telling):
            reaction.call(self.adapters, events, now=now)
        else:
            reaction.call(self.adapters, events[0], key=f"{rows[0][0]}:{reaction.name}", now=now)
        with self.database.transaction() as db:
            look_up(db, RECORD, ids=_ids(rows), reaction=reaction.name, now=now)
            self._finish(db, kind, rows, now=now)
        return len(rows)

    def _claim(
        self, db: Session, event_ids: Sequence[UUID], reaction_name: str, *, now: datetime
    ) -> Sequence[Any]:
        """Those that no other job has delivered."""
        return look_up(db, CLAIM, ids=event_ids, reaction=reaction_name, now=now)

    def _finish(self, db: Session, kind: str, rows: Sequence[Any], *, now: datetime) -> None:
        """Mark the events as done for which this was the last reaction.

        Two that end at the same moment do not see each other and neither marks it; the sweep then does.
        """
        reactions = list(self.wiring.of(kind))
        if rows:
            look_up(
                db,
                FINISH,
                ids=_ids(rows),
                now=now,
                reactions=reactions,
                expected=len(reactions),
                private=Event.private_kinds(),
            )


def _ids(rows: Iterable[Any]) -> list[UUID]:
    return [event_id for event_id, _ in rows]


def _read(kind: str, rows: Iterable[Any]) -> list[Event]:
    """The events in their order, but member by member: so all lock members in one order, the draw included."""
    events = [Event.registry[kind].from_body(body) for _, body in rows]
    return sorted(events, key=lambda event: str(getattr(event, "member_id", "")))


# RQ names its function by path, so what it works with has to be found from the module.
_on_duty: list[Courier] = []


def go_on_duty(courier: Courier) -> None:
    """From now on this process's jobs are delivered by `courier`."""
    _on_duty[:] = [courier]


def deliver(bundles: Sequence[Bundle]) -> None:
    """The job, as RQ calls it: one bundle after another, each with a transaction of its own."""
    for kind, reaction, event_ids in bundles:
        _on_duty[0].deliver(kind, reaction, [UUID(event_id) for event_id in event_ids], now=utcnow())
