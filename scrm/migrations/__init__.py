"""Alembic migrations, numbered; forward-safe, never edited once landed."""

import time
from pathlib import Path

from alembic import command
from alembic.config import Config
from psycopg.errors import LockNotAvailable
from sqlalchemy.exc import OperationalError

SECONDS_FOR_A_LOCK = 3.0
"""Whoever plays or buys queues behind a migration that waits for a table, so it waits no longer than this at once."""
SECONDS_BETWEEN_TRIES = (1.0, 2.0, 4.0, 8.0)


class MigrationBlocked(Exception):
    """A table stayed in use, so the database is not at the newest migration."""


def alembic_config(database_url: str) -> Config:
    """What Alembic needs to find our migrations and the database at ``database_url``."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    return config


def migrate(database_url: str) -> None:
    """Bring the database at ``database_url`` to the newest migration; simultaneous callers wait for each other.

    Each migration is a transaction of its own: whatever ends this in the middle, the next call goes on from there.
    Raises ``MigrationBlocked`` where a migration came to no lock in several tries.
    """
    for pause in (*SECONDS_BETWEEN_TRIES, None):
        try:
            return command.upgrade(alembic_config(database_url), "head")
        except OperationalError as error:
            if not isinstance(error.orig, LockNotAvailable):
                raise
            if pause is None:
                raise MigrationBlocked(_advice(error)) from None
            time.sleep(pause)


def _advice(error: OperationalError) -> str:
    waited_for = " ".join((error.statement or "").split())[:120]
    return (
        f"A migration waited in vain for a table that is in use: {waited_for}\n"
        "What was migrated before it stays. Stop web and workers, or end the transaction that holds the table "
        "(pg_stat_activity shows it), and call scrm migrate again."
    )
