"""Rounds over HTTP: what an honest phone does, and every cheat that is refused."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

import campaigns
import games
from campaigns import GameRound
from center_core.kit import Database
from scrm.fronts.identity import member_token
from tests import make
from tests.games.conftest import campaign_with
from tests.games.sprint.players import Race, race
from tests.make import campaign as make_campaign

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
SPRINT = games.game("sprint")
RACE_TIME = timedelta(seconds=40)


@pytest.fixture
def clock() -> Iterator[Any]:
    """Noon, until a test moves on."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


class Phone:
    """A member's phone in a campaign with the sprint."""

    def __init__(self, client: FlaskClient, slug: str, token: str) -> None:
        self._client = client
        self._slug = slug
        self._headers = {"Authorization": f"Bearer {token}"}

    def post(self, path: str, body: Any = None, key: str | None = None, **headers: str) -> TestResponse:
        return self._client.post(
            f"/c/{self._slug}/rounds{path}",
            json={} if body is None else body,
            headers={**self._headers, "Idempotency-Key": key or uuid4().hex, **headers},
        )

    def start(self, key: str | None = None) -> dict[str, Any]:
        return answered(self.post("", key=key))

    def hand_in(self, round_id: str, inputs: bytes, key: str | None = None) -> TestResponse:
        text = base64.urlsafe_b64encode(inputs).rstrip(b"=").decode()
        return self.post(f"/{round_id}/result", {"inputs": text}, key)


@pytest.fixture
def phones(app: Flask, database: Database, clock: Any) -> Any:
    """``phones()``: the phone of one more member of the same campaign."""
    with database.transaction() as db:
        live = make_campaign.live(db, now=NOON, **campaign_with(SPRINT, {}))

    def another() -> Phone:
        with database.transaction() as db:
            member_id = make.member(db).member_id
        with app.app_context():
            return Phone(app.test_client(), live.slug, member_token(member_id))

    return another


@pytest.fixture
def phone(phones: Any) -> Phone:
    """One member's phone."""
    it: Phone = phones()
    return it


def run(given: dict[str, Any], skill: str = "regular", luck: int = 1) -> Race:
    """An honest race on the track that the server gave."""
    return race(skill, seed=given["seed"], luck=luck)


def answered(answer: TestResponse) -> dict[str, Any]:
    assert answer.status_code == 200, answer.json
    assert answer.json is not None
    found: dict[str, Any] = answer.json
    return found


def stored(database: Database, round_id: str) -> GameRound:
    with database.transaction() as db:
        return db.scalars(select(GameRound).where(GameRound.id == UUID(round_id))).one()


def refusal(answer: TestResponse) -> tuple[int, str]:
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    return answer.status_code, answer.json["key"]


def test_an_honest_race_counts(phone: Phone, clock: Any, database: Database) -> None:
    given = phone.start()
    assert given["config"] == SPRINT.configured({})
    honest = run(given)
    clock.shift(RACE_TIME)
    answer = answered(phone.hand_in(given["round"], honest.inputs))
    assert answer["score"] == {"value": honest.value, "tie": honest.tie}
    assert answer["rank"] == 1
    assert answer["is_best"]
    assert answer["chances_granted"] == 1
    kept = stored(database, given["round"])
    assert kept.inputs == honest.inputs
    assert kept.rules_version == SPRINT.rules_version


def test_a_better_race_leads(phones: Any, clock: Any) -> None:
    ranks = {}
    for skill in ("beginner", "expert", "regular"):
        it = phones()
        given = it.start()
        clock.shift(RACE_TIME)
        ranks[skill] = answered(it.hand_in(given["round"], run(given, skill).inputs))["rank"]
    assert ranks == {"beginner": 1, "expert": 1, "regular": 2}


def test_the_same_request_again_gives_the_same_answer(phone: Phone, clock: Any, database: Database) -> None:
    given = phone.start("one-key")
    assert phone.start("one-key") == given
    inputs = run(given).inputs
    clock.shift(RACE_TIME)
    first = phone.hand_in(given["round"], inputs, "other-key")
    again = phone.hand_in(given["round"], inputs, "other-key")
    assert again.json == first.json
    assert again.headers["Idempotent-Replayed"] == "true"
    # Also under a new key, as a page does that was opened again: counted once, granted once.
    anew = answered(phone.hand_in(given["round"], inputs))
    assert anew["score"] == answered(first)["score"]
    assert anew["chances_left"] == answered(first)["chances_left"]


def test_two_results_for_one_round_are_refused(phone: Phone, clock: Any) -> None:
    given = phone.start()
    clock.shift(RACE_TIME)
    phone.hand_in(given["round"], run(given, "beginner").inputs)
    better = phone.hand_in(given["round"], run(given, "expert").inputs)
    assert refusal(better) == (409, "round_over")


def test_a_result_after_the_deadline_is_refused(phone: Phone, clock: Any) -> None:
    given = phone.start()
    clock.move_to(datetime.fromisoformat(given["deadline"]) + timedelta(seconds=1))
    assert refusal(phone.hand_in(given["round"], run(given).inputs)) == (409, "round_expired")


def test_compressed_time_is_refused(phone: Phone, clock: Any, database: Database) -> None:
    given = phone.start()
    clock.shift(timedelta(seconds=3))
    assert refusal(phone.hand_in(given["round"], run(given).inputs)) == (409, "round_too_fast")
    assert stored(database, given["round"]).state == "refused"
    # And the round is spent: waiting afterwards does not help.
    clock.shift(RACE_TIME)
    assert refusal(phone.hand_in(given["round"], run(given).inputs)) == (409, "round_over")


def test_somebody_elses_round_is_unknown(phones: Any, clock: Any) -> None:
    theirs = phones().start()
    clock.shift(RACE_TIME)
    assert refusal(phones().hand_in(theirs["round"], run(theirs).inputs)) == (404, "round_unknown")
    assert refusal(phones().hand_in(str(uuid4()), b"\x01")) == (404, "round_unknown")


def test_somebody_elses_recording_is_worth_nothing(phones: Any, clock: Any) -> None:
    champion, thief = phones(), phones()
    theirs, mine = champion.start(), thief.start()
    clock.shift(RACE_TIME)
    best = run(theirs, "expert")
    assert champion.hand_in(theirs["round"], best.inputs).status_code == 200
    stolen = thief.hand_in(mine["round"], best.inputs)
    # The gun goes off at another moment and the beat falls elsewhere: it does not even end where the race ends.
    assert stolen.status_code == 409 or answered(stolen)["score"]["value"] > best.value + 1000


def test_edited_inputs_make_another_score_or_none(phone: Phone, clock: Any) -> None:
    """Whatever is changed in a recording, what counts is what the rules make of it."""
    given = phone.start()
    honest = run(given, "expert")
    chance = Random(5)
    clock.shift(RACE_TIME)
    better = 0
    for _ in range(300):
        forged = bytearray(honest.inputs)
        forged[chance.randrange(len(forged))] = chance.randrange(256)
        try:
            score = games.replay("sprint", config=given["config"], seed=given["seed"], inputs=bytes(forged))
        except games.Impossible:
            continue
        better += score.value < honest.value - 60
    assert better == 0


@pytest.mark.parametrize(
    ("inputs", "key"),
    [
        (b"", "round_inputs_truncated"),
        (b"\x09junk", "round_inputs_junk"),
        (b"\x01" * 5000, "round_inputs_too_large"),
        (b"\x01\xff\xff\x03\x00", "round_too_long"),
    ],
)
def test_junk_is_refused_and_the_round_closed(
    phone: Phone, clock: Any, database: Database, inputs: bytes, key: str
) -> None:
    given = phone.start()
    clock.shift(RACE_TIME)
    assert refusal(phone.hand_in(given["round"], inputs)) == (409, key)
    kept = stored(database, given["round"])
    assert (kept.state, kept.reason, kept.score) == ("refused", key, None)


@pytest.mark.parametrize("body", [{}, {"inputs": 5}, {"inputs": "not base64!"}, [], "x", {"score": 9000}])
def test_a_body_without_a_recording_is_refused(phone: Phone, clock: Any, body: Any) -> None:
    """There is no score to send, and what cannot be read costs no round."""
    given = phone.start()
    clock.shift(RACE_TIME)
    assert refusal(phone.post(f"/{given['round']}/result", body)) == (409, "round_inputs_junk")
    assert phone.hand_in(given["round"], run(given).inputs).status_code == 200


def test_a_machine_is_flagged_and_keeps_no_place(phone: Phone, clock: Any) -> None:
    given = phone.start()
    clock.shift(RACE_TIME)
    answer = answered(phone.hand_in(given["round"], run(given, "machine").inputs))
    assert answer["flags"] == ["inhuman_regularity"]
    assert answer["rank"] is None
    assert answer["chances_granted"] == 0


def test_rules_that_changed_under_way_count_no_round(phone: Phone, clock: Any, database: Database) -> None:
    given = phone.start()
    with database.transaction() as db:
        db.execute(update(GameRound).values(rules_version="of-last-week"))
    clock.shift(RACE_TIME)
    assert refusal(phone.hand_in(given["round"], run(given).inputs)) == (409, "round_rules_changed")


def test_a_round_is_judged_by_the_settings_that_it_began_with(database: Database) -> None:
    """A marketer who makes the challenge harder does not take the race from those who are under way."""
    with database.transaction() as db:
        began = make_campaign.live(db, now=NOON, **campaign_with(SPRINT, {"difficulty": "normal"}))
        member_id = make.member(db).member_id
        opened = campaigns.start_round(db, began, member_id=member_id, key="k", now=NOON)
        harder = campaign_with(SPRINT, {"difficulty": "hard"})["challenge"]
        make_campaign.edited(db, began.id, {"challenge": harder})
        campaigns.publish(db, campaign_id=began.id, staff_id=None, now=NOON)
        now_live = campaigns.read_live(db, began.id)
        assert now_live.version > began.version
        honest = race("regular", seed=opened.seed, luck=1, difficulty="normal")
        result = campaigns.finish_round(
            db, now_live, member_id=member_id, round_id=opened.id, inputs=honest.inputs, now=NOON + RACE_TIME
        )
    assert result.score == honest.value


def test_strangers_and_foreign_pages_start_no_round(phone: Phone, client: FlaskClient) -> None:
    slug = phone._slug
    unsigned = client.post(f"/c/{slug}/rounds", json={}, headers={"Idempotency-Key": "a"})
    assert refusal(unsigned) == (401, "signed_out")
    foreign = phone.post("", None, None, **{"Sec-Fetch-Site": "cross-site"})
    assert refusal(foreign) == (403, "foreign_origin")


def test_a_campaign_without_a_challenge_has_no_rounds(
    app: Flask, database: Database, phone: Phone, client: FlaskClient
) -> None:
    with database.transaction() as db:
        live = make_campaign.live(db, now=NOON, **campaign_with(games.game("wheel"), {}))
    phone._slug = live.slug
    assert refusal(phone.post("")) == (404, "challenge_unknown")
