"""Rounds of a game that asks: the server holds the questions, the clock and the verdict."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

import campaigns
import games
from campaigns.models import GameRound, RoundQuestion
from center_core.kit import Fault, Session
from games.asked import FLAG
from tests import make
from tests.make import campaign as making

QUIZ = games.game("quiz")


class Quiz:
    """A member in a round of four questions, and a clock that moves when somebody thinks."""

    def __init__(self, db: Session, **config: Any) -> None:
        self.db = db
        game = {"slug": "quiz", "config": {"questions": 4, **config}}
        parts = making.challenge(game=game, grants=[{"reach": 500, "chances": 1}], rounds_per_day=9)
        self.live = making.live(db, **parts)
        self.member_id = make.member(db).member_id
        self.now = make.NOW
        self.begin()

    def begin(self) -> None:
        opened = campaigns.start_round(
            self.db, self.live, member_id=self.member_id, key=uuid4().hex, now=self.now
        )
        self.round_id, self.seed = opened.id, opened.seed

    def ask(self, no: int) -> campaigns.Asking:
        return campaigns.ask_question(
            self.db, self.live, member_id=self.member_id, round_id=self.round_id, no=no, now=self.now
        )

    def answer(self, no: int, choice: int | None, seconds: float = 4, who: Any = None) -> campaigns.Judged:
        self.now += timedelta(seconds=seconds)
        return campaigns.answer(
            self.db,
            self.live,
            member_id=who or self.member_id,
            round_id=self.round_id,
            no=no,
            choice=choice,
            now=self.now,
        )

    def right(self, no: int) -> int:
        config = self.live.definition.challenge.game.config if self.live.definition.challenge else {}
        return games.asked.posed(QUIZ, config, self.seed)[no - 1].right

    def play(self, answers: list[bool], seconds: float = 4) -> campaigns.RoundResult:
        """A whole round; true is a right answer."""
        for no, knows in enumerate(answers, 1):
            self.ask(no)
            self.answer(no, self.right(no) if knows else (self.right(no) + 1) % 4, seconds)
        return self.finish()

    def finish(self, inputs: bytes = b"") -> campaigns.RoundResult:
        return campaigns.finish_round(
            self.db, self.live, member_id=self.member_id, round_id=self.round_id, inputs=inputs, now=self.now
        )


@pytest.fixture
def quiz(db: Session) -> Quiz:
    return Quiz(db)


def refused(call: Any, *arguments: Any, **terms: Any) -> str:
    with pytest.raises(Fault) as fault:
        call(*arguments, **terms)
    return fault.value.key


def test_a_round_counts_like_any_other(quiz: Quiz) -> None:
    result = quiz.play([True, True, False, True])
    # 4 s of 15 with 1.5 s forgiven cost 16 of the 100 for quickness; the second right one is a streak of two.
    assert result.score == 184 + 204 + 184
    assert result.tie == 3 * 1100
    assert (result.is_best, result.chances_granted, result.flags) == (True, 1, ())
    assert result.boards
    assert result.code is None, "a quiz cannot be watched: it would tell the answers"
    again = quiz.finish(b"what is sent does not matter")
    assert (again.score, again.replayed) == (result.score, True)


def test_nobody_looks_ahead(quiz: Quiz) -> None:
    assert refused(quiz.ask, 2) == "question_unknown"
    quiz.ask(1)
    assert refused(quiz.ask, 2) == "question_open"
    assert refused(quiz.answer, 2, 0) == "question_unknown"
    assert refused(quiz.ask, 0) == "question_unknown"
    assert refused(quiz.finish) == "round_unfinished"


def test_a_question_that_got_lost_is_asked_again_and_its_clock_runs_on(quiz: Quiz) -> None:
    first = quiz.ask(1)
    quiz.now += timedelta(seconds=6)
    again = quiz.ask(1)
    assert again.posed == first.posed
    assert (first.left, again.left) == (timedelta(seconds=15), timedelta(seconds=9))
    assert quiz.db.scalar(select(func.count()).select_from(RoundQuestion)) == 1


def test_an_answer_is_judged_once(quiz: Quiz) -> None:
    quiz.ask(1)
    wrong = (quiz.right(1) + 1) % 4
    judged = quiz.answer(1, wrong)
    assert quiz.answer(1, wrong) == judged
    assert refused(quiz.answer, 1, quiz.right(1)) == "question_answered"
    assert refused(quiz.ask, 1) == "question_unknown"
    assert (judged.points, judged.posed.right) == (0, quiz.right(1))


@pytest.mark.parametrize(
    ("seconds", "counts"),
    [(0.8, 200), (1.5, 200), (16.4, 101), (16.6, 0)],
    ids=["quick", "grace", "just", "late"],
)
def test_the_servers_clock_decides(quiz: Quiz, seconds: float, counts: int) -> None:
    quiz.ask(1)
    judged = quiz.answer(1, quiz.right(1), seconds)
    assert judged.points == counts
    assert (judged.choice is None) == (counts == 0)


def test_who_sends_the_same_late_answer_again_is_told_the_same(quiz: Quiz) -> None:
    quiz.ask(1)
    late = quiz.answer(1, 2, 30)
    assert quiz.answer(1, 2) == late


def test_a_question_left_alone_is_lost_and_the_round_goes_on(quiz: Quiz) -> None:
    quiz.ask(1)
    quiz.now += timedelta(seconds=40)
    assert quiz.ask(2).streak == 0
    quiz.answer(2, quiz.right(2))
    assert quiz.ask(3).streak == 1


def test_a_strangers_round_is_unknown(quiz: Quiz) -> None:
    quiz.ask(1)
    assert refused(quiz.answer, 1, 0, who=make.member(quiz.db).member_id) == "round_unknown"


def test_a_finished_and_an_old_round_take_no_answers(quiz: Quiz) -> None:
    quiz.play([True] * 4)
    assert refused(quiz.answer, 4, 0) == "round_over"
    quiz.begin()
    quiz.now += QUIZ.patience + timedelta(seconds=1)
    assert refused(quiz.ask, 1) == "round_expired"


def test_inhuman_quickness_is_flagged_and_earns_nothing(quiz: Quiz) -> None:
    result = quiz.play([True, True, True, False], seconds=0.3)
    assert (result.flags, result.chances_granted, result.boards, result.is_best) == ((FLAG,), 0, (), False)


def test_quick_guessing_is_no_crime(quiz: Quiz) -> None:
    assert quiz.play([False, True, False, True], seconds=0.3).flags == ()


def test_a_round_of_another_bank_does_not_count(quiz: Quiz) -> None:
    quiz.db.get_one(GameRound, (quiz.member_id, quiz.round_id)).rules_version = "another"
    assert refused(quiz.ask, 1) == "round_rules_changed"


@pytest.mark.parametrize("difficulty", ["easy", "normal", "hard"])
def test_knowledge_decides(db: Session, difficulty: str) -> None:
    """The scripted players: a beginner knows half and thinks long, an expert knows nearly all at once."""
    quiz = Quiz(db, difficulty=difficulty)
    beginner = quiz.play([True, False, True, False], seconds=7).score
    quiz.begin()
    expert = quiz.play([True, True, True, False], seconds=3).score
    assert 0 < beginner < expert < (QUIZ.scoring.most if QUIZ.scoring else 0)


def test_an_asked_round_starts_without_telling_its_deadline_short(quiz: Quiz) -> None:
    """Even the longest round in the slowest reading ends before its deadline."""
    longest = 12 * (timedelta(seconds=20) + timedelta(seconds=20))
    assert QUIZ.patience > longest
