"""The quiz's bank: whole in both languages, drawn by the seed, and never on a page."""

from collections import Counter

import pytest

import games
from games.asked import posed
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


def test_no_script_holds_the_answers() -> None:
    for script in DIST.rglob("*.js"):
        assert QUIZ.bank[0].because["en"] not in script.read_text()
