"""Rounds over HTTP: what an honest phone does, and every cheat that is refused."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

import campaigns
import games
from campaigns import GameRound
from center_core.kit import Database
from games.players import perform
from tests import make
from tests.games.arcade import campaign_with
from tests.make import campaign as make_campaign

from .skill_phone import NOON, RACE_TIME, SPRINT, Phone, answered, refusal, run, stored


def test_an_honest_race_counts(runner: Phone, clock: Any, database: Database) -> None:
    given = runner.start()
    assert given["config"] == SPRINT.configured({})
    honest = run(given)
    clock.shift(RACE_TIME)
    answer = answered(runner.hand_in(given["round"], honest.inputs))
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


def test_the_same_request_again_gives_the_same_answer(runner: Phone, clock: Any, database: Database) -> None:
    given = runner.start("one-key")
    assert runner.start("one-key") == given
    inputs = run(given).inputs
    clock.shift(RACE_TIME)
    first = runner.hand_in(given["round"], inputs, "other-key")
    again = runner.hand_in(given["round"], inputs, "other-key")
    assert again.json == first.json
    assert again.headers["Idempotent-Replayed"] == "true"
    # Also under a new key, as a page does that was opened again: counted once, granted once.
    anew = answered(runner.hand_in(given["round"], inputs))
    assert anew["score"] == answered(first)["score"]
    assert anew["chances_left"] == answered(first)["chances_left"]


def test_two_results_for_one_round_are_refused(runner: Phone, clock: Any) -> None:
    given = runner.start()
    clock.shift(RACE_TIME)
    runner.hand_in(given["round"], run(given, "beginner").inputs)
    better = runner.hand_in(given["round"], run(given, "expert").inputs)
    assert refusal(better) == (409, "round_over")


def test_a_result_after_the_deadline_is_refused(runner: Phone, clock: Any) -> None:
    given = runner.start()
    clock.move_to(datetime.fromisoformat(given["deadline"]) + timedelta(seconds=1))
    assert refusal(runner.hand_in(given["round"], run(given).inputs)) == (409, "round_expired")


def test_compressed_time_is_refused(runner: Phone, clock: Any, database: Database) -> None:
    given = runner.start()
    clock.shift(timedelta(seconds=3))
    assert refusal(runner.hand_in(given["round"], run(given).inputs)) == (409, "round_too_fast")
    assert stored(database, given["round"]).state == "refused"
    # And the round is spent: waiting afterwards does not help.
    clock.shift(RACE_TIME)
    assert refusal(runner.hand_in(given["round"], run(given).inputs)) == (409, "round_over")


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


def test_edited_inputs_make_another_score_or_none(runner: Phone, clock: Any) -> None:
    """Whatever is changed in a recording, what counts is what the rules make of it."""
    given = runner.start()
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
    runner: Phone, clock: Any, database: Database, inputs: bytes, key: str
) -> None:
    given = runner.start()
    clock.shift(RACE_TIME)
    assert refusal(runner.hand_in(given["round"], inputs)) == (409, key)
    kept = stored(database, given["round"])
    assert (kept.state, kept.reason, kept.score) == ("refused", key, None)


@pytest.mark.parametrize("body", [{}, {"inputs": 5}, {"inputs": "not base64!"}, [], "x", {"score": 9000}])
def test_a_body_without_a_recording_is_refused(runner: Phone, clock: Any, body: Any) -> None:
    """There is no score to send, and what cannot be read costs no round."""
    given = runner.start()
    clock.shift(RACE_TIME)
    assert refusal(runner.post(f"/{given['round']}/result", body)) == (409, "round_inputs_junk")
    assert runner.hand_in(given["round"], run(given).inputs).status_code == 200


def test_a_machine_is_flagged_and_keeps_no_place(runner: Phone, clock: Any) -> None:
    given = runner.start()
    clock.shift(RACE_TIME)
    answer = answered(runner.hand_in(given["round"], run(given, "machine").inputs))
    assert answer["flags"] == ["inhuman_regularity"]
    assert answer["rank"] is None
    assert answer["chances_granted"] == 0


@pytest.mark.parametrize(("pauses", "flags"), [(20, []), (21, ["many_pauses"])])
def test_a_pause_after_each_move_is_flagged(runner: Phone, clock: Any, pauses: int, flags: list[str]) -> None:
    given = runner.start()
    clock.shift(RACE_TIME)
    answer = answered(runner.hand_in(given["round"], run(given).inputs, pauses=pauses))
    assert answer["flags"] == flags
    assert (answer["rank"], answer["chances_granted"]) == ((None, 0) if flags else (1, 1))


@pytest.mark.parametrize("pauses", ["3", -1, None, 0.5])
def test_pauses_that_cannot_be_read_cost_no_round(runner: Phone, clock: Any, pauses: Any) -> None:
    given = runner.start()
    clock.shift(RACE_TIME)
    inputs = run(given).inputs
    assert refusal(runner.hand_in(given["round"], inputs, pauses=pauses))[1] == "bad_input"
    assert answered(runner.hand_in(given["round"], inputs))["flags"] == []


def test_a_long_call_costs_no_round(runner: Phone, clock: Any) -> None:
    given = runner.start()
    clock.shift(timedelta(minutes=50))
    assert answered(runner.hand_in(given["round"], run(given).inputs))["is_best"]


def test_a_phone_learns_how_long_a_round_may_wait(runner: Phone, clock: Any) -> None:
    """Not only until when, since its own clock may be wrong."""
    given = runner.start()
    left = datetime.fromisoformat(given["deadline"]) - NOON
    assert timedelta(hours=1) < left == timedelta(seconds=given["seconds_left"])


def test_rules_that_changed_under_way_count_no_round(runner: Phone, clock: Any, database: Database) -> None:
    given = runner.start()
    with database.transaction() as db:
        db.execute(update(GameRound).values(rules_version="of-last-week"))
    clock.shift(RACE_TIME)
    assert refusal(runner.hand_in(given["round"], run(given).inputs)) == (409, "round_rules_changed")


def test_a_round_is_judged_by_the_settings_that_it_began_with(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a challenge was made harder while it ran, which the gate has refused since 2026-11-30."""
    monkeypatch.setattr("campaigns.disadvantage._of_rounds", lambda *_games: ())
    with database.transaction() as db:
        began = make_campaign.live(db, now=NOON, **campaign_with(SPRINT, {"difficulty": "normal"}))
        member_id = make.member(db).member_id
        opened = campaigns.start_round(db, began, member_id=member_id, key="k", now=NOON)
        harder = campaign_with(SPRINT, {"difficulty": "hard"})["challenge"]
        make_campaign.edited(db, began.id, {"challenge": harder})
        campaigns.publish(db, campaign_id=began.id, staff_id=None, now=NOON)
        now_live = campaigns.read_live(db, began.id)
        assert now_live.version > began.version
        honest = perform(SPRINT, "regular", seed=opened.seed, luck=1, config={"difficulty": "normal"})
        result = campaigns.finish_round(
            db, now_live, member_id=member_id, round_id=opened.id, inputs=honest.inputs, now=NOON + RACE_TIME
        )
    assert result.score == honest.value


def test_strangers_and_foreign_pages_start_no_round(runner: Phone, client: FlaskClient) -> None:
    slug = runner.slug
    unsigned = client.post(f"/c/{slug}/rounds", json={}, headers={"Idempotency-Key": "a"})
    assert refusal(unsigned) == (401, "signed_out")
    foreign = runner.post("", None, None, **{"Sec-Fetch-Site": "cross-site"})
    assert refusal(foreign) == (403, "foreign_origin")


def test_a_campaign_without_a_challenge_has_no_rounds(
    app: Flask, database: Database, runner: Phone, client: FlaskClient
) -> None:
    with database.transaction() as db:
        live = make_campaign.live(db, now=NOON, **campaign_with(games.game("wheel"), {}))
    runner.slug = live.slug
    assert refusal(runner.post("")) == (404, "challenge_unknown")
