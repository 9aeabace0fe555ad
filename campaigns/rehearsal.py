"""A rehearsal: a draft is played through before it is published, so that nobody learns its cost by the bill."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from .definition import Definition
from .draw.fairness import NUMBER_BITS
from .draw.strategy import DAY_HOURS, Odds, moments, timeline

REHEARSED_AT_MOST = 200_000
NOWHERE = UUID(int=0)
"""Moments of release are drawn for the rehearsal only; the real ones come from the real seed."""


@dataclass(frozen=True)
class PrizeOutcome:
    """What became of one prize. ``runs_out_at`` none: it lasts to the end, or is unlimited."""

    no: int
    stock: int | None
    won: int
    drawn_at_end: int
    left_over: int | None
    runs_out_at: datetime | None
    cost_fen: int


@dataclass(frozen=True)
class Rehearsal:
    """The outcome of ``plays`` plays spread over the period, and the most that the pool can cost."""

    plays: int
    cost_fen: int
    worst_case_fen: int | None
    prizes: tuple[PrizeOutcome, ...]


def rehearse(definition: Definition, *, plays: int, seed: int = 1, traffic: Sequence[int] = ()) -> Rehearsal:
    """Play ``plays`` times. ``traffic`` weighs the 24 local hours of the day; without it plays come evenly.

    More plays than can be rehearsed are stood for by fewer, each of which counts for several.
    """
    chance = random.Random(seed)  # noqa: S311 - a rehearsal must repeat, not surprise
    each = max(1, -(-plays // REHEARSED_AT_MOST))
    times = _times(definition, plays // each or 1, traffic, chance)
    odds = Odds.of(definition)
    left = {prize.no: prize.stock for prize in definition.prizes}
    releases = _releases(definition, chance)
    won: Counter[int] = Counter()
    emptied: dict[int, datetime] = {}
    for at in times:
        for _ in range(each):
            no = _outcome(at, odds, left, releases, definition.fallback.no, chance)
            won[no] += 1
            stock = left[no]
            if stock is not None:
                left[no] = stock - 1
                if stock == 1:
                    emptied[no] = at
    return _sum_up(definition, len(times) * each, won, left, emptied)


def _times(
    definition: Definition, count: int, traffic: Sequence[int], chance: random.Random
) -> list[datetime]:
    line = timeline(definition.period, traffic if len(traffic) == DAY_HOURS and any(traffic) else ())
    weights = [
        upto - before for (upto, _), (before, _) in zip(line, [(0.0, line[0][1]), *line], strict=False)
    ]
    slots = chance.choices([slot for _, slot in line], weights, k=count)
    return sorted(starts + timedelta(seconds=chance.random() * seconds) for starts, seconds in slots)


def _releases(definition: Definition, chance: random.Random) -> list[tuple[datetime, int]]:
    """The moments of all units, the last first, so that the next one is at the end."""
    if definition.draw.strategy != "moments":
        return []
    secret = chance.randbytes(32)
    found = [
        (moment, prize.no)
        for prize in definition.prizes
        for moment in moments(secret, NOWHERE, prize, definition.period, definition.draw.curve)
    ]
    return sorted(found, reverse=True)


def _outcome(
    at: datetime,
    odds: Odds,
    left: dict[int, int | None],
    releases: list[tuple[datetime, int]],
    fallback: int,
    chance: random.Random,
) -> int:
    if releases and releases[-1][0] <= at:
        return releases.pop()[1]
    no = odds.fall(chance.getrandbits(NUMBER_BITS))
    return no if left[no] is None or left[no] else fallback


def _sum_up(
    definition: Definition,
    plays: int,
    won: Counter[int],
    left: dict[int, int | None],
    emptied: dict[int, datetime],
) -> Rehearsal:
    lines = []
    for prize in definition.prizes:
        stock = left[prize.no]
        at_end = (stock or 0) if definition.draw.strategy == "exactly" else 0
        lines.append(
            PrizeOutcome(
                no=prize.no,
                stock=prize.stock,
                won=won[prize.no],
                drawn_at_end=at_end,
                left_over=None if stock is None else stock - at_end,
                runs_out_at=emptied.get(prize.no),
                cost_fen=(won[prize.no] + at_end) * prize.value_fen,
            )
        )
    costs = [
        (prize.stock * prize.value_fen) if prize.stock is not None else (0 if not prize.value_fen else None)
        for prize in definition.prizes
    ]
    return Rehearsal(
        plays=plays,
        cost_fen=sum(line.cost_fen for line in lines),
        worst_case_fen=None if None in costs else sum(cost or 0 for cost in costs),
        prizes=tuple(lines),
    )
