"""Group commit: plays that arrive while a batch is being committed are the next batch.

There is no timer. The first play that arrives sends a thread to decide, and when its batch is committed whatever waits
by then is the next. Who waits on the web server's loop costs no thread; and the batches are not decided on that loop,
since under overload each of its rounds is long with others who are told no (docs/adr/0010-plays-on-the-loop.md). One
campaign has one queue in each process; ``draw_batch`` puts the processes in line.
"""

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import Sequence
from concurrent import futures
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
TOLD_AT_ONCE = 16
CAMPAIGNS_AT_ONCE = 16
"""As many threads decide, each with a connection of its own to PostgreSQL; one campaign is one thread's."""
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


Future = asyncio.Future[Answer | Fault] | futures.Future[Answer | Fault]


@dataclass(eq=False, slots=True)
class Waiting:
    """An asker who waits for ``answer``, on a ``loop`` or in a thread; ``since`` by ``time.monotonic``."""

    ask: Ask
    live: Live
    answer: Future
    loop: asyncio.AbstractEventLoop | None = None
    since: float = field(default_factory=time.monotonic)

    def tell(self, answer: Answer | Fault) -> None:
        """Answer, unless the asker has gone; on ``loop``, where there is one."""
        if not self.answer.done():
            self.answer.set_result(answer)


@dataclass(eq=False, slots=True)
class Queue:
    """Those who wait for one campaign, and those about whom a thread is just ``deciding``.

    ``lock`` is held for a moment by who joins and who takes a batch.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    waiting: list[Waiting] = field(default_factory=list)
    deciding: list[Waiting] = field(default_factory=list)
    working: bool = False
    watched: bool = False

    def take(self, most: int) -> list[Waiting]:
        """The next batch; empty if nobody waits, and then the thread that asks is done."""
        with self.lock:
            self.deciding, self.waiting = self.waiting[:most], self.waiting[most:]
            self.working = bool(self.deciding)
            return self.deciding


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
        self._connections: list[psycopg.Connection[Any]] = []
        self._threads = futures.ThreadPoolExecutor(CAMPAIGNS_AT_ONCE, thread_name_prefix="draw")

    def play(self, live: Live, *, member_id: UUID, key: str, now: datetime) -> Answer:
        """Wait, in this thread, for the answer to one play; it is durable when this returns."""
        answer: futures.Future[Answer | Fault] = futures.Future()
        mine = Waiting(Ask(member_id, key, now), live, answer)
        queue = self._join(mine)
        try:
            return _raised(answer.result(self._patience))
        except TimeoutError:
            with queue.lock, contextlib.suppress(ValueError):
                queue.waiting.remove(mine)
            raise overloaded() from None

    async def ask(self, live: Live, *, member_id: UUID, key: str, now: datetime) -> Answer:
        """The same on an event loop."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer | Fault] = loop.create_future()
        queue = self._join(Waiting(Ask(member_id, key, now), live, answer, loop))
        if not queue.watched:
            queue.watched = True
            loop.call_later(self._patience / LOOKS, self._look, queue, loop)
        return _raised(await answer)

    def is_full(self, campaign_id: UUID) -> bool:
        """Whether the next to ask would be refused."""
        queue = self._queues.get(campaign_id)
        return queue is not None and len(queue.waiting) >= self._bound

    def close(self) -> None:
        """Let what was begun be decided, and give back all connections."""
        self._threads.shutdown()
        while self._connections:
            self._connections.pop().close()

    def _join(self, mine: Waiting) -> Queue:
        if self.is_full(mine.live.id):
            raise overloaded()
        queue = self._queues.setdefault(mine.live.id, Queue())
        with queue.lock:
            queue.waiting.append(mine)
            begins = not queue.working
            queue.working = True
        if begins:
            self._threads.submit(self._work, queue)
        return queue

    def _look(self, queue: Queue, loop: asyncio.AbstractEventLoop) -> None:
        """Answer those on the loop whose patience is over: one look for all, a timer for each would cost more than a
        draw.
        """
        over = time.monotonic() - self._patience
        with queue.lock:
            late = [one for one in (*queue.deciding, *queue.waiting) if one.since <= over]
            queue.waiting = [one for one in queue.waiting if one.since > over]
            queue.watched = queue.working
        for one in late:
            one.tell(overloaded())
        if queue.watched:
            loop.call_later(self._patience / LOOKS, self._look, queue, loop)

    def _work(self, queue: Queue) -> None:
        """Decide what waits, batch by batch, until nobody does; whatever becomes of one, the next is taken."""
        while batch := queue.take(Batch.largest):
            try:
                self._answer_all(batch)
            except Exception:
                log.exception("a batch of %s plays was not told", len(batch))

    def _answer_all(self, batch: Sequence[Waiting]) -> None:
        """Whatever happens, nobody of ``batch`` is left without an answer."""
        answers: Sequence[Answer | Fault] = [unavailable()] * len(batch)
        try:
            answers = self._answers(batch)
        except Exception:
            log.exception("a batch of %s plays failed", len(batch))
        finally:
            _tell_all(list(zip(batch, answers, strict=True)))

    def _answers(self, batch: Sequence[Waiting]) -> list[Answer | Fault]:
        """An answer for each of ``batch``. The same key twice is one play, and the second answer its replay."""
        first: dict[tuple[UUID, str], Waiting] = {}
        for one in batch:
            first.setdefault((one.ask.member_id, one.ask.key), one)
        decided = dict(zip(first, self._decide(list(first.values())), strict=True))
        answers: list[Answer | Fault] = []
        for one in batch:
            named = one.ask.member_id, one.ask.key
            answer = decided[named]
            if first[named] is not one and isinstance(answer, Played):
                answer = answer._replace(replayed=True)
            answers.append(answer)
        return answers

    def _decide(self, asked: Sequence[Waiting]) -> Sequence[Answer | Fault]:
        """Call ``draw_batch``, and on any error call it again with the same batch on a new connection."""
        live = max((one.live for one in asked), key=lambda live: live.revision)
        batch = Batch([one.ask for one in asked])
        pause = FIRST_PAUSE
        for left in reversed(range(TRIES)):
            try:
                return self._call(batch, live)
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

    def _call(self, batch: Batch, live: Live) -> Sequence[Answer]:
        connection = self._connections.pop() if self._connections else self._connect()
        try:
            answers = batch.decide(connection, live)
        except Stale:
            self._connections.append(connection)
            raise
        except BaseException:
            connection.close()
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


def _raised(answer: Answer | Fault) -> Answer:
    if isinstance(answer, Fault):
        raise answer
    return answer


def _tell_all(answered: list[tuple[Waiting, Answer | Fault]]) -> None:
    """From the thread that decided: one call for all who wait on a loop."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[Waiting, Answer | Fault]]] = {}
    for one, answer in answered:
        if one.loop is None:
            one.tell(answer)
        else:
            by_loop.setdefault(one.loop, []).append((one, answer))
    for loop, theirs in by_loop.items():
        # On a loop that is closed nobody is left to tell.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(_tell, theirs, loop)


def _tell(answered: list[tuple[Waiting, Answer | Fault]], loop: asyncio.AbstractEventLoop) -> None:
    """Tell some, and the rest when the loop has been round: who is sent away does not wait for a whole batch."""
    for one, answer in answered[:TOLD_AT_ONCE]:
        one.tell(answer)
    if rest := answered[TOLD_AT_ONCE:]:
        loop.call_soon(_tell, rest, loop)
