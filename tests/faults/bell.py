"""A relay or a worker, wired to the tests' own event; the nursery forks them."""

import os
from datetime import timedelta

import redis

from center_core.kit import Database
from scrm.commands.stopping import stop_flag
from scrm.jobs import Courier, EventQueue, Relay, relay, work
from tests.jobs.happenings import WIRING


def main(kind: str) -> None:
    """Be one until killed."""
    # Minutes would be long for a test, and prove the same; when it gives up is tested with the relay.
    relay.LOST_AFTER = relay.LONGEST_BACK_OFF = timedelta(seconds=2)
    relay.TRIES = 1_000
    database = Database(os.environ["DATABASE_URL"])
    connection = redis.Redis.from_url(os.environ["REDIS_URL"])
    if kind == "relay":
        Relay(database, EventQueue(connection), WIRING).run(stop_flag())
    else:
        work(connection, Courier(database, WIRING, None))
