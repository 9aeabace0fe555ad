"""`scrm retry`: brings back the events that were given up on."""

import click


@click.command()
def command() -> None:
    """Let the relay take up again all events that were given up on."""
    from center_core.kit import Database
    from scrm import backlog
    from scrm.config import Config
    from scrm.environment import complete_environment

    complete_environment()
    with Database(Config.from_env().database_url).transaction() as db:
        click.echo(f"{backlog.retry_all(db)} events brought back.")
