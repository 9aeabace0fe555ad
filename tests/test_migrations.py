"""Upgrades: they wait for nobody for long, and whatever ends one in the middle, the next goes on from there."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from alembic import command
from click.testing import CliRunner
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from scrm import embedded, migrations
from scrm.cli import main

from .conftest import PATIENCE

BEFORE, BLOCKED = "0018", "0021"
"""From the first on: the two that follow are let through, and the other changes the feed."""
INDEX = "play_member_id_campaign_id_n_idx"
WAITS = text("select pid from pg_locks where not granted and relation = 'feed'::regclass")


@pytest.fixture
def old(servers: embedded.Addresses) -> Iterator[str]:
    """The address of a database of an older version."""
    url = make_url(servers.database_url)
    name = f"test_{secrets.token_hex(6)}"
    server = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with server.connect() as connection:
        connection.execute(text(f'create database "{name}" template template0'))
    address = url.set(database=name).render_as_string(hide_password=False)
    command.upgrade(migrations.alembic_config(address), BEFORE)
    yield address
    with server.connect() as connection:
        connection.execute(text(f'drop database "{name}" with (force)'))


@contextmanager
def feed_in_use(address: str) -> Iterator[Connection]:
    with create_engine(address, poolclass=NullPool).begin() as somebody:
        somebody.execute(text("lock table feed in access share mode"))
        yield somebody


def version(address: str) -> str:
    with create_engine(address, poolclass=NullPool).connect() as connection:
        return str(connection.scalar(text("select version_num from alembic_version")))


def has_index(address: str) -> bool:
    """What the blocked migration makes before it comes to the feed."""
    with create_engine(address, poolclass=NullPool).connect() as connection:
        return connection.scalar(text("select to_regclass('binding_former_idx')")) is not None


def test_a_table_in_use_is_not_waited_for_for_long(old: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "SECONDS_FOR_A_LOCK", 0.1)
    monkeypatch.setattr(migrations, "SECONDS_BETWEEN_TRIES", (0.01, 0.01))
    monkeypatch.setenv("DATABASE_URL", old)
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("SECRET_KEY", "k" * 32)
    with feed_in_use(old):
        answer = CliRunner().invoke(main, ["migrate"])
    assert answer.exit_code == 1
    assert "alter table feed" in answer.output
    assert "Stop web and workers" in answer.output
    assert (version(old), has_index(old)) == (f"{int(BLOCKED) - 1:04d}", False), (
        "so far it came, and no further"
    )
    assert CliRunner().invoke(main, ["migrate"]).exit_code == 0
    assert version(old) > BLOCKED


def test_a_migration_that_is_killed_is_taken_up_where_it_was(
    old: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "SECONDS_FOR_A_LOCK", 0)
    failed: list[Exception] = []

    def run() -> None:
        try:
            migrations.migrate(old)
        except OperationalError as error:
            failed.append(error)

    migrating = Thread(target=run)
    with feed_in_use(old) as somebody:
        migrating.start()
        until = time.monotonic() + PATIENCE / 1000
        while not (waiting := somebody.scalar(WAITS)) and time.monotonic() < until:
            time.sleep(0.02)
        somebody.execute(text("select pg_terminate_backend(:pid)"), {"pid": waiting})
        migrating.join(PATIENCE / 1000)
    assert len(failed) == 1
    assert (version(old), has_index(old)) == (f"{int(BLOCKED) - 1:04d}", False)
    migrations.migrate(old)
    assert version(old) > BLOCKED


@pytest.mark.parametrize("whole", [True, False], ids=["a whole one", "one that was interrupted"])
def test_an_index_that_was_built_already_is_not_built_again(old: str, whole: bool) -> None:
    """An index of millions of plays takes minutes; the table may be in use when it is done."""
    command.upgrade(migrations.alembic_config(old), "0025")
    found = text(
        f"select '{INDEX}'::regclass::oid, indisvalid from pg_index where indexrelid = '{INDEX}'::regclass"
    )
    with create_engine(old, poolclass=NullPool).begin() as connection:
        connection.execute(
            text(f"create unique index {INDEX} on play (member_id, campaign_id, n) where n > 0")
        )
        mark = text(f"update pg_index set indisvalid = :whole where indexrelid = '{INDEX}'::regclass")
        connection.execute(mark, {"whole": whole})
        before = connection.execute(found).one()
    migrations.migrate(old)
    with create_engine(old, poolclass=NullPool).connect() as connection:
        after = connection.execute(found).one()
    assert after.indisvalid
    assert (after.oid == before.oid) is whole
