"""Whether the scores that earn chances fit the chosen game: what a marketer should know before publishing.

Nothing here stops a publication. Somebody may want a mark that is out of a beginner's reach; but nobody wants one that
is left over from another game, or from a round three times as long.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import games
from center_core.kit import N_
from games import Expected, Game, Scoring


class Remark(NamedTuple):
    """About the mark ``at`` that place: ``score`` is what people really make, ``fitting`` the mark that we propose."""

    at: int
    text: str
    score: int
    fitting: int


def remarks(game: Game, config: dict[str, Any], marks: Sequence[int]) -> Iterator[Remark]:
    """What is strange about ``marks`` in a game with these settings; nothing where the game was not measured."""
    people = games.expected(game, config)
    scoring = game.scored(config)
    if people is None or scoring is None or not marks:
        return
    lower = scoring.better == "lower"
    easiest = max(marks) if lower else min(marks)
    for at, mark in enumerate(marks):
        found = _strange(people, mark, lower=lower, is_easiest=mark == easiest)
        if found is not None:
            yield Remark(at, *found, _fitting(people, scoring, is_easiest=mark == easiest))


def _strange(people: Expected, mark: int, *, lower: bool, is_easiest: bool) -> tuple[str, int] | None:
    """What to say of ``mark``, and the score that it is compared with."""
    beginner, expert = people
    worst, good, best = beginner.least, beginner.most, expert.most
    if lower:
        worst, good, best = beginner.most, beginner.least, expert.least

    def is_harder_than(score: int) -> bool:
        return mark < score if lower else mark > score

    if is_harder_than(best):
        return N_("Out of reach: with these settings even an expert's best rounds come to %(score)s."), best
    if is_easiest and is_harder_than(good):
        return N_("Hard for most: with these settings a beginner's best rounds come to %(score)s."), good
    if 2 * mark > 3 * worst if lower else 3 * mark < 2 * worst:
        return N_("No hurdle: with these settings even a beginner's worst rounds come to %(score)s."), worst
    return None


def _fitting(people: Expected, scoring: Scoring, *, is_easiest: bool) -> int:
    """What a beginner reaches with three rounds of four; for a further mark, what an expert does with every second."""
    if not is_easiest:
        wanted = people.expert.median
    elif scoring.better == "lower":
        wanted = (people.beginner.median + people.beginner.most) // 2
    else:
        wanted = (people.beginner.median + people.beginner.least) // 2
    return _rounded(wanted, up=scoring.better == "lower")


def _rounded(score: int, *, up: bool) -> int:
    """To two figures, as people set marks; rather a little too easy."""
    step = int(10 ** max(len(str(score)) - 2, 0))
    return (score + step - 1) // step * step if up else score // step * step
