"""The RQ worker that empties the event queues."""

from collections.abc import Sequence

import redis
from rq import SimpleWorker

from scrm.jobs.deliver import Courier, go_on_duty
from scrm.jobs.queue import OURS, OUTSIDE, EventQueue

# Bounds how long an idle worker sleeps in Redis, and so how late it notices that another one died.
WORKER_TTL = 30


def work(
    connection: redis.Redis,
    courier: Courier,
    *,
    names: Sequence[str] = (OURS, OUTSIDE),
    until_empty: bool = False,
) -> None:
    """Deliver until told to stop by a signal; the job in hand is finished first.

    Of the queues ``names`` the first is emptied before the next is looked at.

    Jobs run in this very process: a fork for each would cost more than most of them do, and would come
    without the database connections. One that runs wild is ended by its timeout, and one that takes the
    process with it is enqueued again by the relay.
    """
    go_on_duty(courier)
    queues = [EventQueue(connection, name).queue for name in names]
    worker = SimpleWorker(
        queues, connection=connection, worker_ttl=WORKER_TTL, serializer=queues[0].serializer
    )
    worker.work(burst=until_empty, logging_level="WARNING")
