"""Runs the migrations against the database of the ``sqlalchemy.url`` that the caller set."""

from alembic import context
from sqlalchemy import Connection, NullPool, create_engine, text

from scrm.migrations import SECONDS_FOR_A_LOCK
from scrm.models import metadata

config = context.config


def run() -> None:
    """Each migration in a transaction of its own; a lock that is held meanwhile lets simultaneous starts wait for each
    other.
    """
    connection = config.attributes.get("connection")
    if connection is not None:
        context.configure(connection=connection, target_metadata=metadata, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()
        return
    engine = create_engine(config.get_main_option("sqlalchemy.url") or "", poolclass=NullPool)
    with engine.begin() as guard:
        guard.execute(text("set local idle_in_transaction_session_timeout = 0"))
        guard.execute(text("select pg_advisory_xact_lock(7000)"))
        with engine.connect() as connection:
            _migrate(connection)


def _migrate(connection: Connection) -> None:
    with connection.begin():
        connection.execute(text(f"set lock_timeout = {int(SECONDS_FOR_A_LOCK * 1000)}"))
    context.configure(
        connection=connection, target_metadata=metadata, compare_type=True, transaction_per_migration=True
    )
    with context.begin_transaction():
        context.run_migrations()


run()
