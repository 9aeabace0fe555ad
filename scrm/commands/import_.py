"""`scrm import`: a brand's own stores, warehouses and goods, from CSV files."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from scrm.importing import Outcome

SHOWN = 50

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
CHECK = click.option("--check", is_flag=True, help="Read and check the whole file, and write nothing.")


@click.group()
def command() -> None:
    """Bring in a brand's own stores, warehouses and goods: all of a file, or nothing of it.

    docs/operations.md has the columns.
    """


@command.command()
@FILE
@CHECK
def stores(file: Path, check: bool) -> None:
    """Make the stores of FILE with their regions, and bring up to date those that are there."""
    from scrm.importing import import_stores

    _bring_in(import_stores, file, check)


@command.command()
@FILE
@CHECK
def locations(file: Path, check: bool) -> None:
    """Make the warehouses of FILE, and rename those that are there."""
    from scrm.importing import import_locations

    _bring_in(import_locations, file, check)


@command.command()
@FILE
@CHECK
def products(file: Path, check: bool) -> None:
    """Make the styles and SKUs of FILE, and bring up to date those that are there."""
    from scrm.importing import import_products

    _bring_in(import_products, file, check)


def _bring_in(importing: "Callable[..., Outcome]", file: Path, check: bool) -> None:
    from psycopg.errors import DeadlockDetected, LockNotAvailable
    from sqlalchemy.exc import IntegrityError, OperationalError

    from center_core.kit import Database, Refused, utcnow
    from scrm.config import Config
    from scrm.environment import complete_environment
    from scrm.importing import WrongFile

    complete_environment()
    database = Database(Config.from_env().database_url)
    try:
        with database.transaction() as db:
            outcome = importing(db, file.read_bytes(), file=file.name, now=utcnow())
            if check:
                db.rollback()
    except WrongFile as wrong:
        for fault in wrong.faults[:SHOWN]:
            click.echo(f"{file.name}, {fault}", err=True)
        if (more := len(wrong.faults) - SHOWN) > 0:
            click.echo(f"… and {more:,} more", err=True)
        raise click.ClickException("Nothing was written.") from None
    except (Refused, IntegrityError, OperationalError) as error:
        if isinstance(error, OperationalError) and not isinstance(
            error.orig, LockNotAvailable | DeadlockDetected
        ):
            raise
        # Checked, and free a moment ago; a large file of the other's may not even have come to its end.
        raise click.ClickException(
            "Somebody else brought in the same at the same moment. Nothing was written; please try again."
        ) from None
    finally:
        database.close()
    if outcome.encoding != "UTF-8":
        click.echo(f"{file.name} was read as {outcome.encoding}.")
    if check:
        click.echo("Checked; nothing was written. It would be:")
    for what, count in outcome.counts.items():
        click.echo(f"{what}: {count}")
