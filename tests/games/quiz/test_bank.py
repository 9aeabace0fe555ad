"""The quiz's bank: whole in both languages, drawn by the seed, and never on a page."""

from collections import Counter

import pytest
from pydantic import ValidationError

import games
from games.asked import posed
from games.bank import typed
from games.catalog import LANGUAGES
from games.players import DIFFICULTIES
from scrm.fronts.assets import DIST

QUIZ = games.game("quiz")


def test_every_question_is_whole() -> None:
    assert len(QUIZ.bank) >= 60
    assert len({question.key for question in QUIZ.bank}) == len(QUIZ.bank)
    for question in QUIZ.bank:
        for language in LANGUAGES:
            answers = [question.right[language], *(wrong[language] for wrong in question.wrong)]
            assert len(set(answers)) == 4, question.key
            assert all(0 < len(answer) <= 60 for answer in answers), question.key
            assert 0 < len(question.ask[language]) <= 100, question.key
            assert 0 < len(question.because[language]) <= 120, question.key


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_the_seed_draws_questions_and_their_order(difficulty: str) -> None:
    config = {"difficulty": difficulty, "questions": 12}
    rounds = [posed(QUIZ, config, f"{seed:032x}") for seed in range(200)]
    assert rounds[0] == posed(QUIZ, config, f"{0:032x}")
    assert QUIZ.asking
    for drawn in rounds:
        assert len({one.question.key for one in drawn}) == 12
        assert {one.question.level for one in drawn} <= set(QUIZ.asking.levels[difficulty])
    places = Counter(one.right for drawn in rounds for one in drawn)
    assert all(500 < places[place] < 700 for place in range(4)), "the right answer has no favourite place"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_answer_is_no_hint(language: str) -> None:
    longest = sum(
        len(one.right[language]) > max(len(wrong[language]) for wrong in one.wrong) for one in QUIZ.bank
    )
    assert longest < 0.45 * len(QUIZ.bank)


def test_no_script_holds_the_answers() -> None:
    for script in DIST.rglob("*.js"):
        assert QUIZ.bank[0].because["en"] not in script.read_text()


OWN = """羽绒服怕什么？ | What harms a down jacket?
* 高温 | Great heat
- 凉水 | Cold water
- 通风 | Fresh air
- 阴凉 | Shade
= 高温伤面料 | Heat harms the shell

我们的品牌诞生于哪一年？
- 1974
* 1975
- 1976
- 1977
"""


def test_a_campaign_brings_questions_of_its_own() -> None:
    first, second = typed(OWN)
    assert (first.ask["en"], first.right["zh"]) == ("What harms a down jacket?", "高温")
    assert (second.right, second.because) == ({"zh": "1975", "en": "1975"}, {"zh": "", "en": ""})
    drawn = posed(QUIZ, {"own_questions": OWN, "questions": 4}, "0" * 32)
    assert {"own.0", "own.1"} < {one.question.key for one in drawn}
    assert len(drawn) == 4
    assert all(one.options("zh")[one.right] == one.question.right["zh"] for one in drawn)
    assert "own_questions" not in QUIZ.shown({"own_questions": OWN}), "phones never get them"


@pytest.mark.parametrize(
    ("typed_text", "line"),
    [
        ("Q\n* a\n- b\n- c", 1),
        ("Q\n* a\n* b\n- c\n- d", 3),
        ("Q\n- a\n- b\n- c\n- d", 1),
        ("Q\n* a\n- a\n- c\n- d", 1),
        ("Q\n* a\nb", 3),
        ("Q\n*\n- b", 2),
        ("x" * 101, 1),
        (f"{OWN}\n\nQ\n? a", 16),
    ],
    ids=["three", "two right", "none right", "alike", "no mark", "empty", "long", "second"],
)
def test_the_broken_line_is_named(typed_text: str, line: int) -> None:
    with pytest.raises(ValidationError) as broken:
        QUIZ.configured({"own_questions": typed_text})
    assert broken.value.errors()[0]["ctx"] == {"line": line}
