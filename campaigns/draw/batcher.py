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
from dataclasses import dataclass, field
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
TOLD_AT_ONCE = 48
LOOKS = 20
"""How often within its patience one who waits is looked at."""


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
    since: float

    def tell(self, answer: Answer | Fault) -> None:
        """Answer, unless the asker has gone."""
        if not self.answer.done():
            self.answer.set_result(answer)


@dataclass(eq=False, slots=True)
class Queue:
    """Those who wait for one campaign, and those about whom a batch is just deciding, while ``working``."""

    waiting: list[Waiting] = field(default_factory=list)
    deciding: list[Waiting] = field(default_factory=list)
    working: asyncio.Task[None] | None = None
    watched: bool = False


class Batcher:
    """Decides plays in batches, for any number of campaigns at once.

    ``bound`` is how many may wait for one campaign before the rest is refused with ``overloaded``: enough to fill the
    next batch, since a full one costs least for each play. ``patience`` is how many seconds one waits, to a twentieth,
    before it is told the same. The play may then still be decided: asked again under its key it is replayed.
    """

    def __init__(self, database: Database, lives: Lives, *, bound: int = 384, patience: float = 10.0) -> None:
        self._database = database
        self._lives = lives
        self._bound = bound
        self._patience = patience
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
        loop = self.loop()
        mine = Waiting(Ask(member_id, key, now), live, loop.create_future(), loop.time())
        queue.waiting.append(mine)
        if queue.working is None:
            queue.working = loop.create_task(self._work(queue))
        if not queue.watched:
            queue.watched = True
            loop.call_later(self._patience / LOOKS, self._look, queue)
        answer = await mine.answer
        if isinstance(answer, Fault):
            raise answer
        return answer

    def is_full(self, campaign_id: UUID) -> bool:
        """Whether the next to ask would be refused."""
        queue = self._queues.get(campaign_id)
        return queue is not None and len(queue.waiting) >= self._bound

    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop that everything here runs on; a thread of its own runs it unless ``run_on`` named another."""
        if self._loop is None:
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

    def _look(self, queue: Queue) -> None:
        """Answer those whose patience is over: one look for all, since a timer for each would cost more than a draw."""
        loop = asyncio.get_running_loop()
        over = loop.time() - self._patience
        for one in (*queue.deciding, *queue.waiting):
            if one.since <= over:
                one.tell(overloaded())
        queue.waiting = [one for one in queue.waiting if one.since > over]
        queue.watched = queue.working is not None
        if queue.watched:
            loop.call_later(self._patience / LOOKS, self._look, queue)

    async def _work(self, queue: Queue) -> None:
        """Decide what waits, batch by batch, until nobody does."""
        try:
            while queue.waiting:
                queue.deciding = queue.waiting[: Batch.largest]
                del queue.waiting[: Batch.largest]
                await self._answer_all(queue.deciding)
        finally:
            queue.working, queue.deciding = None, []

    async def _answer_all(self, batch: Sequence[Waiting]) -> None:
        """Whatever happens, nobody of ``batch`` is left without an answer."""
        answers: Sequence[Answer | Fault] = [unavailable()] * len(batch)
        try:
            answers = await self._answers(batch)
        except Exception:
            log.exception("a batch of %s plays failed", len(batch))
        finally:
            self._tell(list(zip(batch, answers, strict=True)))

    def _tell(self, answered: list[tuple[Waiting, Answer | Fault]]) -> None:
        """Tell some, and the rest when the loop has been round: who is sent away does not wait for a whole batch."""
        for one, answer in answered[:TOLD_AT_ONCE]:
            one.tell(answer)
        if rest := answered[TOLD_AT_ONCE:]:
            asyncio.get_running_loop().call_soon(self._tell, rest)

    async def _answers(self, batch: Sequence[Waiting]) -> list[Answer | Fault]:
        """An answer for each of ``batch``. The same key twice is one play, and the second answer its replay."""
        first: dict[tuple[UUID, str], Waiting] = {}
        for one in batch:
            first.setdefault((one.ask.member_id, one.ask.key), one)
        decided = dict(zip(first, await self._decide(list(first.values())), strict=True))
        answers: list[Answer | Fault] = []
        for one in batch:
            named = one.ask.member_id, one.ask.key
            answer = decided[named]
            if first[named] is not one and isinstance(answer, Played):
                answer = answer._replace(replayed=True)
            answers.append(answer)
        return answers

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
