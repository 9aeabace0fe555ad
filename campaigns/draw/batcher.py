"""Group commit: plays that arrive while a batch is being committed are the next batch.

There is no timer and no thread of its own. The first to ask leads: it decides everything that waits, and hands the
lead to the first of those who came meanwhile. One campaign has one queue in each process; ``draw_batch`` puts the
processes in line.
"""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from center_core.kit import N_, Database, Fault, Refused

from ..live import Live, Lives
from .batch import Answer, Ask, Batch, Played, Stale

log = logging.getLogger(__name__)

TRIES = 4
FIRST_PAUSE = 0.05


def overloaded() -> Refused:
    """Too many wait already: better an honest no at once than a late answer for all."""
    return Refused(
        "overloaded",
        N_("Very many people are playing right now. Nothing was lost; please try again in a moment."),
        retry_after=1,
    )


@dataclass(eq=False, slots=True)
class Waiting:
    """An asker who waits: ``bell`` is held until there is an answer or the lead to take."""

    ask: Ask
    live: Live
    bell: threading.Lock = field(default_factory=threading.Lock)
    leads: bool = False
    answer: Answer | Fault | None = None


@dataclass(eq=False, slots=True)
class Queue:
    """Those who wait for one campaign; ``busy`` while somebody leads."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    waiting: list[Waiting] = field(default_factory=list)
    busy: bool = False


class Batcher:
    """Decides plays in batches, for any number of campaigns at once; shared by all threads of a process.

    ``bound`` is how many may wait for one campaign before the rest is refused with ``overloaded``; ``patience`` how
    many seconds one waits before it is told the same. The play may then still be decided: asked again under its
    key it is replayed.
    """

    def __init__(self, database: Database, lives: Lives, *, bound: int = 400, patience: float = 10.0) -> None:
        self._database = database
        self._lives = lives
        self._bound = bound
        self._patience = patience
        self._queues: dict[UUID, Queue] = {}
        self._connections: list[psycopg.Connection[Any]] = []

    def play(self, live: Live, *, member_id: UUID, key: str, now: datetime) -> Answer:
        """Wait for the answer to one play; it is durable when this returns."""
        mine = Waiting(Ask(member_id, key, now), live)
        queue = self._queues.setdefault(live.id, Queue())
        with queue.lock:
            if len(queue.waiting) >= self._bound:
                raise overloaded()
            queue.waiting.append(mine)
            leads = not queue.busy
            queue.busy = True
            if not leads:
                mine.bell.acquire()
        if leads or self._wait(queue, mine):
            self._lead(queue)
        if isinstance(mine.answer, Fault):
            raise mine.answer
        assert mine.answer is not None  # noqa: S101 - the leader answers everybody
        return mine.answer

    def _wait(self, queue: Queue, mine: Waiting) -> bool:
        """Wait for the bell; true if it rang to hand over the lead."""
        if mine.bell.acquire(timeout=self._patience):
            return mine.leads
        with queue.lock:
            if mine.leads:
                return True
            if mine in queue.waiting:
                queue.waiting.remove(mine)
        if mine.answer is None:
            raise overloaded()
        return False

    def _lead(self, queue: Queue) -> None:
        """Decide what waits, ring the bells, and hand the lead on if more came meanwhile."""
        with queue.lock:
            batch, queue.waiting = queue.waiting[: Batch.largest], queue.waiting[Batch.largest :]
        try:
            self._answer(batch)
        except BaseException as error:
            log.exception("a batch of %s plays failed", len(batch))
            for one in batch:
                one.answer = one.answer or unavailable()
            if not isinstance(error, Exception):
                raise
        finally:
            with queue.lock:
                heir = queue.waiting[0] if queue.waiting else None
                if heir is not None:
                    heir.leads = True
                queue.busy = heir is not None
            # The heir first: PostgreSQL then works on the next batch while this one's answers are written.
            if heir is not None:
                heir.bell.release()
            for one in batch:
                if one.bell.locked():
                    one.bell.release()

    def _answer(self, batch: Sequence[Waiting]) -> None:
        """Give each of ``batch`` its answer. The same key twice is one play, and the second answer its replay."""
        first: dict[tuple[UUID, str], Waiting] = {}
        for one in batch:
            first.setdefault((one.ask.member_id, one.ask.key), one)
        asked = list(first.values())
        for one, answer in zip(asked, self._decide(asked), strict=True):
            one.answer = answer
        for one in batch:
            if one.answer is None:
                told = first[one.ask.member_id, one.ask.key].answer
                one.answer = replace(told, replayed=True) if isinstance(told, Played) else told

    def _decide(self, asked: Sequence[Waiting]) -> list[Answer | Fault]:
        """Call ``draw_batch``, and on any error call it again with the same batch on a new connection."""
        live = max((one.live for one in asked), key=lambda live: live.revision)
        batch = Batch([one.ask for one in asked])
        pause = FIRST_PAUSE
        for left in reversed(range(TRIES)):
            try:
                return list(self._call(batch, live))
            except Stale:
                live = self._lives.read_again(live.id)
                refused = self._closed(live, batch)
                if refused is not None:
                    return [refused] * len(asked)
            except psycopg.Error as error:
                log.warning("a batch of %s plays is tried again: %s", len(asked), error)
                if left:
                    time.sleep(pause)
                    pause *= 3
        return [unavailable()] * len(asked)

    def _closed(self, live: Live, batch: Batch) -> Fault | None:
        try:
            live.check_open(max(ask.now for ask in batch.asks))
        except Fault as refused:
            return refused
        return None

    def _call(self, batch: Batch, live: Live) -> list[Answer]:
        connection = self._connections.pop() if self._connections else self._connect()
        try:
            answers = batch.decide(connection, live)
        except psycopg.Error:
            connection.close()
            raise
        except Stale:
            self._connections.append(connection)
            raise
        self._connections.append(connection)
        return answers

    def _connect(self) -> psycopg.Connection[Any]:
        """A connection whose every statement is its own transaction: one round trip and one commit for a batch."""
        return psycopg.connect(
            self._database.dsn,
            autocommit=True,
            connect_timeout=5,
            application_name="scrm-draw",
            options="-c timezone=UTC -c lock_timeout=10s -c statement_timeout=20s",
        )

    def close(self) -> None:
        """Give back all connections."""
        while self._connections:
            self._connections.pop().close()


def unavailable() -> Refused:
    """PostgreSQL did not answer. Whether the play was decided is not known; asking again under its key tells."""
    return Refused(
        "unavailable", N_("We are busy for a moment. Nothing was lost; please try again."), retry_after=1
    )
