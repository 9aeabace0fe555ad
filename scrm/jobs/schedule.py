"""The scheduler: runs what falls due by time, from one list, in one process at a time."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Event as Flag
from typing import Any

import psycopg
import structlog

from center_core.kit import Database, failed_apart, utcnow
from scrm.metrics import PERIODIC_FAILURES

LOCK = 7001
SECONDS_BETWEEN_TRIES = 2.0
# A job that fails is tried again after 2, 4, 8 ... seconds, since what is due to other people may be stuck behind it.
LONGEST_BACK_OFF = 60.0

log = structlog.get_logger()


@dataclass(frozen=True)
class Periodic:
    """`run(db, now=)` works off one portion in one transaction and returns how much it found to do.

    It is called again at once while it finds something, and after `seconds` when it does not. What fails within
    `apart` costs only itself its turn; where nothing else is left to do, the job waits as one that failed.
    """

    name: str
    seconds: float
    run: Callable[..., int]


class Schedule:
    """Any number may be started; the one that holds the lock works and the others stand by."""

    def __init__(self, database: Database, periodic: Sequence[Periodic]) -> None:
        self.database = database
        self.periodic = periodic
        self._failures: Counter[Periodic] = Counter()

    def run(self, stop: Flag) -> None:
        while not stop.is_set():
            try:
                with psycopg.connect(self.database.dsn, autocommit=True, connect_timeout=5) as holder:
                    self._stand_by(stop, holder)
                    self._run_holding_lock(stop, holder)
            except (psycopg.Error, OSError) as error:
                log.warning("scheduler waits for PostgreSQL", error=str(error).partition("\n")[0])
                stop.wait(1)

    def _stand_by(self, stop: Flag, holder: psycopg.Connection[Any]) -> None:
        while not stop.is_set() and not _locks(holder):
            stop.wait(SECONDS_BETWEEN_TRIES)

    def _run_holding_lock(self, stop: Flag, holder: psycopg.Connection[Any]) -> None:
        due = dict.fromkeys(self.periodic, 0.0)
        while not stop.is_set():
            for periodic in self.periodic:
                if time.monotonic() >= due[periodic] and not stop.is_set():
                    # The lock lives as long as this connection: a scheduler that lost it must not go on, nor one
                    # whose last job failed because PostgreSQL is gone.
                    holder.execute("select 1")
                    due[periodic] = time.monotonic() + self.run_once(periodic, now=utcnow())
            stop.wait(max(0.0, min(0.5, min(due.values()) - time.monotonic())))

    def run_once(self, periodic: Periodic, *, now: datetime) -> float:
        """One portion; in how many seconds the next is due. One job's error must not keep the others from running."""
        try:
            with self.database.transaction() as db:
                done = periodic.run(db, now=now)
                failed = len(failed_apart(db))
        except Exception:
            log.exception("periodic job failed", job=periodic.name)
            done, failed = 0, 1
        if failed:
            PERIODIC_FAILURES.labels(periodic.name).inc(failed)
        if done:
            log.info("periodic job", job=periodic.name, done=done)
            return 0.0
        self._failures[periodic] = self._failures[periodic] + 1 if failed else 0
        backed_off = min(2.0 ** min(self._failures[periodic], 10), LONGEST_BACK_OFF) if failed else 0.0
        return max(periodic.seconds, backed_off)


def _locks(holder: psycopg.Connection[Any]) -> bool:
    row = holder.execute("select pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
    return row is not None and bool(row[0])
