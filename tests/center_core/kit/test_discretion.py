"""Errors of the database tell what is wrong, and nothing of the people whom it concerns."""

import traceback
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from center_core.kit import Database, Session, look_up

PHONE = "+8613800138000"
MESSAGE = "line one\nline two"
ADD = "insert into listed (phone, body) values (%(phone)s, %(body)s)"

Adding = Callable[[Session, dict[str, Any]], object]


@pytest.fixture
def database(database: Database) -> Database:
    """With a phone that is listed already; of messages only short ones are taken."""
    with database.transaction() as db:
        db.execute(text("create table listed (phone text primary key, body text check (length(body) < 10))"))
        db.execute(text("create table late (phone text unique deferrable initially deferred)"))
        db.execute(text("insert into listed values (:phone, '')"), {"phone": PHONE})
        db.execute(text("insert into late values (:phone)"), {"phone": PHONE})
    return database


def by_sqlalchemy(db: Session, values: dict[str, Any]) -> object:
    return db.execute(text("insert into listed (phone, body) values (:phone, :body)"), values)


def by_the_driver(db: Session, values: dict[str, Any]) -> object:
    return look_up(db, ADD + " returning phone", **values)


@pytest.mark.parametrize("add", [by_sqlalchemy, by_the_driver])
@pytest.mark.parametrize("looking", [False, True])
@pytest.mark.parametrize(
    ("values", "said"),
    [({"phone": PHONE, "body": ""}, "duplicate key"), ({"phone": "1", "body": MESSAGE}, "check constraint")],
)
def test_an_error_tells_what_is_wrong_and_nothing_of_whom(
    database: Database, add: Adding, looking: bool, values: dict[str, Any], said: str
) -> None:
    session = database.looking() if looking else database.session()
    with session as db, pytest.raises(IntegrityError, match=said) as caught:
        add(db, values)
    _is_discreet("".join(traceback.format_exception(caught.value)))


def test_nor_does_what_fails_at_the_commit(database: Database) -> None:
    with pytest.raises(IntegrityError, match="duplicate key") as caught, database.transaction() as db:
        db.execute(text("insert into late values (:phone)"), {"phone": PHONE})
    _is_discreet("".join(traceback.format_exception(caught.value)))


def test_an_error_of_the_driver_alone_keeps_its_words(database: Database) -> None:
    with database.looking() as db, pytest.raises(DBAPIError, match="NUL"):
        look_up(db, "select %(code)s::text", code="a\0b")


def test_the_embedded_servers_log_tells_no_values(database: Database) -> None:
    with database.transaction() as db:
        settings = [db.scalar(text(f"show {name}")) for name in (
            "log_parameter_max_length", "log_parameter_max_length_on_error", "log_error_verbosity",
        )]  # fmt: skip
    assert settings == ["0", "0", "terse"]


def _is_discreet(told: str) -> None:
    assert PHONE not in told
    assert "line one" not in told
    assert "line two" not in told
