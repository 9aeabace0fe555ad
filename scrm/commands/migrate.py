"""`scrm migrate`: the newest migration."""

import click


@click.command()
def command() -> None:
    """Bring the database to the newest migration; simultaneous callers wait for each other."""
    from scrm.config import Config
    from scrm.environment import complete_environment
    from scrm.migrations import MigrationBlocked, migrate

    complete_environment()
    try:
        migrate(Config.from_env().database_url)
    except MigrationBlocked as blocked:
        raise click.ClickException(str(blocked)) from None
