"""How a season scores: a round's points, and a store's from those of its members and guides. Whole numbers only.

A store's members count by the mean of its best few, of whom each store has enough: a small store whose best five
play well stands beside a large one whose best five do. Places that nobody fills count as nothing, so one lonely
champion wins no season. The guides' part is the share of the store's own guides who bring a team, so it too is the
same for two guides and for twenty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Any
from uuid import UUID

import games

ROUND_POINTS = 1000
"""What no round can exceed."""
EXPERT_POINTS = 800
"""What an expert's usual round is worth, in every game."""
GUIDE_POINTS = 200
"""What a store has from its guides if all of them take part."""
TEAM = 3
"""So many members of a guide must have played for the guide to take part."""


@dataclass(frozen=True)
class Brought:
    """What one member brings to the store: all campaigns of the season together."""

    member_id: UUID
    staff_id: UUID | None
    points: int


@dataclass(frozen=True)
class Tally:
    """A store's score and what it is made of."""

    points: int
    members: int
    guides: int


def round_points(game: str, config: dict[str, Any], score: int) -> int:
    """What a score is worth, 0 to 1000, so that rounds of different games and settings can be added.

    An expert's usual round with the same difficulty and length is worth :data:`EXPERT_POINTS`. A time counts by the
    quickest over it: twice as long is half as much. Points count by the root of their share of the most, since the last
    third of every game is far harder than the first. Of a game that was not measured, the bounds of its rules count.
    """
    played = games.game(game)
    scoring, known = played.scored(config), games.expected(played, config)
    if scoring is None:
        return 0
    if scoring.better == "lower":
        quickest = known.expert.median * EXPERT_POINTS // ROUND_POINTS if known else scoring.least
        return ROUND_POINTS * quickest // max(score, quickest, 1)
    most = known.expert.median * ROUND_POINTS**2 // EXPERT_POINTS**2 if known else scoring.most
    share = min(max(score - scoring.least, 0), most - scoring.least)
    return isqrt(ROUND_POINTS**2 * share // max(most - scoring.least, 1))


def store_tally(brought: Sequence[Brought], *, guides_of: int, counted: int) -> Tally:
    """The score of a store with ``guides_of`` guides: the mean of its ``counted`` best members and its guides' part."""
    best = sorted((one.points for one in brought), reverse=True)[:counted]
    taking_part = guides_taking_part(brought)
    guides = min(len(taking_part), guides_of)
    return Tally(
        points=sum(best) // counted + (GUIDE_POINTS * guides // guides_of if guides_of else 0),
        members=len(brought),
        guides=guides,
    )


def guides_taking_part(brought: Sequence[Brought]) -> Mapping[UUID, int]:
    """The guides of whom enough members play, with how many those are."""
    teams: dict[UUID, int] = {}
    for one in brought:
        if one.staff_id is not None:
            teams[one.staff_id] = teams.get(one.staff_id, 0) + 1
    return {staff_id: size for staff_id, size in teams.items() if size >= TEAM}
