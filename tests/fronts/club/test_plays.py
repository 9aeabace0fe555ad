"""The play route: who may call it, what it answers, and what it never touches."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

import campaigns
from center_core import member
from center_core.kit import Database, utcnow
from scrm.fronts import identity
from scrm.fronts.identity import MEMBER_COOKIE
from tests import make
from tests.make import campaign as making


@pytest.fixture
def live(database: Database) -> campaigns.Live:
    """A wheel that runs now, with two coupons a day."""
    with database.transaction() as db:
        now = utcnow()
        template = make.template(
            db, valid_from=now - timedelta(days=1), valid_until=now + timedelta(days=60), now=now
        )
        prizes = [
            making.prize(1, "coupon", template_id=str(template.id), odds_ppm=1_000_000),
            making.fallback(),
        ]
        return making.live(db, now=now, prizes=prizes, limits={"free_per_day": 2})


@pytest.fixture
def who(database: Database) -> member.Member:
    """A member of the club."""
    with database.transaction() as db:
        return make.member(db)


@pytest.fixture
def phone(app: Flask, client: FlaskClient, who: member.Member) -> Iterator[FlaskClient]:
    """The member's phone."""
    with app.app_context():
        client.set_cookie(MEMBER_COOKIE, identity.member_token(who.member_id))
    yield client
    engine = app.extensions["engine"]()
    engine.close()


def play(phone: FlaskClient, live: campaigns.Live, key: str = "first-play", **headers: str) -> Any:
    return phone.post(f"/c/{live.slug}/plays", headers={"Idempotency-Key": key, **headers})


def test_a_play_is_answered_with_its_prize(
    phone: FlaskClient, live: campaigns.Live, database: Database
) -> None:
    response = play(phone, live)
    assert response.status_code == 200
    told = response.json
    assert told["prize"]["name"] == {"en": "Prize 1", "zh": "奖品1"}
    assert (told["n"], told["chances_left"], told["replayed"]) == (1, 1, False)
    with database.transaction() as db:
        assert str(db.scalar(text("select id from coupon"))) == told["coupon_id"] == told["play_id"]
    proof = phone.get(f"/verify/{told['receipt']}.json").json
    assert (proof["key"], proof["prize_no"]) == ("first-play", 1)


def test_the_same_key_gives_the_same_answer(phone: FlaskClient, live: campaigns.Live) -> None:
    first, again = play(phone, live), play(phone, live)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json == {**first.json, "replayed": True}


def test_no_chance_left(phone: FlaskClient, live: campaigns.Live) -> None:
    for number in range(2):
        assert play(phone, live, f"play-{number:04d}").status_code == 200
    refused = play(phone, live, "one-too-many")
    assert (refused.status_code, refused.json["key"], refused.json["reasons"]) == (
        409,
        "no_chance",
        {"chances": 0},
    )
    assert refused.content_type == "application/problem+json"


def test_nobody_signed_in(client: FlaskClient, live: campaigns.Live) -> None:
    refused = play(client, live)
    assert (refused.status_code, refused.json["key"]) == (401, "signed_out")


def test_a_forged_token(client: FlaskClient, live: campaigns.Live, app: Flask, who: member.Member) -> None:
    with app.app_context():
        token = identity.member_token(who.member_id)
    client.set_cookie(MEMBER_COOKIE, token[:-2] + ("aa" if token[-2:] != "aa" else "bb"))
    assert play(client, live).status_code == 401


@pytest.mark.parametrize(
    ("headers", "status", "key"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403, "foreign_origin"),
        ({"Idempotency-Key": "short"}, 400, "idempotency_key_bad"),
    ],
)
def test_a_request_that_no_page_of_ours_sends(
    phone: FlaskClient, live: campaigns.Live, headers: dict[str, str], status: int, key: str
) -> None:
    refused = play(phone, live, **headers)
    assert (refused.status_code, refused.json["key"]) == (status, key)


def test_without_a_key(phone: FlaskClient, live: campaigns.Live) -> None:
    refused = phone.post(f"/c/{live.slug}/plays", headers={"Accept": "application/json"})
    assert (refused.status_code, refused.json["key"]) == (400, "idempotency_key_missing")


def test_an_unknown_campaign(phone: FlaskClient, live: campaigns.Live) -> None:
    refused = phone.post("/c/nowhere/plays", headers={"Idempotency-Key": "first-play"})
    assert (refused.status_code, refused.json["key"]) == (404, "campaign_unknown")


def test_a_play_asks_postgresql_once_and_redis_never(
    phone: FlaskClient,
    live: campaigns.Live,
    database: Database,
    count_queries: Callable[[Database], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    play(phone, live)

    def called(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("Redis was asked")

    monkeypatch.setattr("redis.connection.Connection.send_command", called)
    monkeypatch.setattr("redis.connection.Connection.send_packed_command", called)
    with count_queries(database) as seen:
        assert play(phone, live, "next-play").status_code == 200
    assert [statement for statement in seen if "revision" not in statement] == []


def test_overload_is_said_at_once(
    phone: FlaskClient, live: campaigns.Live, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(phone, live)
    monkeypatch.setattr(app.extensions["engine"]()._batcher, "_bound", 0)
    refused = play(phone, live, "next-play")
    assert (refused.status_code, refused.json["key"]) == (503, "overloaded")
    assert refused.headers["Retry-After"] == "1"
