"""`scrm relay`: turns outbox rows into jobs."""

import click


@click.command()
def command() -> None:
    """Turn outbox rows into jobs until stopped. Several may run."""
    import redis

    from scrm.commands.beginning import begin_process, open_database
    from scrm.commands.stopping import stop_flag
    from scrm.jobs import EventQueue, Relay
    from scrm.wiring import WHEN, Wiring

    config = begin_process("relay")
    connection = redis.Redis.from_url(config.redis_url, socket_timeout=5)
    Relay(open_database(config, "relay"), EventQueue(connection), Wiring.of_map(WHEN)).run(stop_flag())
