"""A draft's quiz can be tried on the editor's phone; the answers stay on the server, and nothing is left behind."""

from typing import Any

import pytest
from sqlalchemy import text

import games
from center_core.kit import Database
from games.asked import posed

from .conftest import Desk
from .test_editor import Desks, begun, revision
from .test_preview_game import asked, page_of

QUIZ = games.game("quiz")
OWN = "Which bird keeps us warm?\n* The eider\n- The hen\n- The crow\n- The gull"


@pytest.fixture
def marketer(desk: Desks) -> Desk:
    return desk("marketer")


@pytest.fixture
def page(marketer: Desk) -> dict[str, Any]:
    """A draft whose challenge is a quiz of four questions, one of them the marketer's."""
    path = begun(marketer, "challenge")
    for change in (
        {"change": "choose-game:challenge.game=quiz"},
        {"challenge.game.config.questions": "4", "challenge.game.config.own_questions": OWN},
    ):
        seen = revision(marketer.get(f"{path}/edit").get_data(as_text=True))
        marketer.post(f"{path}/draft", {"revision": seen, **change})
    return page_of(marketer, path, "challenge")


def started(desk: Desk, page: dict[str, Any]) -> tuple[str, str, list[int]]:
    """The addresses of the questions and of the result, and which answer is right to each."""
    given = asked(desk, page["urls"]["rounds"]).json
    assert "own_questions" not in given["config"]
    drawn = posed(QUIZ, {"questions": 4, "own_questions": OWN}, given["seed"])
    assert any(one.question.ask["en"].startswith("Which bird") for one in drawn)
    questions, result = (
        page["urls"][name].replace("ROUND", given["round"]) for name in ("questions", "result")
    )
    return questions, result, [one.right for one in drawn]


def test_a_round_is_asked_judged_and_counted(
    marketer: Desk, page: dict[str, Any], database: Database
) -> None:
    questions, result, right = started(marketer, page)
    gained: list[int] = []
    for no, place in enumerate(right, start=1):
        address = questions.replace("NO", str(no))
        question = asked(marketer, address).json
        assert (question["no"], question["of"], question["score"]) == (no, 4, sum(gained))
        assert question["streak"] == (no - 1 if no < 3 else no - 3)
        assert "right" not in question
        # The second answer is wrong.
        choice = place if no != 2 else (place + 1) % 4
        judged = asked(marketer, f"{address}/answer", choice=choice).json
        assert (judged["right"], judged["is_last"]) == (place, no == 4)
        gained.append(judged["points"])
    assert [points > 0 for points in gained] == [True, False, True, True]
    assert asked(marketer, result).json["score"]["value"] == sum(gained)
    with database.transaction() as db:
        assert db.scalar(text("select count(*) from game_round")) == 0
        assert db.scalar(text("select count(*) from round_question")) == 0


def test_only_what_was_asked_can_be_answered(marketer: Desk, page: dict[str, Any]) -> None:
    questions, result, right = started(marketer, page)
    first, third = questions.replace("NO", "1"), questions.replace("NO", "3")
    assert asked(marketer, f"{first}/answer", choice=0).status_code == 404
    assert asked(marketer, first).status_code == 200
    assert asked(marketer, third).status_code == 404
    assert asked(marketer, f"{third}/answer", choice=0).status_code == 404
    assert asked(marketer, f"{first}/answer", choice=4).status_code == 422
    # Another round begins anew, and the one before is forgotten.
    again, _result, _right = started(marketer, page)
    assert asked(marketer, again.replace("NO", "1")).json["score"] == 0
    assert asked(marketer, f"{first}/answer", choice=right[0]).status_code == 404
    assert asked(marketer, result).status_code == 404


def test_whoever_forges_the_cookie_is_not_believed(marketer: Desk, page: dict[str, Any]) -> None:
    questions, result, _right = started(marketer, page)
    asked(marketer, questions.replace("NO", "1"))
    path = page["urls"]["rounds"].partition("/preview/")[0]
    marketer.client.set_cookie("tried_questions", "WyJ4Iixb.forged", path=path)
    assert asked(marketer, result).status_code == 404
