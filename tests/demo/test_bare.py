"""Tables that were bare while they were filled have every key and index again, or were never bare at all."""

from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import text

from center_core.kit import Database
from scrm.demo.bare import bare
from scrm.demo.seed import ORDER

SHAPE = text("""
    select conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
    union all select pg_get_indexdef(indexrelid) from pg_index where indexrelid::regclass::text not like 'pg_%'
    order by 1
""")
A_TAG_OF_NOBODY = "insert into tag (member_id, tag, added_at) values (%s, 'ghost', now())"


def shape(database: Database) -> list[str]:
    with database.engine.connect() as connection:
        return list(connection.scalars(SHAPE))


def test_all_is_there_again(database: Database) -> None:
    before, told = shape(database), []
    with (
        psycopg.connect(database.dsn) as connection,
        connection.cursor() as cursor,
        bare(cursor, ORDER, told.append),
    ):
        cursor.execute("select from pg_index where indrelid in ('member'::regclass, '\"order\"'::regclass)")
        assert cursor.rowcount == 0
    assert len(told) > 20
    assert shape(database) == before


def test_what_no_key_allows_is_refused_at_the_end_and_nothing_remains(database: Database) -> None:
    before = shape(database)
    with (
        pytest.raises(psycopg.errors.ForeignKeyViolation),
        psycopg.connect(database.dsn) as connection,
        connection.cursor() as cursor,
        bare(cursor, ORDER, lambda _: None),
    ):
        cursor.execute(A_TAG_OF_NOBODY, [uuid4()])
    assert shape(database) == before
    with database.engine.connect() as connection:
        assert connection.scalar(text("select count(*) from tag")) == 0
