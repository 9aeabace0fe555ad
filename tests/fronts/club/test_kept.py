"""What is rendered once for many readers shows each of them their own, and nothing of anybody else's."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from center_core.kit import Database
from scrm.fronts import frames
from scrm.fronts.identity import member_token
from tests import make
from tests.games.arcade import campaign_with
from tests.make import campaign as making

from .conftest import Club, signed_in
from .skill_phone import NOON, RACE_TIME, SPRINT, Phone, Phones, answered, run

POLICIES = (
    "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"
)  # fmt: skip
KEPT = ("/", "/c/first-snow", "/wallet")


@pytest.fixture
def stranger(app: Flask, club: Club, database: Database) -> FlaskClient:
    """Another member's phone."""
    with database.transaction() as db:
        return signed_in(app, make.member(db, name="周远", now=club.at))


def test_what_one_has_won_is_shown_to_them_alone(
    phone: FlaskClient, stranger: FlaskClient, client: FlaskClient, club: Club
) -> None:
    won = False
    for n in range(40):  # Every second play of this campaign wins points.
        prize = phone.post("/c/first-snow/plays", headers={"Idempotency-Key": f"0123456789abcde{n:02}"}).json[
            "prize"
        ]
        won = won or prize["kind"] == "points"
    assert won
    shown = phone.get("/c/first-snow?lang=en").text
    assert "What you won" in shown
    assert "Play: 60 chances left" in shown
    for _ in range(2):
        assert "What you won" not in stranger.get("/c/first-snow?lang=en").text
        assert "Play: 100 chances left" in stranger.get("/c/first-snow?lang=en").text
        assert "Join and play" in client.get("/c/first-snow?lang=en").text
    assert phone.get("/c/first-snow?lang=en").text == shown
    assert frames.GAP not in shown


def test_each_reader_gets_their_language(phone: FlaskClient, stranger: FlaskClient) -> None:
    for path in KEPT:
        assert '<html lang="en">' in phone.get(path, headers={"Accept-Language": "en"}).text
        assert '<html lang="zh-CN">' in stranger.get(path, headers={"Accept-Language": "zh"}).text
    phone.get("/wallet?lang=zh")
    assert '<html lang="zh-CN">' in phone.get("/wallet", headers={"Accept-Language": "en"}).text


def test_a_kept_page_has_the_policies_of_any_other(phone: FlaskClient) -> None:
    other = phone.get("/me").headers
    for path in KEPT:
        page = phone.get(path).headers
        assert {name: page[name] for name in POLICIES} == {name: other[name] for name in POLICIES}, path
        assert len(page.getlist("Content-Security-Policy")) == 1


def test_the_link_of_a_store_is_remembered_on_a_kept_page(client: FlaskClient, club: Club) -> None:
    assert "Set-Cookie" not in client.get("/c/first-snow").headers
    client.get("/c/first-snow?k=S001")
    with client.session_transaction() as session:
        assert session["code"] == "S001"


def test_a_frozen_member_is_asked_to_join(phone: FlaskClient, club: Club, database: Database) -> None:
    from center_core import member

    assert "Join and play" not in phone.get("/c/first-snow?lang=en").text
    with database.transaction() as db:
        member.freeze(db, member_id=club.member.member_id, now=club.at)
    assert "Join and play" in phone.get("/c/first-snow?lang=en").text


def test_a_board_marks_each_readers_own_line(phones: Phones, clock: Any) -> None:
    ming, li = phones(), phones()
    for who in (ming, li):
        given = who.start()
        clock.shift(RACE_TIME)
        answered(who.hand_in(given["round"], run(given).inputs))
    pages = [who.get("/leaderboard?lang=en").text for who in (ming, li, ming)]
    assert [page.count('aria-current="true"') for page in pages] == [1, 1, 1]
    assert pages[0] == pages[2] != pages[1]


def test_who_is_not_among_the_first_sees_their_neighbours_from_one_look(
    app: Flask, database: Database, clock: Any, count_queries: Any
) -> None:
    with database.transaction() as db:
        live = making.live(db, now=NOON, **{**campaign_with(SPRINT, {}), "leaderboard": {"top": 3}})
        members = [make.member(db).member_id for _ in range(5)]
    with app.app_context():
        crowd = [Phone(app.test_client(), live.slug, member_token(who), who) for who in members]
    times = []
    for luck, who in enumerate(crowd):
        given = who.start()
        clock.shift(RACE_TIME)
        told = answered(who.hand_in(given["round"], run(given, "beginner", luck).inputs))
        times.append((told["score"]["value"], who))
    last = max(times, key=lambda run: run[0])[1]
    last.get("/leaderboard?lang=en")
    with count_queries(database) as seen:
        page = last.get("/leaderboard?lang=en").text
    assert "Around you" in page
    assert page.count('aria-current="true"') == 1
    assert sum("from member where member_id = any" in statement for statement in seen) == 1
    assert sum("from game_round" in statement for statement in seen) == 1


def test_a_page_is_made_anew_after_the_front_end_was_built(
    phone: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    monkeypatch.setattr(
        "scrm.fronts.club.wallet.render_template", lambda *_names, **_facts: made.append(1) or "page"
    )
    for built in (1, 1, 2):
        monkeypatch.setattr(frames, "built_at", lambda built=built: built)
        assert phone.get("/wallet").text == "page"
    assert len(made) == 2
