"""A relay, or a worker of one queue, of an installation that rings bells and sends codes; the nursery forks them."""

import os

import redis

from center_core.kit import Database
from scrm.adapters import sms
from scrm.commands.stopping import stop_flag
from scrm.jobs import Courier, EventQueue, Relay, work
from tests.adapters.provider import TOKEN
from tests.jobs.test_outside import WIRING


def main(kind: str) -> None:
    """Be one until killed."""
    database = Database(os.environ["DATABASE_URL"])
    connection = redis.Redis.from_url(os.environ["REDIS_URL"])
    if kind == "relay":
        Relay(database, EventQueue(connection), WIRING).run(stop_flag())
    else:
        work(connection, Courier(database, WIRING, sms.Gateway(os.environ["GATEWAY"], TOKEN)), names=[kind])
