"""One of several may fail; a connection that is gone fails them all."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from center_core.kit import Database, Session, apart, failed_apart


def test_what_fails_is_undone_alone(db: Session) -> None:
    db.execute(text("create temporary table turn (no int check (no <> 2)) on commit drop"))
    for no in (1, 2, 3):
        with apart(db, f"turn {no}"):
            db.execute(text("insert into turn values (:no + 10)"), {"no": no})
            db.execute(text("insert into turn values (:no)"), {"no": no})
    assert list(db.scalars(text("select no from turn order by no"))) == [1, 3, 11, 13]
    assert failed_apart(db) == ["turn 2"]


def test_nobody_has_a_turn_without_a_connection(database: Database) -> None:
    turns = []

    def take_turns(db: Session) -> None:
        for no in (1, 2, 3):
            with apart(db, f"turn {no}"):
                turns.append(no)
                db.execute(text("select pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(SQLAlchemyError), database.transaction() as db:
        take_turns(db)
    assert turns == [1]
