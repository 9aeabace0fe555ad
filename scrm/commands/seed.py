"""`scrm seed`: fills the database with the demo brand."""

import click


@click.command()
@click.option("--members", default=5_000, show_default=True, help="How many members the brand has.")
def command(members: int) -> None:
    """Fill an empty database with the demo brand: the same one each time, by COPY."""
    from center_core.kit import Database, Refused, utcnow
    from scrm import demo
    from scrm.config import Config
    from scrm.environment import complete_environment

    complete_environment()
    database = Database(Config.from_env().database_url)
    try:
        demo.seed(database, members=members, say=click.echo, now=utcnow())
    except Refused as refused:
        raise click.ClickException(refused.text) from None
    finally:
        database.close()
