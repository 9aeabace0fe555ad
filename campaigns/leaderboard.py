"""The leaderboard: the truth is each member's best score in PostgreSQL, and Redis is the fast index over it."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

import games
from center_core.kit import Session

from .live import Live
from .models import Participation

log = logging.getLogger(__name__)

SETTLING = timedelta(minutes=1)
"""A score that was committed while the index was being rebuilt is placed again if it is younger than this."""


@dataclass(frozen=True)
class Standing:
    """A member's best score; ``tie`` is the second measure (higher is better), and then the earlier one leads."""

    member_id: UUID
    score: int
    tie: int
    at: datetime


@dataclass(frozen=True)
class Place:
    """A standing with its rank, 1 for the best."""

    rank: int
    member_id: UUID
    score: int
    tie: int
    at: datetime


class IndexMissing(Exception):
    """The index has no such board, or cannot be reached."""


class LeaderboardIndex(Protocol):
    """What a fast index must do; any call may raise ``IndexMissing``. ``lower`` says that low scores lead."""

    def place(self, board: UUID, standing: Standing, *, lower: bool) -> None:
        """Put the member where the better of the standings belongs that it was told."""

    def top(self, board: UUID, count: int, *, lower: bool) -> list[Standing]:
        """The first ``count``."""

    def ahead(self, board: UUID, standing: Standing, *, lower: bool) -> int:
        """How many are ahead of ``standing``, whether or not it is on the board itself."""

    def slice(self, board: UUID, first: int, count: int, *, lower: bool) -> list[Standing]:
        """``count`` standings from the rank ``first`` (0 is the best) on."""

    def size(self, board: UUID) -> int:
        """How many are on the board."""

    def rebuild(self, board: UUID, standings: Iterable[Standing], *, lower: bool) -> bool:
        """Replace the board; false if another process is at it."""


class Leaderboard:
    """Scores of campaigns with a skill game. Works without its index too, only slower."""

    def __init__(self, index: LeaderboardIndex) -> None:
        self._index = index

    def top(self, db: Session, live: Live, limit: int) -> list[Place]:
        """The first ``limit`` places."""
        lower = lower_leads(live)
        try:
            return _ranked(self._index.top(live.id, limit, lower=lower), 1)
        except IndexMissing:
            self.rebuild(db, live)
        query = _in_order(_standings(live.id), lower).limit(limit)
        return _ranked(_read(db, query), 1)

    def place_of(self, db: Session, live: Live, member_id: UUID) -> Place | None:
        """The member's own place, if it has a score."""
        mine = standing_of(db, live, member_id)
        if mine is None:
            return None
        return _ranked([mine], self._ahead(db, live, mine) + 1)[0]

    def around(self, db: Session, live: Live, member_id: UUID, *, spread: int = 2) -> list[Place]:
        """The member's own place with the ``spread`` places before and after it."""
        own = self.place_of(db, live, member_id)
        if own is None:
            return []
        first = max(0, own.rank - 1 - spread)
        lower = lower_leads(live)
        try:
            near = self._index.slice(live.id, first, 2 * spread + 1, lower=lower)
        except IndexMissing:
            near = list(_read(db, _in_order(_standings(live.id), lower).offset(first).limit(2 * spread + 1)))
        return _ranked(near, first + 1)

    def size(self, db: Session, live: Live) -> int:
        """How many have a score."""
        try:
            return self._index.size(live.id)
        except IndexMissing:
            return db.scalar(select(func.count()).select_from(_standings(live.id).subquery())) or 0

    def place(self, db: Session, live: Live, member_id: UUID) -> None:
        """Tell the index of the member's best score as PostgreSQL has it now."""
        mine = standing_of(db, live, member_id)
        if mine is None:
            return
        try:
            self._index.place(live.id, mine, lower=lower_leads(live))
        except IndexMissing:
            self.rebuild(db, live)

    def rebuild(self, db: Session, live: Live) -> bool:
        """Make the index anew from PostgreSQL; false if it cannot be reached or another process is at it."""
        lower = lower_leads(live)
        try:
            if not self._index.rebuild(live.id, _read(db, _standings(live.id)), lower=lower):
                return False
            latest = db.scalar(
                select(func.max(Participation.best_at)).where(Participation.campaign_id == live.id)
            )
            if latest is not None:
                recent = _standings(live.id).where(Participation.best_at >= latest - SETTLING)
                for standing in _read(db, recent):
                    self._index.place(live.id, standing, lower=lower)
        except IndexMissing:
            return False
        log.info("leaderboard of %s rebuilt", live.slug)
        return True

    def _ahead(self, db: Session, live: Live, mine: Standing) -> int:
        lower = lower_leads(live)
        try:
            return self._index.ahead(live.id, mine, lower=lower)
        except IndexMissing:
            leads = _standings(live.id).where(_is_ahead_of(mine, lower)).subquery()
            return db.scalar(select(func.count()).select_from(leads)) or 0


def with_own(places: Sequence[Place], own: Place | None, limit: int) -> list[Place]:
    """The first ``limit`` places as one of the members may see them: their newest score takes its place at once.

    The index hears of a score a moment later, and nobody shall read that they lead a list that they are not on.
    """
    if own is None:
        return list(places)
    others = [place for place in places if place.member_id != own.member_id]
    if own.rank <= min(limit, len(others) + 1):
        others.insert(own.rank - 1, own)
    return [replace(place, rank=rank) for rank, place in enumerate(others[:limit], start=1)]


def lower_leads(live: Live) -> bool:
    """Whether low scores are the better ones in the campaign's skill game."""
    challenge = live.definition.challenge
    return challenge is not None and low_is_good(challenge.game.slug)


def low_is_good(game: str) -> bool:
    """Whether the smaller of two scores is the better one in ``game``."""
    scoring = games.game(game).scoring
    return scoring is not None and scoring.better == "lower"


def standing_of(db: Session, live: Live, member_id: UUID) -> Standing | None:
    """The member's best score."""
    return next(iter(_read(db, _standings(live.id).where(Participation.member_id == member_id))), None)


Scores = Select[UUID, int, int, datetime]


def _standings(campaign_id: UUID) -> Scores:
    best = (Participation.best_score, Participation.best_tie, Participation.best_at)
    return select(Participation.member_id, *best).where(
        Participation.campaign_id == campaign_id, Participation.best_score.is_not(None)
    )  # type: ignore[return-value]  # the columns are not null where there is a score


def _in_order(scores: Scores, lower: bool) -> Scores:
    score = Participation.best_score
    return scores.order_by(
        score.asc() if lower else score.desc(),
        Participation.best_tie.desc(),
        Participation.best_at,
        Participation.member_id,
    )


def _is_ahead_of(mine: Standing, lower: bool) -> ColumnElement[bool]:
    score, tie, at = Participation.best_score, Participation.best_tie, Participation.best_at
    return or_(
        score < mine.score if lower else score > mine.score,
        and_(score == mine.score, tie > mine.tie),
        and_(score == mine.score, tie == mine.tie, at < mine.at),
        and_(score == mine.score, tie == mine.tie, at == mine.at, Participation.member_id < mine.member_id),
    )


def _read(db: Session, scores: Scores) -> Iterator[Standing]:
    for member_id, score, tie, at in db.execute(scores.execution_options(yield_per=5000)):
        yield Standing(member_id, score, tie, at)


def _ranked(standings: Iterable[Standing], first: int) -> list[Place]:
    return [
        Place(rank, it.member_id, it.score, it.tie, it.at) for rank, it in enumerate(standings, start=first)
    ]
