"""Group commit of messages: what arrives while one batch is being committed is the next batch.

So no message waits for a timer, and a commit's cost is shared by all that wait for it.
"""

import logging
from collections import deque
from collections.abc import Sequence

import gevent
from gevent.event import AsyncResult, Event
from sqlalchemy.exc import DBAPIError, OperationalError

from center_core.kit import N_, Database, Fault, Refused, utcnow
from scrm.engagement import conversation
from scrm.engagement.conversation import Draft, Posted

log = logging.getLogger(__name__)

LARGEST_BATCH = 200
MOST_WAITING = 5000
PATIENCE = 10.0
PAUSES = (0.05, 0.2, 0.5, 1.0, 2.0)


class Posting:
    """The queue and the one greenlet that commits it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: deque[tuple[Draft, AsyncResult]] = deque()
        self._has_work = Event()
        self._idle = True
        self._writer = gevent.spawn(self._run)

    def post(self, draft: Draft) -> Posted:
        """Wait until ``draft`` is committed, or raise its refusal; ``overloaded`` if that takes too long.

        After ``overloaded`` the message may still be stored: the phone sends it again with the same id.
        """
        if len(self._queue) >= MOST_WAITING:
            raise _overloaded()
        answer = AsyncResult()
        self._queue.append((draft, answer))
        self._has_work.set()
        try:
            posted: Posted = answer.get(timeout=PATIENCE)
        except gevent.Timeout:
            raise _overloaded() from None
        return posted

    def drain(self, seconds: float) -> None:
        """Before the process ends: wait until everything accepted is committed."""
        with gevent.Timeout(seconds, False):
            while self._queue or not self._idle:
                gevent.sleep(0.01)

    def _run(self) -> None:
        while True:
            self._has_work.wait()
            self._has_work.clear()
            while self._queue:
                size = min(len(self._queue), LARGEST_BATCH)
                batch = [self._queue.popleft() for _ in range(size)]
                self._idle = False
                self._commit(batch)
                self._idle = True

    def _commit(self, batch: Sequence[tuple[Draft, AsyncResult]]) -> None:
        """Write the batch; one that cannot be written as a whole is written one by one, so that one bad
        message spoils nobody else's."""
        try:
            answers = self._write([draft for draft, _ in batch])
        except Exception as error:
            if len(batch) > 1 and not isinstance(error, OperationalError):
                for one in batch:
                    self._commit([one])
                return
            log.exception("messages could not be stored")
            answers = [_overloaded()] * len(batch)
        for (_, waiting), answer in zip(batch, answers, strict=True):
            if isinstance(answer, Fault):
                waiting.set_exception(answer)
            else:
                waiting.set(answer)

    def _write(self, drafts: Sequence[Draft]) -> list[Posted | Fault]:
        """One transaction. The database may be restarting, or have chosen this batch as a deadlock's victim:
        both are tried again, which is safe since a message has its own id."""
        for pause in (*PAUSES, None):
            try:
                with self._database.transaction() as db:
                    return conversation.post_batch(db, drafts, now=utcnow())
            except DBAPIError as error:
                if pause is None or not (error.connection_invalidated or isinstance(error, OperationalError)):
                    raise
                log.warning("messages are tried again: %s", error.orig)
                gevent.sleep(pause)
        raise AssertionError("unreachable")


def _overloaded() -> Refused:
    return Refused("overloaded", N_("Too much is being said at once. Your message will be sent again."))
