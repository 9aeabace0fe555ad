"""Games that ask: the question bank and the rules stay here, and the phone learns a question when it is asked.

Such a game has no rules.js, for whoever holds the rules would hold the answers. There is no recording to replay
either: each answer is judged when it comes, on the server's own clock.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import stdev
from typing import Any

from . import regularity
from .bank import Question, typed
from .catalog import Game
from .referee import Score

GRACE = timedelta(milliseconds=1500)
"""How long a question and its answer may be on their way: so much is taken off every answer's time."""

RIGHT = 100
QUICK = 100
STREAK = 20
LONGEST_STREAK = 5

# Nobody reads a question and four answers in this time; whoever does so again and again has not read them.
UNREAD = timedelta(milliseconds=700)
UNREAD_SHARE = 0.7
FLAG = "inhuman_speed"
# Who reads and thinks scatters by a second around their pace; what scatters less than a network has not read either.
SAME_PACE = timedelta(milliseconds=100)
ENOUGH_TO_TELL = 5


@dataclass(frozen=True)
class Posed:
    """A question as one round puts it: ``right`` is the place of its answer among ``options``."""

    question: Question
    order: tuple[int, ...]

    @property
    def right(self) -> int:
        return self.order.index(0)

    def options(self, language: str) -> list[str]:
        answers = [self.question.right[language], *(wrong[language] for wrong in self.question.wrong)]
        return [answers[place] for place in self.order]


@dataclass(frozen=True)
class Answered:
    """How one question ended. ``points`` are nought for a wrong answer, and for one that came too late."""

    points: int
    took: timedelta
    limit: timedelta


def posed(game: Game, config: dict[str, Any], seed: str) -> tuple[Posed, ...]:
    """The questions of one round, as the seed draws and mixes them: those that the campaign brings before those of the
    bank, of which an easy round has the easy ones."""
    assert game.asking  # noqa: S101 - games without a bank have nothing to ask
    chosen = game.configured(config)
    levels = game.asking.levels[chosen["difficulty"]]
    own = _drawn(typed(chosen["own_questions"]), chosen["questions"], seed)
    fitting = [question for question in game.bank if question.level in levels]
    filled = _drawn(fitting, chosen["questions"] - len(own), seed)
    return tuple(
        Posed(question, tuple(sorted(range(4), key=lambda place: _mixed(seed, f"{question.key}.{place}"))))
        for question in _drawn([*own, *filled], chosen["questions"], seed)
    )


def limit(game: Game, config: dict[str, Any]) -> timedelta:
    """How long one may think about each question."""
    assert game.asking  # noqa: S101 - as above
    return timedelta(seconds=game.asking.seconds[game.configured(config)["difficulty"]])


def is_late(took: timedelta, limit: timedelta) -> bool:
    """Whether an answer comes too late to be one, also with what is forgiven for its way."""
    return took > limit + GRACE


def judge(question: Posed, choice: int | None, *, took: timedelta, limit: timedelta, streak: int) -> Answered:
    """What comes of ``choice``; ``streak`` counts the right answers in a row before it. None, or too late, is wrong."""
    if choice != question.right or is_late(took, limit):
        return Answered(0, took, limit)
    return Answered(points(took, limit, streak + 1), took, limit)


def points(took: timedelta, limit: timedelta, streak: int) -> int:
    """What a right answer is worth; ``streak`` counts the right ones in a row, with this one."""
    thought = max(took - GRACE, timedelta())
    quick = max(QUICK - QUICK * thought // limit, 0)
    return RIGHT + quick + STREAK * min(streak - 1, LONGEST_STREAK)


def streak_of(points: Iterable[int]) -> int:
    """How many right answers in a row stand at the end of ``points``, which are nought for a wrong one."""
    streak = 0
    for gained in points:
        streak = streak + 1 if gained else 0
    return streak


def total(answers: Sequence[Answered], rules_version: str) -> Score:
    """The score of a round. Among equal points the one leads who had more time left, in hundredths of a second."""
    right = [one for one in answers if one.points]
    left = sum((max(one.limit - one.took, timedelta()) for one in right), timedelta())
    return Score(
        value=sum(one.points for one in right),
        tie=left // timedelta(milliseconds=10),
        ticks=0,
        flags=_flags([one.took for one in right], len(answers)),
        rules_version=rules_version,
    )


def _flags(took: Sequence[timedelta], asked: int) -> tuple[str, ...]:
    """What no reader does, where most of ``asked`` were answered rightly, after ``took``: who guesses is no suspect."""
    if sum(one < UNREAD for one in took) >= UNREAD_SHARE * asked:
        return (FLAG,)
    if len(took) < max(ENOUGH_TO_TELL, UNREAD_SHARE * asked):
        return ()
    scatter = stdev(one.total_seconds() for one in took)
    return (regularity.FLAG,) if scatter < SAME_PACE.total_seconds() else ()


def _drawn(questions: Sequence[Question], count: int, seed: str) -> list[Question]:
    return sorted(questions, key=lambda question: _mixed(seed, question.key))[:count]


def _mixed(seed: str, name: str) -> bytes:
    """Where ``name`` comes in this round's order: as good as chance, and the same for ever."""
    return hashlib.sha256(f"{seed}:{name}".encode()).digest()
