"""Scripted players of games that ask, for measuring difficulty and for tests: each knows a share of the answers."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from math import exp
from random import Random
from typing import Any

from .asked import Answered, Posed, is_late, judge, limit, posed, total
from .catalog import Game
from .referee import Score

SCATTER = 0.35
"""Of the logarithm of the time that people take: now and then somebody needs twice as long."""
SLOWER_WHEN_GUESSING = 1.4
SENT_IN = timedelta(milliseconds=150)
"""What an answer is on its way over an ordinary connection."""


@dataclass(frozen=True)
class Contestant:
    """Somebody who knows this share of the questions of levels 0 to 3 (0 are a campaign's own), and thinks ``seconds``
    about one that they know, in the median. Who does not know guesses, and hesitates."""

    knows: tuple[float, float, float, float]
    seconds: float

    def answer(self, question: Posed, chance: Random) -> tuple[int, timedelta]:
        """The answer that is chosen, and how long after the question."""
        knows = chance.random() < self.knows[question.question.level]
        choice = question.right if knows else chance.randrange(4)
        thinks = self.seconds * (1 if knows else SLOWER_WHEN_GUESSING) * exp(chance.gauss(0, SCATTER))
        return choice, timedelta(seconds=thinks) + SENT_IN


CONTESTANTS = {
    "beginner": Contestant(knows=(0.5, 0.6, 0.4, 0.2), seconds=6.0),
    "expert": Contestant(knows=(0.9, 0.97, 0.9, 0.75), seconds=3.0),
}


@dataclass(frozen=True)
class Quizzed:
    """A round as it was played; in ``answers`` a choice is none where time ran out, as the phone reports it."""

    config: dict[str, Any]
    seed: str
    choices: tuple[int | None, ...]
    answers: tuple[Answered, ...]
    score: Score

    @property
    def seconds(self) -> float:
        """How long they thought in all."""
        return sum((answer.took for answer in self.answers), timedelta()).total_seconds()


def quiz(game: Game, player: str, *, seed: str, luck: int, config: dict[str, Any] | None = None) -> Quizzed:
    """A round of ``player``, whose own chance is ``luck``, by the rules that judge everybody."""
    chosen = game.configured(config or {})
    longest, chance = limit(game, chosen), Random(luck)  # noqa: S311 - a person's luck
    choices: list[int | None] = []
    answers: list[Answered] = []
    streak = 0
    for question in posed(game, chosen, seed):
        choice, took = CONTESTANTS[player].answer(question, chance)
        if is_late(took, longest):
            # The phone tells when time is over, and does not wait for the thought.
            choices.append(None)
            answers.append(judge(question, None, took=longest, limit=longest, streak=streak))
        else:
            choices.append(choice)
            answers.append(judge(question, choice, took=took, limit=longest, streak=streak))
        streak = streak + 1 if answers[-1].points else 0
    return Quizzed(chosen, seed, tuple(choices), tuple(answers), total(answers, game.rules_version))


def quizzes(game: Game, player: str, *, count: int, **config: Any) -> list[Quizzed]:
    """``count`` rounds over different seeds, the same ones for every player and setting."""
    return [
        quiz(game, player, seed=hashlib.sha256(b"%d" % luck).hexdigest()[:32], luck=luck, config=config)
        for luck in range(count)
    ]
