"""The RQ worker that empties the event queue."""

import redis
from rq import SimpleWorker

from scrm.jobs.deliver import Courier, go_on_duty
from scrm.jobs.queue import EventQueue

# Bounds how long an idle worker sleeps in Redis, and so how late it notices that another one died.
WORKER_TTL = 30


def work(connection: redis.Redis, courier: Courier, *, until_empty: bool = False) -> None:
    """Deliver until told to stop by a signal; the job in hand is finished first.

    Jobs run in this very process: a fork for each would cost more than most of them do, and would come
    without the database connections. One that runs wild is ended by its timeout, and one that takes the
    process with it is enqueued again by the relay.
    """
    go_on_duty(courier)
    queue = EventQueue(connection).queue
    worker = SimpleWorker([queue], connection=connection, worker_ttl=WORKER_TTL, serializer=queue.serializer)
    worker.work(burst=until_empty, logging_level="WARNING")
