"""A database that is lent again is as the migrations left it, whatever the test before did."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from center_core.kit import Database

from .databases import Lending

AUDITED = text("""
    insert into audit (id, at, actor_kind, verb, subject, detail)
    values (gen_random_uuid(), now(), 'system', 'noted', 'test:1', '{}')
""")


@pytest.fixture
def lending(template: str) -> Iterator[Lending]:
    lending = Lending(template)
    yield lending
    lending.close()


def everything(database: Database) -> dict[str, int]:
    """How many rows each table has that has any."""
    with database.engine.connect() as connection:
        tables = connection.scalars(text("select tablename from pg_tables where schemaname = 'public'")).all()
        counted = {it: connection.scalar(text(f'select count(*) from "{it}"')) or 0 for it in tables}
    return {table: count for table, count in counted.items() if count}


def test_the_next_one_finds_what_the_migrations_left(lending: Lending) -> None:
    database = lending.lend()
    with database.engine.begin() as connection:
        scripts = connection.execute(text("select * from talk_script order by 1")).all()
        version = connection.scalar(text("select version_num from alembic_version"))
    before = everything(database)
    with database.engine.begin() as connection:
        connection.execute(AUDITED)
        connection.execute(text("delete from talk_script"))
        connection.execute(text("update table_family set key = 'another'"))
        connection.execute(text("update alembic_version set version_num = '0001'"))
    assert everything(database) != before
    lending.take_back()
    assert lending.lend() is database
    assert everything(database) == before
    with database.engine.begin() as connection:
        assert connection.execute(text("select * from talk_script order by 1")).all() == scripts
        assert connection.scalar(text("select version_num from alembic_version")) == version


@pytest.mark.parametrize(
    "done",
    [
        "drop index play_member_id_campaign_id_n_idx",
        "create table more (n int)",
        "analyze",
    ],
)
def test_what_cannot_be_undone_is_replaced(lending: Lending, done: str) -> None:
    database = lending.lend()
    before = everything(database)
    with database.engine.begin() as connection:
        connection.execute(AUDITED)
        connection.execute(text(done))
    lending.take_back()
    another = lending.lend()
    assert another is not database
    assert everything(another) == before
