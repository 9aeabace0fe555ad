"""`scrm worker`: delivers events to their handlers."""

import os

import click

YIELDS = 5
"""How nice a worker is: where people and events want the same processor, people come first, and no event starves."""


@click.command()
def command() -> None:
    """Deliver events to their handlers until stopped. Several may run."""
    import redis

    from scrm.adapters import open_outside
    from scrm.commands.beginning import begin_process, open_database
    from scrm.jobs import Courier, work
    from scrm.wiring import WHEN, Wiring

    config = begin_process("worker")
    os.nice(YIELDS)
    connection = redis.Redis.from_url(config.redis_url)
    work(connection, Courier(open_database(config, "worker"), Wiring.of_map(WHEN), open_outside(config)))
