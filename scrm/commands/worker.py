"""`scrm worker`: delivers events to their handlers."""

import os

import click

YIELDS = 5
"""How nice a worker is: where people and events want the same processor, people come first, and no event starves."""


@click.command()
@click.argument("queue", type=click.Choice(["events", "outside"]), required=False)
def command(queue: str | None) -> None:
    """Deliver events to their handlers until stopped. Several may run.

    QUEUE: events, for what happens within this installation; outside, for calls to gateways, which may keep their
    worker waiting. Without it both are served, the events first.
    """
    import redis

    from scrm.adapters import open_outside
    from scrm.commands.beginning import begin_process, open_database
    from scrm.jobs import OURS, OUTSIDE, Courier, work
    from scrm.wiring import WHEN, Wiring

    config = begin_process("worker")
    os.nice(YIELDS)
    connection = redis.Redis.from_url(config.redis_url)
    courier = Courier(open_database(config, "worker"), Wiring.of_map(WHEN), open_outside(config))
    work(connection, courier, names=[queue] if queue else (OURS, OUTSIDE))
