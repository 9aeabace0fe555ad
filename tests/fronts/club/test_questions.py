"""The quiz over HTTP: nothing tells more than what was asked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

import games
from center_core.kit import Database
from games.asked import posed
from scrm.fronts import identity
from tests import make
from tests.games.arcade import campaign_with
from tests.make import campaign as making

from .skill_phone import NOON, Phone, answered, refusal, stored

QUIZ = games.game("quiz")


@pytest.fixture
def player(app: Flask, database: Database, clock: Any) -> Phone:
    with database.transaction() as db:
        live = making.live(db, now=NOON, **campaign_with(QUIZ, {"questions": 4}))
        member_id = make.member(db).member_id
    with app.app_context():
        return Phone(app.test_client(), live.slug, identity.member_token(member_id), member_id)


def test_a_round_is_asked_answered_and_counted(player: Phone, clock: Any, database: Database) -> None:
    given = player.start()
    assert "seed" not in given
    drawn = posed(QUIZ, given["config"], stored(database, given["round"]).seed)
    for no, expected in enumerate(drawn, 1):
        path = f"/{given['round']}/questions/{no}"
        question = answered(player.post(path))
        assert question["options"] == expected.options("zh")
        assert set(question) == {"no", "of", "question", "options", "limit_ms", "left_ms", "score", "streak"}
        clock.shift(timedelta(seconds=3))
        judged = answered(player.post(f"{path}/answer", {"choice": expected.right}))
        assert (judged["right"], judged["is_last"]) == (expected.right, no == 4)
        assert player.post(f"{path}/answer", {"choice": expected.right}).json == judged
        assert (
            refusal(player.post(f"{path}/answer", {"choice": (expected.right + 1) % 4}))[1]
            == "question_answered"
        )
    result = answered(player.hand_in(given["round"], b""))
    assert result["score"]["value"] == judged["score"]
    assert (result["rank"], result["link"]) == (1, None)


@pytest.mark.parametrize("choice", [4, -1, "1", True, 1.5, [1]], ids=str)
def test_junk_is_no_answer(player: Phone, choice: Any) -> None:
    path = f"/{player.start()['round']}/questions/1"
    answered(player.post(path))
    assert refusal(player.post(f"{path}/answer", {"choice": choice})) == (422, "bad_input")


def test_the_page_holds_no_question(player: Phone) -> None:
    page = player.get("/challenge").text
    assert 'class="game skill asked"' in page
    assert not any(question.ask["zh"] in page for question in QUIZ.bank)


def test_a_quiz_round_is_no_recording(player: Phone, phones: Callable[[], Phone]) -> None:
    stranger = phones()
    path = f"/{player.start()['round']}/questions/1"
    assert refusal(stranger.post(path)) == (404, "round_unknown")
    own = stranger.start()
    assert refusal(stranger.post(f"/{own['round']}/questions/1")) == (404, "round_unknown"), (
        "the sprint asks nothing"
    )
