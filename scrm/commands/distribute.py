"""`scrm distribute`: from one PostgreSQL to many."""

import click


@click.command()
def command() -> None:
    """Spread the tables of an existing database over Citus by their families."""
    from center_core.kit import Database
    from scrm.config import Config
    from scrm.distribute import CitusMissing, distribute
    from scrm.environment import complete_environment

    complete_environment()
    try:
        distribute(Database(Config.from_env().database_url), click.echo)
    except CitusMissing:
        raise click.ClickException(
            "This database is a plain PostgreSQL without Citus: nothing to do, nothing was changed.\n"
            "Most brands never need more. To spread it, move it to a server with Citus, "
            "CREATE EXTENSION citus, and set DATABASE_URL."
        ) from None
