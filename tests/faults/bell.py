"""`python -m tests.faults.bell relay|worker`: a real process, wired to the tests' own event."""

import os
import sys
from datetime import timedelta

import redis

from center_core.kit import Database
from scrm.commands.stopping import stop_flag
from scrm.jobs import Courier, EventQueue, Relay, relay, work
from tests.jobs.happenings import WIRING


def main() -> None:
    # Twenty seconds would be long for a test, and prove the same.
    relay.LOST_AFTER = timedelta(seconds=2)
    database = Database(os.environ["DATABASE_URL"])
    connection = redis.Redis.from_url(os.environ["REDIS_URL"])
    if sys.argv[1] == "relay":
        Relay(database, EventQueue(connection), WIRING).run(stop_flag())
    else:
        work(connection, Courier(database, WIRING, None))


main()
