"""Whoever signs in stays on this site, at whichever door; and where there is TLS, what lets them in needs it."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from center_core.kit import Database
from scrm.app import create_app
from scrm.config import DEMO_PASSWORD, Config
from scrm.fronts import identity
from tests import make

ELSEWHERE = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\r/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    "/\nx",
    "/\0",
    "/\x1b",
    "/\x7f",
    "javascript:alert(1)",
    "evil.example",
    "http:/evil.example",
]
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SignIn = Callable[[FlaskClient, str], TestResponse]


def at_the_club(client: FlaskClient, next: str) -> TestResponse:
    """A member who opens the door from inside is sent where they wanted to go."""
    return client.get("/join", query_string={"next": next})


def at(door: str) -> SignIn:
    def sign_in(client: FlaskClient, next: str) -> TestResponse:
        form = {"login": "ming", "password": make.PASSWORD, "next": next}
        token = TOKEN.findall(client.get(door).text)[0]
        return client.post(door, data={"csrf_token": token, **form})

    return sign_in


DOORS = {"club": (at_the_club, "/"), "guide": (at("/guide/sign-in"), "/guide/today"),
         "console": (at("/console/sign-in"), "/console/")}  # fmt: skip


@pytest.fixture
def client(app: Flask, database: Database) -> FlaskClient:
    """A member's browser, in whose possession the password of ``ming`` is."""
    with database.transaction() as db:
        who = make.member(db)
        make.staff(db, role="manager", store=make.store(db), login="ming")
    client = app.test_client()
    with app.app_context():
        client.set_cookie(identity.MEMBER_COOKIE, identity.member_token(who.member_id))
    return client


@pytest.mark.parametrize("front", DOORS)
def test_a_door_leads_nowhere_else(client: FlaskClient, front: str) -> None:
    sign_in, home = DOORS[front]
    for elsewhere in ELSEWHERE:
        answer = sign_in(client, elsewhere)
        assert (answer.status_code, answer.location) == (302, home), ascii(elsewhere)


@pytest.mark.parametrize("front", DOORS)
def test_a_door_leads_to_where_one_wanted_to_go(client: FlaskClient, front: str) -> None:
    sign_in, _ = DOORS[front]
    for wanted in ("/wallet", "/console/campaigns?state=running&q=%E9%9B%AA", "/c/first-snow?next=//x"):
        assert sign_in(client, wanted).location == wanted


@pytest.mark.parametrize(
    ("public", "asked", "secure"),
    [
        (
            "https://club.example",
            "http://localhost",
            True,
        ),  # Behind TLS, with a proxy that nobody told us to trust.
        ("http://localhost:8000", "https://localhost", True),
        ("http://localhost:8000", "http://localhost", False),
    ],
)
def test_every_cookie_is_kept_to_tls_where_there_is_one(
    config: Config, database: Database, public: str, asked: str, secure: bool
) -> None:
    with database.transaction() as db:
        who = make.member(db)
        staff = make.staff(db, role="manager", store=make.store(db))
    app = create_app(config.model_copy(update={"public_url": public}), database=database)
    with app.test_request_context(base_url=asked):
        for answer in (
            identity.sign_in_member(app.make_response(""), who.member_id),
            identity.sign_in_staff(app.make_response(""), staff),
        ):
            assert ("Secure" in answer.headers["Set-Cookie"]) is secure
    told = app.test_client().get("/join?lang=en", base_url=asked).headers.getlist("Set-Cookie")
    assert sorted(cookie.partition("=")[0] for cookie in told) == ["forms", "lang"]
    assert [("Secure" in cookie) for cookie in told] == [secure, secure]


@pytest.mark.parametrize("door", ["/guide/sign-in", "/console/sign-in"])
@pytest.mark.parametrize("demo", [True, False])
def test_the_demos_password_lets_nobody_in_outside_a_demo(
    config: Config, database: Database, door: str, demo: bool
) -> None:
    with database.transaction() as db:
        make.staff(db, role="manager", store=make.store(db), login="guide001", password=DEMO_PASSWORD)
    client = create_app(config.model_copy(update={"demo": demo}), database=database).test_client()
    token = TOKEN.findall(client.get(door).text)[0]
    form = {"csrf_token": token, "login": "guide001", "password": DEMO_PASSWORD}
    answer = client.post(door, data=form, headers={"Accept-Language": "en"})
    assert answer.status_code == (302 if demo else 409)
    assert ("which is public" in answer.text) is not demo
