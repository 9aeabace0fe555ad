"""The relay: turns outbox rows into jobs, and turns them into jobs again when those come to nothing.

Two relays may run at once: a row is claimed with `FOR UPDATE SKIP LOCKED`. Rows are marked and no cursor is
kept, since ids do not commit in their order.
"""

import time
from collections.abc import Sequence, Set
from datetime import datetime, timedelta
from threading import Event as Flag
from typing import Any
from uuid import UUID

import psycopg
import redis
import structlog
from sqlalchemy import Row
from sqlalchemy.exc import DBAPIError

from center_core.kit import Database, Event, Outside, Session, look_up, utcnow
from scrm.jobs.queue import OUTSIDE, EventQueue, Parcel
from scrm.metrics import RELAYED
from scrm.wiring import Wiring

BATCH = 500
TRIES = 12
# A job that left the queue and is not done this long after it was enqueued has died with its worker.
LOST_AFTER = timedelta(seconds=20)
LONGEST_BACK_OFF = timedelta(minutes=5)
SECONDS_BETWEEN_SWEEPS = 2.0
SECONDS_BETWEEN_POLLS = 1.0
# Events that follow one another within this travel together; the first after a while does not wait.
SECONDS_TO_GATHER = 0.2
# So many jobs may wait for a worker before the relay waits, too.
JOBS_AHEAD = 2
# And so many calls to other parties, whose workers share them one by one.
CALLS_AHEAD = 100

log = structlog.get_logger()

CLAIM_NEW = """
select id, name, false as alone from outbox
 where relayed_at is null and done_at is null and parked_at is null and name = any(%(known)s)
 order by id limit %(limit)s for update skip locked
"""

# A try that failed left its error, and is repeated after 2, 4, 8 ... seconds; one that was lost left none. What failed,
# or was lost twice, may be what brings down whatever travels with it.
CLAIM_OVERDUE = """
select id, name, tries, error is not null or tries > 0 as alone from outbox
 where done_at is null and parked_at is null and name = any(%(known)s)
   and relayed_at < case when name = any(%(outside)s) then %(left_both)s else %(left_ours)s end
   and relayed_at < %(now)s - least(%(longest)s,
       greatest(case when error is null then %(lost_after)s else interval '2 seconds' end,
                interval '2 seconds' * power(2, least(tries, 10))))
 order by id limit %(limit)s for update skip locked
"""

MARK_RELAYED = """
update outbox set relayed_at = %(now)s, done_at = case when id = any(%(done)s) then %(now)s end,
       error = case when id = any(%(done)s) then null else error end,
       body = case when id = any(%(done)s) and name = any(%(private)s) then '{}' else body end
 where id = any(%(ids)s) returning id
"""
COUNT_TRY = """
update outbox set tries = tries + 1, parked_at = case when tries + 1 >= %(most)s then %(now)s end
 where id = any(%(ids)s) returning id
"""
# What failed waits for its next try anyway, and is told apart by its error.
TAKE_BACK = """
update outbox set relayed_at = null
 where relayed_at is not null and done_at is null and parked_at is null and error is null returning id
"""
DELIVERED = "select event_id, handler from delivery where event_id = any(%(ids)s)"


class Relay:
    """`run` goes on until it is told to stop; `relay_new` and `sweep` are its two steps."""

    def __init__(self, database: Database, queue: EventQueue, wiring: Wiring) -> None:
        self.database = database
        self.queue = queue
        self.outside = EventQueue(queue.connection, OUTSIDE)
        self.wiring = wiring

    def run(self, stop: Flag) -> None:
        """Relay until told to stop. That PostgreSQL or Redis is away is waited out, never given up on."""
        while not stop.is_set():
            try:
                with psycopg.connect(self.database.dsn, autocommit=True, connect_timeout=5) as listener:
                    listener.execute("listen outbox")
                    self._run_connected(stop, listener)
            except (psycopg.Error, DBAPIError, redis.RedisError, OSError) as error:
                log.warning("relay waits for its servers", error=str(error).partition("\n")[0])
                stop.wait(1)

    def _run_connected(self, stop: Flag, listener: psycopg.Connection[Any]) -> None:
        next_sweep = time.monotonic()
        while not stop.is_set():
            self.take_back()
            # What workers cannot take yet waits in the outbox, where it gathers to full jobs and cannot be lost.
            behind = self.queue.length() >= JOBS_AHEAD
            relayed = 0 if behind else self.relay_new(now=utcnow())
            if time.monotonic() >= next_sweep:
                self.sweep(now=utcnow())
                next_sweep = time.monotonic() + SECONDS_BETWEEN_SWEEPS
            if behind or relayed:
                stop.wait(SECONDS_TO_GATHER)
            else:
                # The poll is a safety net: a notification is lost when it falls into a reconnection.
                for _ in listener.notifies(timeout=SECONDS_BETWEEN_POLLS, stop_after=1):
                    pass

    def relay_new(self, *, now: datetime) -> int:
        """Enqueue what was published since; returns how many events. Those to which nobody reacts are done.

        The rows stay locked until their jobs are in Redis. Dying in between repeats the jobs, which does no
        harm, whereas marking first would leave the events to the sweep.
        """
        with self.database.transaction() as db:
            claimed = look_up(db, CLAIM_NEW, known=self._wanted(), limit=BATCH)
            self._enqueue(db, claimed, set(), now=now)
        RELAYED.labels("new").inc(len(claimed))
        return len(claimed)

    def take_back(self) -> int:
        """Where Redis has forgotten everything, let what was under way be relayed anew; returns how many events.

        The sweep would find them too, but later: it cannot know whether a worker is still at them.
        """
        if self.queue.is_remembered():
            return 0
        with self.database.transaction() as db:
            lost = look_up(db, TAKE_BACK)
        self.queue.remember()
        log.warning("redis had forgotten the queue", taken_back=len(lost))
        return len(lost)

    def sweep(self, *, now: datetime) -> int:
        """Enqueue again what failed a while ago, or was lost with its queue or its worker; returns how many.

        What still waits in a long queue is neither, and is left alone: else a backlog would feed itself.
        """
        left_ours = self.queue.waiting_since() or now
        left_both = min(left_ours, self.outside.waiting_since() or now)
        with self.database.transaction() as db:
            overdue = look_up(
                db,
                CLAIM_OVERDUE,
                known=self._known(),
                limit=BATCH,
                now=now,
                outside=self._calling(),
                left_ours=left_ours,
                left_both=left_both,
                lost_after=LOST_AFTER,
                longest=LONGEST_BACK_OFF,
            )
            if not overdue:
                return 0
            ids = [row.id for row in overdue]
            look_up(db, COUNT_TRY, ids=ids, now=now, most=TRIES)
            delivered = {(row.event_id, row.handler) for row in look_up(db, DELIVERED, ids=ids)}
            given_up = [row.id for row in overdue if row.tries + 1 >= TRIES]
            again = [row for row in overdue if row.tries + 1 < TRIES]
            self._enqueue(db, again, delivered, now=now)
        RELAYED.labels("again").inc(len(again))
        for event_id in given_up:
            log.error("event parked", event_id=str(event_id), tries=TRIES)
        return len(again)

    def _enqueue(
        self, db: Session, rows: Sequence[Row[Any]], delivered: Set[tuple[UUID, str]], *, now: datetime
    ) -> None:
        """Send events to those reactions that are not among the `delivered`, and mark them."""
        if not rows:
            return
        ours: list[Parcel] = []
        calls: list[Parcel] = []
        for row in rows:
            for name, reaction in self.wiring.of(row.name).items():
                if (row.id, name) not in delivered:
                    is_call = isinstance(reaction, Outside)
                    parcel = Parcel(row.id, row.name, name, alone=row.alone or is_call)
                    (calls if is_call else ours).append(parcel)
        for queue, parcels in ((self.queue, ours), (self.outside, calls)):
            if parcels:
                queue.put(parcels)
        # Taken after the jobs were enqueued, so that the sweep can compare it with the head of the queue.
        now = max(now, utcnow())
        under_way = {parcel.event_id for parcel in (*ours, *calls)}
        done = [row.id for row in rows if row.id not in under_way]
        ids = [row.id for row in rows]
        look_up(db, MARK_RELAYED, ids=ids, done=done, now=now, private=Event.private_kinds())

    def _known(self) -> list[str]:
        """Events of a newer version of the program wait for a relay that knows them."""
        return list(Event.registry)

    def _calling(self) -> list[str]:
        return [kind for kind in self._known() if self.wiring.calls_outside(kind)]

    def _wanted(self) -> list[str]:
        """While a gateway keeps its workers waiting, what calls it waits in the outbox, and nothing else does."""
        if self.outside.length() < CALLS_AHEAD:
            return self._known()
        return [kind for kind in self._known() if not self.wiring.calls_outside(kind)]
