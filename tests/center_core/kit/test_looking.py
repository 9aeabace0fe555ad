"""Sessions that only look, and connections that died while they lay in the pool."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from center_core.kit import Database
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
    with database.transaction() as db:
        pid = db.scalar(text("select pg_backend_pid()"))
    other = Database(database.url)
    with other.transaction() as db:
        db.execute(text("select pg_terminate_backend(:pid)"), {"pid": pid})
    monkeypatch.setattr(kit_db, "SECONDS_TO_TRUST", -1.0)
    with database.transaction() as db:
        assert db.scalar(text("select pg_backend_pid()")) != pid
    other.close()
