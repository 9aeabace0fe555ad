"""The relay: turns outbox rows into jobs, and turns them into jobs again when those come to nothing.

Two relays may run at once: a row is claimed with `FOR UPDATE SKIP LOCKED`. Rows are marked and no cursor is
kept, since ids do not commit in their order.
"""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Event as Flag
from typing import Any

import psycopg
import redis
import structlog
from sqlalchemy import Row, text
from sqlalchemy.exc import DBAPIError

from center_core.kit import Database, Event, Outside, Session, utcnow
from scrm.jobs.queue import EventQueue, Parcel
from scrm.metrics import RELAYED
from scrm.wiring import Wiring

BATCH = 500
TRIES = 12
# A job that left the queue and is not done this long after it was enqueued has died with its worker.
LOST_AFTER = timedelta(seconds=20)
LONGEST_BACK_OFF = timedelta(minutes=5)
SECONDS_BETWEEN_SWEEPS = 2.0
SECONDS_BETWEEN_POLLS = 1.0

log = structlog.get_logger()

CLAIM_NEW = text(
    "select id, name from outbox where relayed_at is null and done_at is null and parked_at is null "
    "and name = any(:known) order by id limit :limit for update skip locked"
)

# A try that failed left its error, and is repeated after 2, 4, 8 ... seconds; one that was lost left none.
CLAIM_OVERDUE = text(
    "select id, name, tries from outbox where done_at is null and parked_at is null and name = any(:known) "
    "and relayed_at < :left_the_queue and relayed_at < :now - least(cast(:longest as interval), "
    "greatest(case when error is null then cast(:lost_after as interval) else interval '2 seconds' end, "
    "interval '2 seconds' * power(2, least(tries, 10)))) "
    "order by id limit :limit for update skip locked"
)

MARK_RELAYED = text("update outbox set relayed_at = :now where id = any(:ids)")
MARK_DONE = text("update outbox set done_at = :now, error = null where id = any(:ids)")
COUNT_TRY = text("update outbox set tries = tries + 1 where id = any(:ids)")
PARK = text("update outbox set parked_at = :now where id = any(:ids)")
DELIVERED = text("select event_id, handler from delivery where event_id = any(:ids)")


class Relay:
    """`run` goes on until it is told to stop; `relay_new` and `sweep` are its two steps."""

    def __init__(self, database: Database, queue: EventQueue, wiring: Wiring) -> None:
        self.database = database
        self.queue = queue
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
            relayed = self.relay_new(now=utcnow())
            if time.monotonic() >= next_sweep:
                self.sweep(now=utcnow())
                next_sweep = time.monotonic() + SECONDS_BETWEEN_SWEEPS
            if relayed < BATCH:
                # The poll is a safety net: a notification is lost when it falls into a reconnection.
                for _ in listener.notifies(timeout=SECONDS_BETWEEN_POLLS, stop_after=1):
                    pass

    def relay_new(self, *, now: datetime) -> int:
        """Enqueue what was published since; returns how many events.

        The rows stay locked until their jobs are in Redis. Dying in between repeats the jobs, which does no
        harm, whereas marking first would leave the events to the sweep.
        """
        with self.database.transaction() as db:
            claimed = db.execute(CLAIM_NEW, {"known": self._known(), "limit": BATCH}).all()
            self._enqueue(db, claimed, now=now)
        RELAYED.labels("new").inc(len(claimed))
        return len(claimed)

    def sweep(self, *, now: datetime) -> int:
        """Enqueue again what failed a while ago, or was lost with its queue or its worker; returns how many.

        What still waits in a long queue is neither, and is left alone: else a backlog would feed itself.
        """
        left_the_queue = self.queue.waiting_since() or now
        with self.database.transaction() as db:
            overdue = db.execute(
                CLAIM_OVERDUE,
                {
                    "known": self._known(),
                    "limit": BATCH,
                    "now": now,
                    "left_the_queue": left_the_queue,
                    "lost_after": LOST_AFTER,
                    "longest": LONGEST_BACK_OFF,
                },
            ).all()
            given_up = [row.id for row in overdue if row.tries + 1 >= TRIES]
            again = [row for row in overdue if row.tries + 1 < TRIES]
            db.execute(COUNT_TRY, {"ids": [row.id for row in overdue]})
            db.execute(PARK, {"ids": given_up, "now": now})
            self._enqueue(db, again, now=now)
        RELAYED.labels("again").inc(len(again))
        for event_id in given_up:
            log.error("event parked", event_id=str(event_id), tries=TRIES)
        return len(again)

    def _enqueue(self, db: Session, rows: Sequence[Row[Any]], *, now: datetime) -> None:
        if not rows:
            return
        ids = [row.id for row in rows]
        delivered = {(event_id, name) for event_id, name in db.execute(DELIVERED, {"ids": ids})}
        parcels = [
            Parcel(row.id, name, alone=isinstance(reaction, Outside) and not reaction.quick)
            for row in rows
            for name, reaction in self.wiring.of(row.name).items()
            if (row.id, name) not in delivered
        ]
        open_ids = {parcel.event_id for parcel in parcels}
        db.execute(MARK_DONE, {"ids": [event_id for event_id in ids if event_id not in open_ids], "now": now})
        if parcels:
            self.queue.put(parcels)
            # Taken after the jobs were enqueued, so that the sweep can compare it with the head of the queue.
            db.execute(MARK_RELAYED, {"ids": list(open_ids), "now": max(now, utcnow())})

    def _known(self) -> list[str]:
        """Events of a newer version of the program wait for a relay that knows them."""
        return list(Event.registry)
