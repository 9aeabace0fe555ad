"""How a number becomes a prize, and a limited prize's units their moments of release. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from ..definition import PPM, Definition, Draw, Period, Prize
from .fairness import NUMBER_BITS, moment_number

DAY_HOURS = 24


@dataclass(frozen=True)
class Odds:
    """The million parts of the wheel in the order of the prizes; what is left of them is the fallback prize's.

    Part ``k`` belongs to the first prize whose ``upto`` lies above it.
    """

    upto: tuple[int, ...]
    prize_nos: tuple[int, ...]

    @classmethod
    def of(cls, definition: Definition) -> "Odds":
        """The odds of each play. In ``moments`` limited prizes have none: their moment decides."""
        upto, nos, total = [], [], 0
        for prize in definition.prizes:
            if prize.fallback or not drawn_by_odds(definition.draw, prize):
                continue
            total += prize.odds_ppm
            upto.append(total)
            nos.append(prize.no)
        return cls((*upto, PPM), (*nos, definition.fallback.no))

    def fall(self, number: int) -> int:
        """The prize that ``number`` falls on."""
        return self.prize_nos[bisect_right(self.upto, (number * PPM) >> NUMBER_BITS)]

    def ppm(self, prize_no: int) -> int:
        """The share of ``prize_no``, as it is published."""
        lower = (0, *self.upto)
        return sum(self.upto[i] - lower[i] for i, no in enumerate(self.prize_nos) if no == prize_no)


def drawn_by_odds(draw: Draw, prize: Prize) -> bool:
    """Whether a play's number can fall on ``prize``, rather than its units' moments."""
    return draw.strategy != "moments" or prize.stock is None


def moments(
    seed: bytes, campaign_id: UUID, prize: Prize, period: Period, curve: Sequence[int]
) -> list[datetime]:
    """The moments of release of all units of ``prize``, in order; unit 1 is released first.

    Uniform over the period, or following ``curve``, which weighs the 24 local hours of the day.
    """
    line = timeline(period, curve)
    total = line[-1][0]
    ends = [upto for upto, _ in line]
    found = []
    for piece in range(1, (prize.stock or 0) + 1):
        at = moment_number(seed, campaign_id, prize.no, piece) * total / (1 << NUMBER_BITS)
        slot = min(bisect_right(ends, at), len(line) - 1)
        before = ends[slot - 1] if slot else 0.0
        starts, seconds = line[slot][1]
        into = seconds * (at - before) / (ends[slot] - before)
        found.append(starts + timedelta(seconds=int(into)))
    return sorted(found)


def timeline(period: Period, curve: Sequence[int]) -> list[tuple[float, tuple[datetime, float]]]:
    """The hours of the period that may have releases: (weight up to its end, (its start, its seconds))."""
    zone = ZoneInfo(period.zone)
    line: list[tuple[float, tuple[datetime, float]]] = []
    upto, at = 0.0, period.starts_at
    while at < period.ends_at:
        hour_ends = min(at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1), period.ends_at)
        seconds = (hour_ends - at).total_seconds()
        weight = curve[at.astimezone(zone).hour] if len(curve) == DAY_HOURS else 1
        if weight:
            upto += weight * seconds
            line.append((upto, (at, seconds)))
        at = hour_ends
    return line
