"""Databases of the tests' own: copies of the migrated template, each lent to one test after the other."""

import secrets
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from center_core.kit import Database

# What a request left to a thread may be at work still.
SECONDS_TO_FALL_QUIET = 3

CATALOGS = ("pg_class", "pg_attribute", "pg_constraint", "pg_index", "pg_proc", "pg_trigger", "pg_type")
# Changes with whatever is created, altered or dropped.
SHAPE = text(
    " union all ".join(f"select count(*), max(xmin::text::bigint) from {catalog}" for catalog in CATALOGS)
)
OURS = "lent to tests"
SOMEBODY_WORKS = text("""
    select exists (select from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle')
    or exists (select from pg_locks where locktype = 'advisory' and database =
        (select oid from pg_database where datname = current_database()))
""")
SEND_STRANGERS_HOME = text("""
    select pg_terminate_backend(pid, 3000) from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend' and application_name <> :ours
""")
WRITTEN = text("""
    select quote_ident(relname) from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r'
      and pg_relation_size(oid) > 0
""")
IS_ANALYZED = text("select exists (select from pg_statistic where starelid >= 16384)")
REWIND_SEQUENCES = text("select setval(seqrelid::regclass, seqstart, false) from pg_sequence")


@contextmanager
def clone(template: str) -> Iterator[str]:
    """A copy of the template database, dropped at the end."""
    url = make_url(template)
    name = f"test_{secrets.token_hex(6)}"
    server = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'create database "{name}" template "{url.database}" strategy file_copy'))
    yield url.set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f'drop database "{name}" with (force)'))
    server.dispose()


class Lending:
    """Lends an empty database to one test after the other; what cannot be emptied is replaced by another copy."""

    def __init__(self, template: str) -> None:
        self._template = template
        self._lent: Lent | None = None

    def lend(self) -> Database:
        self._lent = self._lent or Lent(self._template)
        return self._lent.database

    def take_back(self) -> None:
        if self._lent and not self._lent.is_as_new():
            self.close()

    def close(self) -> None:
        if self._lent:
            self._lent.drop()
            self._lent = None


class Lent:
    """A copy of the template that can be made as it was: emptied of all rows but those of the migrations.

    To empty one costs a tenth of another copy, and its connections stay open.
    """

    def __init__(self, template: str) -> None:
        self._copy: AbstractContextManager[str] = clone(template)
        self.database = Database(self._copy.__enter__(), pool_size=12, application_name=OURS)
        with self.database.engine.connect() as connection:
            self._rows = {table: _rows(connection, table) for table in connection.scalars(WRITTEN)}
            self._shape = _shape(connection)

    def is_as_new(self) -> bool:
        """Empty it, unless the test left something behind that emptying does not undo."""
        try:
            with self.database.engine.connect() as connection:
                if not self._falls_quiet(connection) or _shape(connection) != self._shape:
                    return False
                self._empty(connection)
                self._shape = _shape(connection)
                connection.commit()
        except SQLAlchemyError:
            return False
        return True

    def drop(self) -> None:
        self.database.close()
        self._copy.__exit__(None, None, None)

    def _falls_quiet(self, connection: Connection) -> bool:
        """Whether in a moment nobody but ``connection`` works in it any more; who merely stays has to leave."""
        pool = self.database.engine.pool
        assert isinstance(pool, QueuePool)
        ends = time.monotonic() + SECONDS_TO_FALL_QUIET
        while pool.checkedout() > 1 or connection.scalar(SOMEBODY_WORKS):
            if time.monotonic() > ends:
                return False
            time.sleep(0.01)
        connection.execute(SEND_STRANGERS_HOME, {"ours": OURS})
        return not connection.scalar(IS_ANALYZED)

    def _empty(self, connection: Connection) -> None:
        """Rows that are merely deleted would leave gaps, and the next test's rows would lie in any order."""
        written = [
            table
            for table in connection.scalars(WRITTEN)
            if table not in self._rows or _rows(connection, table) != self._rows[table]
        ]
        if not written:
            return
        # The trigger that guards the audit log has no say.
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text(f"truncate {', '.join(written)} cascade"))
        for table in written:
            if rows := self._rows.get(table):
                with _cursor(connection) as cursor, cursor.copy(f"copy {table} from stdin") as copy:
                    copy.write(rows)
        connection.execute(REWIND_SEQUENCES)


def _shape(connection: Connection) -> list[tuple[int, int]]:
    return [tuple(row) for row in connection.execute(SHAPE)]


def _cursor(connection: Connection) -> psycopg.Cursor[Any]:
    """The driver's own, which can copy."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    return driver.cursor()


def _rows(connection: Connection, table: str) -> bytes:
    """All of the table, as ``copy`` writes and reads it."""
    with _cursor(connection) as cursor, cursor.copy(f"copy {table} to stdout") as copy:
        return b"".join(copy)
