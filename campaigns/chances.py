"""How many chances to play a member has left; the same reckoning as in ``draw_batch``, for pages."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from center_core.kit import Refused, Session, local_day, look_up

from .draw.batch import REFUSALS
from .entry import why_not
from .live import Live

MINE = """
select plays, granted, spent, day, day_plays from participation
where member_id = %(member_id)s and campaign_id = %(campaign_id)s
"""


@dataclass(frozen=True)
class Chances:
    """``left`` in all, ``of_today`` the free ones that expire at midnight; ``refusal`` says why there is none.

    ``allowed`` are the plays that the limits leave, however many chances are earned; ``None`` without a limit.
    """

    left: int
    of_today: int
    refusal: Refused | None
    allowed: int | None = None

    @property
    def can_earn(self) -> bool:
        """Whether another chance would be one: not where a limit is reached or the campaign is for others."""
        return self.refusal is None or self.refusal.key == "no_chance"


def chances(db: Session, live: Live, *, member_id: UUID, now: datetime) -> Chances:
    """Free ones of today, free ones of the campaign and granted ones that are not spent, within the limits."""
    rows = look_up(db, MINE, member_id=member_id, campaign_id=live.id)
    return reckon(live, now, *rows[0]) if rows else of_newcomer(db, live, member_id=member_id, now=now)


def of_newcomer(db: Session, live: Live, *, member_id: UUID, now: datetime) -> Chances:
    """Those of a member who has not taken part yet: none, where the campaign is for others."""
    refusal = why_not(db, live, member_id)
    return Chances(0, 0, refusal) if refusal else reckon(live, now)


def reckon(
    live: Live,
    now: datetime,
    plays: int | None = None,
    granted: int | None = None,
    spent: int | None = None,
    day: date | None = None,
    day_plays: int | None = None,
) -> Chances:
    """The same from the columns of a participation; without any for who has not taken part yet."""
    limits = live.definition.limits
    plays = plays or 0
    day_plays = (day_plays or 0) if day == local_day(now, live.zone) else 0
    of_today = max(0, limits.free_per_day - day_plays)
    bounds = {"no_chance": of_today + limits.free + (granted or 0) - (spent or 0)}
    if limits.plays is not None:
        bounds["play_limit"] = limits.plays - plays
    if limits.plays_per_day is not None:
        bounds["play_day_limit"] = limits.plays_per_day - day_plays
    left = max(0, min(bounds.values()))
    limited = [most for name, most in bounds.items() if name != "no_chance"]
    refusal = None
    if not left:
        # The order in which draw_batch looks at them.
        first = next(
            name for name in ("play_limit", "play_day_limit", "no_chance") if bounds.get(name, 1) <= 0
        )
        key, words = REFUSALS[first]
        refusal = Refused(key, words, chances=0)
    return Chances(left, min(of_today, left), refusal, max(0, min(limited)) if limited else None)


def chances_left(db: Session, live: Live, *, member_id: UUID, now: datetime) -> int:
    """The number alone."""
    return chances(db, live, member_id=member_id, now=now).left
