"""The RQ queues that carry events to the workers: jobs of some bundles, each of events of a kind for one reaction.

There are two, because a gateway that hangs keeps whoever calls it waiting for seconds each time: nothing of ours may
stand behind that.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

import redis
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.utils import as_text

OURS = "events"
OUTSIDE = "outside"
JOB = "scrm.jobs.deliver.deliver"
MARK = "scrm:events:remembered"
SECONDS_FOR_A_JOB = 15
# RQ asks Redis some twenty times for each job, which costs more than most reactions. What was published together
# therefore travels together; a call to the outside world, which may take its time, travels alone.
PARCELS_IN_A_JOB = 50

Bundle = tuple[str, str, list[str]]
"""A kind of events, the reaction that they go to, and their ids."""


class Parcel(NamedTuple):
    """One event on its way to one reaction; ``alone`` if it is to have a job of its own."""

    event_id: UUID
    kind: str
    reaction: str
    alone: bool = False


class EventQueue:
    """First in, first out; what is enqueued here may vanish at any moment."""

    def __init__(self, connection: redis.Redis, name: str = OURS) -> None:
        self.connection = connection
        self.queue = Queue(name, connection=connection, serializer=JSONSerializer)

    def put(self, parcels: Iterable[Parcel]) -> None:
        """All of them in one round trip; what goes to one reaction keeps its order."""
        self.queue.enqueue_many(
            [
                Queue.prepare_data(
                    JOB,
                    args=(bundles,),
                    timeout=SECONDS_FOR_A_JOB,
                    result_ttl=0,
                    failure_ttl=300,
                    description=bundles[0][1],
                )
                for bundles in _loads(parcels)
            ]
        )

    def waiting_since(self) -> datetime | None:
        """When the next job to be taken was enqueued; None when none waits.

        As the queue is first in, first out, every job that was enqueued before that moment has left it.
        """
        head = self.connection.lindex(self.queue.key, 0)
        if head is None:
            return None
        enqueued_at = self.connection.hget(Job.key_for(as_text(head)), "enqueued_at")
        if enqueued_at is None:
            return datetime.min.replace(tzinfo=UTC)
        return datetime.fromisoformat(as_text(enqueued_at))

    def is_remembered(self) -> bool:
        """Whether Redis still is the one that ``remember`` was said to: it was not emptied since."""
        return bool(self.connection.exists(MARK))

    def remember(self) -> None:
        """Leave a mark that is gone when the queue is."""
        self.connection.set(MARK, 1)

    def length(self) -> int:
        return int(self.connection.llen(self.queue.key))


def _loads(parcels: Iterable[Parcel]) -> Iterator[list[Bundle]]:
    """What goes into each job: first what is quick, then what may keep a worker waiting."""
    ordered = sorted(parcels, key=_address)
    quick = [parcel for parcel in ordered if not parcel.alone]
    for first in range(0, len(quick), PARCELS_IN_A_JOB):
        yield _bundles(quick[first : first + PARCELS_IN_A_JOB])
    for parcel in ordered:
        if parcel.alone:
            yield _bundles([parcel])


def _bundles(parcels: Iterable[Parcel]) -> list[Bundle]:
    return [
        (kind, reaction, [str(parcel.event_id) for parcel in bundle])
        for (kind, reaction), bundle in groupby(parcels, key=_address)
    ]


def _address(parcel: Parcel) -> tuple[str, str]:
    return parcel.kind, parcel.reaction
