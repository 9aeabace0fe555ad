"""The scheduler: runs what falls due by time, from one list, in one process at a time."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Event as Flag
from typing import Any

import psycopg
import structlog
from sqlalchemy.exc import DBAPIError

from center_core.kit import Database, utcnow

LOCK = 7001
SECONDS_BETWEEN_TRIES = 2.0

log = structlog.get_logger()


@dataclass(frozen=True)
class Periodic:
    """`run(db, now=)` works off one portion in one transaction and returns how much it found to do.

    It is called again at once while it finds something, and after `seconds` when it does not.
    """

    name: str
    seconds: float
    run: Callable[..., int]


class Schedule:
    """Any number may be started; the one that holds the lock works and the others stand by."""

    def __init__(self, database: Database, periodic: Sequence[Periodic]) -> None:
        self.database = database
        self.periodic = periodic

    def run(self, stop: Flag) -> None:
        while not stop.is_set():
            try:
                with psycopg.connect(self.database.dsn, autocommit=True, connect_timeout=5) as holder:
                    self._stand_by(stop, holder)
                    self._run_holding_lock(stop, holder)
            except (psycopg.Error, DBAPIError, OSError) as error:
                log.warning("scheduler waits for PostgreSQL", error=str(error).partition("\n")[0])
                stop.wait(1)

    def _stand_by(self, stop: Flag, holder: psycopg.Connection[Any]) -> None:
        while not stop.is_set() and not _locks(holder):
            stop.wait(SECONDS_BETWEEN_TRIES)

    def _run_holding_lock(self, stop: Flag, holder: psycopg.Connection[Any]) -> None:
        due = dict.fromkeys(self.periodic, 0.0)
        while not stop.is_set():
            # The lock lives as long as this connection: a scheduler that lost it must not go on.
            holder.execute("select 1")
            for periodic in self.periodic:
                if time.monotonic() >= due[periodic] and not stop.is_set():
                    again_at_once = self.run_once(periodic, now=utcnow())
                    due[periodic] = time.monotonic() + (0 if again_at_once else periodic.seconds)
            stop.wait(max(0.0, min(0.5, min(due.values()) - time.monotonic())))

    def run_once(self, periodic: Periodic, *, now: datetime) -> bool:
        """One portion; true when there may be more. One job's error must not keep the others from running."""
        try:
            with self.database.transaction() as db:
                done = periodic.run(db, now=now)
        except DBAPIError:
            raise
        except Exception:
            log.exception("periodic job failed", job=periodic.name)
            return False
        if done:
            log.info("periodic job", job=periodic.name, done=done)
        return bool(done)


def _locks(holder: psycopg.Connection[Any]) -> bool:
    row = holder.execute("select pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
    return row is not None and bool(row[0])
