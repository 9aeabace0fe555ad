"""What people can be expected to score: how the scripted players fared, by difficulty and length.

``scores.toml`` in a game's folder keeps it; ``python -m games.measure SLUG --keep`` writes it. A game without one can
be played all the same: nothing is then known of it.
"""

import tomllib
from bisect import bisect_left
from functools import cache
from typing import Any, NamedTuple

from .catalog import FOLDER, Game

FILE = "scores.toml"


class Spread(NamedTuple):
    """Scores of one player: nine rounds of ten lie between the least and the most."""

    least: int
    median: int
    most: int


class Expected(NamedTuple):
    """What to expect of people who have just begun, and of those who are good at it."""

    beginner: Spread
    expert: Spread


def expected(game: Game, config: dict[str, Any]) -> Expected | None:
    """What people score with these settings, as far as it was measured; between two lengths, in proportion.

    Settings that the game has not got any more, as those of an old version of a campaign, are nothing that is known.
    """
    kept = _kept(game.slug)
    if kept is None:
        return None
    chosen = {**game.configured({}), **config}
    rows = kept.get(str(chosen["difficulty"]))
    if rows is None:
        return None
    beginner, expert = (_at(rows[player], chosen[kept["length"]]) for player in Expected._fields)
    return Expected(beginner, expert) if beginner and expert else None


@cache
def _kept(slug: str) -> dict[str, Any] | None:
    file = FOLDER / slug / FILE
    return tomllib.loads(file.read_text()) if file.is_file() else None


def _at(spreads: dict[str, list[int]], length: object) -> Spread | None:
    """The spread of that length, in whole numbers, so that everybody finds the same."""
    if str(length) in spreads:
        return Spread(*spreads[str(length)])
    known = sorted(int(name) for name in spreads if name.isdecimal())
    if not isinstance(length, int) or not known or not known[0] < length < known[-1]:
        return None
    after = bisect_left(known, length)
    low, high = known[after - 1], known[after]
    pairs = zip(spreads[str(low)], spreads[str(high)], strict=True)
    return Spread(*(one + (other - one) * (length - low) // (high - low) for one, other in pairs))
