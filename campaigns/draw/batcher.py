"""Group commit: plays that arrive while a batch is being committed are the next batch.

There is no timer. The first play that arrives sends a batch on its way, and when it is committed whatever waits by
then is the next. Who waits costs no thread: everything here runs on one event loop, the web server's own, or, in a
process that has none, one that the first question starts. One campaign has one queue in each process; ``draw_batch``
puts the processes in line.
"""

import asyncio
import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import perf_counter
from typing import Any
from uuid import UUID

import psycopg

from center_core.kit import N_, Database, Fault, Refused

from ..live import Live, Lives
from .batch import Answer, Ask, Batch, Played, Stale

log = logging.getLogger(__name__)

TRIES = 4
FIRST_PAUSE = 0.05
SECONDS_BEHIND = 0.025


def overloaded() -> Refused:
    """Too many wait already: better an honest no at once than a late answer for all."""
    return Refused(
        "overloaded",
        N_("Very many people are playing right now. Nothing was lost; please try again in a moment."),
        retry_after=1,
    )


def unavailable() -> Refused:
    """PostgreSQL did not answer. Whether the play was decided is not known; asking again under its key tells."""
    return Refused(
        "unavailable", N_("We are busy for a moment. Nothing was lost; please try again."), retry_after=1
    )


@dataclass(eq=False, slots=True)
class Waiting:
    """An asker who waits for ``answer``."""

    ask: Ask
    live: Live
    answer: asyncio.Future[Answer | Fault]

    def tell(self, answer: Answer | Fault) -> None:
        """Answer, unless the asker has gone."""
        if not self.answer.done():
            self.answer.set_result(answer)


@dataclass(eq=False, slots=True)
class Queue:
    """Those who wait for one campaign; ``working`` while batches are being decided."""

    waiting: list[Waiting] = field(default_factory=list)
    working: asyncio.Task[None] | None = None


class Batcher:
    """Decides plays in batches, for any number of campaigns at once.

    ``bound`` is how many may wait for one campaign before the rest is refused with ``overloaded``; half of them while
    the loop is behind with its answers, since those who are to be refused then wait as well. ``patience`` is how many
    seconds one waits before it is told the same. The play may then still be decided: asked again under its
    key it is replayed.
    """

    def __init__(self, database: Database, lives: Lives, *, bound: int = 128, patience: float = 10.0) -> None:
        self._database = database
        self._lives = lives
        self._bound = bound
        self._patience = patience
        self._behind = 0.0
        self._queues: dict[UUID, Queue] = {}
        self._connections: list[psycopg.AsyncConnection[Any]] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._starting = threading.Lock()

    def play(self, live: Live, *, member_id: UUID, key: str, now: datetime) -> Answer:
        """Wait, in a thread, for the answer to one play; it is durable when this returns."""
        question = self.ask(live, member_id=member_id, key=key, now=now)
        return asyncio.run_coroutine_threadsafe(question, self.loop()).result()

    async def ask(self, live: Live, *, member_id: UUID, key: str, now: datetime) -> Answer:
        """The same on the batcher's own loop."""
        if self.is_full(live.id):
            raise overloaded()
        queue = self._queues.setdefault(live.id, Queue())
        loop = asyncio.get_running_loop()
        mine = Waiting(Ask(member_id, key, now), live, loop.create_future())
        queue.waiting.append(mine)
        if queue.working is None:
            queue.working = loop.create_task(self._work(queue))
        giving_up = loop.call_later(self._patience, self._give_up, queue, mine)
        try:
            answer = await mine.answer
        finally:
            giving_up.cancel()
        if isinstance(answer, Fault):
            raise answer
        return answer

    def is_full(self, campaign_id: UUID) -> bool:
        """Whether the next to ask would be refused."""
        queue = self._queues.get(campaign_id)
        bound = self._bound if self._behind < SECONDS_BEHIND else self._bound // 2
        return queue is not None and len(queue.waiting) >= bound

    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop that everything here runs on; a thread of its own runs it unless ``run_on`` named another."""
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="batcher", daemon=True).start()
            return self._loop

    def run_on(self, loop: asyncio.AbstractEventLoop) -> None:
        """Run on ``loop``, the web server's: a play then crosses no thread. To be called before the first play."""
        with self._starting:
            if self._loop not in (None, loop):
                raise RuntimeError("the batcher runs on another loop already")
            self._loop = loop

    def close(self) -> None:
        """Give back all connections."""
        while self._connections:
            self._connections.pop().pgconn.finish()

    def _give_up(self, queue: Queue, mine: Waiting) -> None:
        if mine in queue.waiting:
            queue.waiting.remove(mine)
        mine.tell(overloaded())

    async def _work(self, queue: Queue) -> None:
        """Decide what waits, batch by batch, until nobody does."""
        try:
            while queue.waiting:
                batch, queue.waiting = queue.waiting[: Batch.largest], queue.waiting[Batch.largest :]
                await self._answer_all(batch)
        finally:
            queue.working = None

    async def _answer_all(self, batch: Sequence[Waiting]) -> None:
        """Whatever happens, nobody of ``batch`` is left without an answer."""
        try:
            await self._answer(batch)
        except Exception:
            log.exception("a batch of %s plays failed", len(batch))
        finally:
            for one in batch:
                one.tell(unavailable())
            # Runs when this batch's answers and all that had come before them are on their way.
            asyncio.get_running_loop().call_soon(self._feel, perf_counter())

    def _feel(self, told_at: float) -> None:
        """Learn by how many seconds the loop is behind."""
        self._behind = perf_counter() - told_at

    async def _answer(self, batch: Sequence[Waiting]) -> None:
        """Give each of ``batch`` its answer. The same key twice is one play, and the second answer its replay."""
        first: dict[tuple[UUID, str], Waiting] = {}
        again: list[Waiting] = []
        for one in batch:
            if first.setdefault((one.ask.member_id, one.ask.key), one) is not one:
                again.append(one)
        asked = list(first.values())
        answers = await self._decide(asked)
        for one, answer in zip(asked, answers, strict=True):
            one.tell(answer)
        told = dict(zip(first, answers, strict=True))
        for one in again:
            answer = told[one.ask.member_id, one.ask.key]
            one.tell(replace(answer, replayed=True) if isinstance(answer, Played) else answer)

    async def _decide(self, asked: Sequence[Waiting]) -> Sequence[Answer | Fault]:
        """Call ``draw_batch``, and on any error call it again with the same batch on a new connection."""
        live = max((one.live for one in asked), key=lambda live: live.revision)
        batch = Batch([one.ask for one in asked])
        pause = FIRST_PAUSE
        for left in reversed(range(TRIES)):
            try:
                return await self._call(batch, live)
            except Stale:
                live = await asyncio.to_thread(self._lives.read_again, live.id)
                refused = self._closed(live, batch)
                if refused is not None:
                    return [refused] * len(asked)
            except psycopg.Error as error:
                log.warning("a batch of %s plays is tried again: %s", len(asked), error)
                if left:
                    await asyncio.sleep(pause)
                    pause *= 3
        return [unavailable()] * len(asked)

    def _closed(self, live: Live, batch: Batch) -> Fault | None:
        try:
            live.check_open(max(ask.now for ask in batch.asks))
        except Fault as refused:
            return refused
        return None

    async def _call(self, batch: Batch, live: Live) -> Sequence[Answer]:
        connection = self._connections.pop() if self._connections else await self._connect()
        try:
            answers = await batch.ask(connection, live)
        except Stale:
            self._connections.append(connection)
            raise
        except BaseException:
            await connection.close()
            raise
        self._connections.append(connection)
        return answers

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        """A connection whose every statement is its own transaction: one round trip and one commit for a batch."""
        return await psycopg.AsyncConnection.connect(
            self._database.dsn,
            autocommit=True,
            connect_timeout=5,
            application_name="scrm-draw",
            options="-c timezone=UTC -c lock_timeout=10s -c statement_timeout=20s",
        )
