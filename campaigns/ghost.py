"""Ghost races: the same seed again, beside somebody's recording. For the honour alone; see docs/adr/0011."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text

import games
from center_core.kit import N_, Refused, Session

from .board import low_is_good
from .live import Live
from .recording import Recording, recording

GHOSTS_PER_DAY = 50
"""Races against ghosts take the server as long to check as rounds that count, so they have a limit of their own."""

SHIFT = 3
ALIKE_PERCENT, AND_SO_MANY = 60, 2
NEAR_PERCENT, ENOUGH_TO_BE_NEAR = 92, 24
ALIKE_BY_CHANCE = 3

Events = tuple[games.Event, ...]
Pairs = list[tuple[int, int]]
"""Inputs of one recording and of another, by their places."""

COUNT = text("""
    update participation
       set day_ghosts = case when ghost_day = :today then day_ghosts else 0 end + 1, ghost_day = :today
     where member_id = :member and campaign_id = :campaign
       and (ghost_day is distinct from :today or day_ghosts < :limit)
    returning 1
""")


@dataclass(frozen=True)
class Race:
    """How a ghost race ended."""

    code: str
    name: str
    score: int
    beaten: bool


def ghost(db: Session, live: Live, *, code: str) -> Recording:
    """The recording to race against; refuses ``ghost_rules_changed`` if nobody can race it any more."""
    found = recording(db, live, code=code)
    if not can_race(live, found):
        raise Refused(
            "ghost_rules_changed",
            N_("The game was renewed since this round was played, so its ghost cannot run any more."),
        )
    return found


def can_race(live: Live, it: Recording) -> bool:
    """Whether the campaign still plays that game by those rules."""
    challenge = live.definition.challenge
    return challenge is not None and challenge.game.slug == it.game and it.playable


def count_ghost(db: Session, live: Live, member_id: UUID, today: date) -> bool:
    """Count one more ghost race today, in one statement; false without a participation, or when none is left."""
    counted = db.execute(
        COUNT, {"today": today, "member": member_id, "campaign": live.id, "limit": GHOSTS_PER_DAY}
    )
    return counted.first() is not None


def beats(game: str, mine: tuple[int, int], theirs: tuple[int, int]) -> bool:
    """Whether score and tie ``mine`` are better than ``theirs``; a draw beats nobody."""
    if mine[0] != theirs[0]:
        return (mine[0] < theirs[0]) == low_is_good(game)
    return mine[1] > theirs[1]


def is_copy(game: str, mine: bytes, theirs: bytes) -> bool:
    """Whether ``mine`` was made from the ghost's own recording rather than played.

    Two people on one track press at the same moments only now and then: with an expert's scatter of a tick, three
    inputs in ten fall on the very same tick and seven in ten within one tick. A recording of which far more does, even
    after moving it by a few ticks as a whole, was copied. The fewer inputs there are, the more of them must be alike:
    of seven or less all but one, and three or less wholly, since so few can be by chance. Who did nothing at all has
    copied nobody.
    """
    return bool(alike(game, mine, theirs))


def alike(game: str, mine: bytes, theirs: bytes) -> Pairs:
    """Which inputs of ``mine`` are which of ``theirs``, by their places, if one is a copy of the other; else none."""
    first, second = events_of(game, mine), events_of(game, theirs)
    if not first or not second:
        return []
    longer = max(len(first), len(second))
    if longer <= ALIKE_BY_CHANCE:
        return [(no, no) for no in range(longer)] if first == second else []
    for shift in range(-SHIFT, SHIFT + 1):
        same = _together(first, second, shift, 0)
        if len(same) >= min(longer * ALIKE_PERCENT / 100 + AND_SO_MANY, longer - 1):
            return same
        near = _together(first, second, shift, 1) if longer >= ENOUGH_TO_BE_NEAR else []
        if len(near) * 100 >= longer * NEAR_PERCENT:
            return near
    return []


def _together(first: Events, second: Events, shift: int, apart: int) -> Pairs:
    """The inputs of ``first`` that have one of their own in ``second``, moved by ``shift``, at most ``apart`` away."""
    pairs: Pairs = []
    at = 0
    for no, event in enumerate(first):
        while at < len(second) and second[at].tick + shift < event.tick - apart:
            at += 1
        ahead = at
        while ahead < len(second) and second[ahead].tick + shift <= event.tick + apart:
            if second[ahead][1:] == event[1:]:
                pairs.append((no, ahead))
                at = ahead + 1
                break
            ahead += 1
    return pairs


def events_of(slug: str, packed: bytes) -> Events:
    """What was done in a recording."""
    game = games.game(slug)
    log = games.decode(packed, game.actions or {}, max_ticks=game.max_ticks, max_bytes=game.max_input_bytes)
    return log.events
