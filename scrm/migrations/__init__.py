"""Alembic migrations, numbered; forward-safe, never edited once landed."""

from pathlib import Path

from alembic import command
from alembic.config import Config


def alembic_config(database_url: str) -> Config:
    """What Alembic needs to find our migrations and the database at ``database_url``."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    return config


def migrate(database_url: str) -> None:
    """Bring the database at ``database_url`` to the newest migration; simultaneous callers wait for each other."""
    command.upgrade(alembic_config(database_url), "head")
