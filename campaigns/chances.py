"""How many chances to play a member has left; the same reckoning as in ``draw_batch``, for pages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from center_core.kit import Refused, Session, local_day

from .draw.batch import REFUSALS
from .live import Live
from .models import Participation


@dataclass(frozen=True)
class Chances:
    """``left`` in all, ``of_today`` the free ones that expire at midnight; ``refusal`` says why none is left."""

    left: int
    of_today: int
    refusal: Refused | None


def chances(db: Session, live: Live, *, member_id: UUID, now: datetime) -> Chances:
    """Free ones of today, free ones of the campaign and granted ones that are not spent, within the limits."""
    limits = live.definition.limits
    mine = db.get(Participation, (member_id, live.id), populate_existing=True)
    plays, day_plays, granted, spent = 0, 0, 0, 0
    if mine is not None:
        plays, granted, spent = mine.plays, mine.granted, mine.spent
        day_plays = mine.day_plays if mine.day == local_day(now, live.zone) else 0
    of_today = max(0, limits.free_per_day - day_plays)
    bounds = {"no_chance": of_today + limits.free + granted - spent}
    if limits.plays is not None:
        bounds["play_limit"] = limits.plays - plays
    if limits.plays_per_day is not None:
        bounds["play_day_limit"] = limits.plays_per_day - day_plays
    left = max(0, min(bounds.values()))
    refusal = None
    if not left:
        # The order in which draw_batch looks at them.
        first = next(
            name for name in ("play_limit", "play_day_limit", "no_chance") if bounds.get(name, 1) <= 0
        )
        key, words = REFUSALS[first]
        refusal = Refused(key, words, chances=0)
    return Chances(left, min(of_today, left), refusal)


def chances_left(db: Session, live: Live, *, member_id: UUID, now: datetime) -> int:
    """The number alone."""
    return chances(db, live, member_id=member_id, now=now).left
