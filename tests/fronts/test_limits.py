"""How often one may ask: a mall full of people behind one address is not one person in a hurry."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from center_core.kit import Database
from scrm.fronts.identity import MEMBER_COOKIE, member_token
from tests import make

NOBODYS = UUID(int=0)  # The same in all processes of the tests, which must find the same tests.
ROUND, DUEL = f"/c/nowhere/rounds/{NOBODYS}", f"/c/nowhere/duels/{NOBODYS}"
OF_MEMBERS = [
    ("/c/nowhere/rounds", 40),
    (f"{ROUND}/result", 40),
    (f"{ROUND}/questions/1", 120),
    (f"{ROUND}/questions/1/answer", 120),
    ("/c/nowhere/duel", 20),
    ("/c/nowhere/duel/x", 20),
    (f"{DUEL}/rematch", 20),
    ("/chat/messages", 120),
]


@pytest.fixture
def phone(app: Flask, database: Database) -> Callable[[], FlaskClient]:
    """``phone()``: of one more member, at the same address as the others."""
    app.config["WTF_CSRF_ENABLED"] = False

    def another() -> FlaskClient:
        with database.transaction() as db:
            who = make.member(db)
        client = app.test_client()
        with app.app_context():
            client.set_cookie(MEMBER_COOKIE, member_token(who.member_id))
        return client

    return another


def ask(client: FlaskClient, path: str) -> TestResponse:
    return client.post(path, headers={"Idempotency-Key": uuid4().hex}, json={})


@pytest.mark.parametrize(("path", "a_minute"), OF_MEMBERS, ids=[path for path, _ in OF_MEMBERS])
def test_each_member_has_a_minute_of_their_own(
    phone: Callable[[], FlaskClient], path: str, a_minute: int
) -> None:
    hasty, other = phone(), phone()
    for _ in range(a_minute):
        assert ask(hasty, path).status_code != 429
    assert ask(hasty, path).status_code == 429
    assert ask(other, path).status_code != 429


def test_a_mall_can_join_within_minutes(app: Flask, database: Database) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for _ in range(60):
        newcomer = app.test_client()
        asked = newcomer.post("/join", data={"phone": make.phone_number()})
        assert (asked.status_code, asked.location) == (302, "/join/code?next=/")
        assert newcomer.post("/join/code", data={"code": "x"}).status_code == 409
