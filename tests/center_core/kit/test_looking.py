"""Sessions that only look, and connections that died while they lay in the pool."""

import signal
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DataError, OperationalError

from center_core.kit import Database, look_up
from center_core.kit import db as kit_db
from center_core.user.models import Staff


def test_a_session_that_looks_sees_what_was_committed_a_moment_ago(database: Database) -> None:
    session = database.looking()
    count = "select count(*) from region"
    before = session.scalar(text(count))
    with database.transaction() as db:
        db.execute(text("insert into region (id, code, name) values (:id, 'XX', '{}')"), {"id": uuid4()})
    assert session.scalar(text(count)) == before + 1
    session.close()


def test_a_session_that_looks_refuses_to_write(database: Database) -> None:
    session = database.looking()
    session.add(Staff(id=uuid4()))
    with pytest.raises(RuntimeError, match="only looks"):
        session.flush()
    session.close()


def test_a_connection_that_died_in_the_pool_is_found_before_it_is_used(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A pool with one connection: of several the next transaction takes another, and the dead one stays for later.
    mine = Database(database.url, pool_size=1)
    with mine.transaction() as db:
        pid = db.scalar(text("select pg_backend_pid()"))
    with database.transaction() as db:
        db.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    monkeypatch.setattr(kit_db, "SECONDS_TO_TRUST", -1.0)
    with mine.transaction() as db:
        assert db.scalar(text("select pg_backend_pid()")) != pid
    mine.close()


def test_a_look_up_on_a_lost_connection_is_told_and_the_next_has_another(database: Database) -> None:
    session = database.looking()
    [(pid,)] = look_up(session, "select pg_backend_pid()")
    with database.transaction() as db:
        db.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    with pytest.raises(OperationalError):
        look_up(session, "select 1")
    assert look_up(session, "select pg_backend_pid() = %(pid)s", pid=pid) == [(False,)]
    session.close()


def test_a_look_up_refuses_what_sqlalchemy_refuses(database: Database) -> None:
    with database.looking() as session, pytest.raises(DataError):
        look_up(session, "select %(code)s::text", code="a\0b")


class _TimeIsUp(Exception):
    pass


def test_a_look_up_that_a_signal_ends_takes_its_connection_with_it(database: Database) -> None:
    def end(*_signal: object) -> None:
        raise _TimeIsUp

    before = signal.signal(signal.SIGALRM, end)
    session = database.looking()
    [(pid,)] = look_up(session, "select pg_backend_pid()")
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    with pytest.raises(_TimeIsUp):
        look_up(session, "select pg_sleep(60)")
    signal.signal(signal.SIGALRM, before)
    session.close()
    with database.looking() as another:
        assert look_up(another, "select pg_backend_pid() = %(pid)s", pid=pid) == [(False,)]


def test_a_look_up_gives_its_connection_back(database: Database) -> None:
    pids = set()
    for _ in range(20):
        with database.looking() as session:
            pids |= set(look_up(session, "select pg_backend_pid()"))
    assert len(pids) == 1
