"""Runs the migrations against the database of the ``sqlalchemy.url`` that the caller set."""

from alembic import context
from sqlalchemy import create_engine, text

from scrm.models import metadata

config = context.config


def run() -> None:
    """Migrate in one transaction under a lock, so that simultaneous starts wait for each other."""
    connection = config.attributes.get("connection")
    if connection is not None:
        context.configure(connection=connection, target_metadata=metadata, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()
        return
    engine = create_engine(config.get_main_option("sqlalchemy.url") or "")
    with engine.begin() as connection:
        connection.execute(text("select pg_advisory_xact_lock(7000)"))
        context.configure(connection=connection, target_metadata=metadata, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
