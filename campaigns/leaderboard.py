"""The leaderboards: the truth is each member's best score in PostgreSQL, and Redis is the fast index over it."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import func, select

from center_core.kit import Session, look_up

from .board import Board, Place, Standing, boards_of, low_is_good, read
from .models import DayBest, GameRound, Participation

log = logging.getLogger(__name__)

SETTLING = timedelta(minutes=1)
"""A score that was committed while the index was being rebuilt is placed again if it is younger than this."""
PORTION = 5000
"""So many rows are read at a time, in a transaction, while a board is built."""
DAY_KEPT = timedelta(days=2)
KEPT = timedelta(days=30)
"""How long the index keeps a board after building it; one that is still looked at is then built again."""


class IndexMissing(Exception):
    """The index has no such board, or cannot be reached."""


@dataclass(frozen=True)
class Sight:
    """What the index sees of a board. ``own`` is the reader's position, 0 the best; ``near`` is from ``first`` on."""

    top: list[Standing]
    size: int
    own: int | None = None
    first: int = 0
    near: tuple[Standing, ...] = ()


@dataclass(frozen=True)
class Look:
    """What one reader is shown of a board: its first places, their own with its neighbours, and how many there are."""

    top: list[Place]
    own: Place | None
    near: list[Place]
    size: int


class LeaderboardIndex(Protocol):
    """What a fast index must do; any call may raise ``IndexMissing``."""

    def look(self, board: Board, member_id: UUID | None, *, count: int, spread: int) -> Sight:
        """The first ``count``, and the member with ``spread`` neighbours on both sides."""

    def ahead(self, board: Board, standing: Standing) -> int:
        """How many are ahead of ``standing``, whether or not it is on the board itself."""

    def place(self, boards: Sequence[Board], standing: Standing) -> None:
        """Put the member where the better of the standings belongs that each board was told; one without is left."""

    def rebuild(self, board: Board, standings: Iterable[Standing], *, kept: timedelta) -> bool:
        """Replace the board; false if another process is at it."""


class Leaderboard:
    """Scores of campaigns with a skill game. Works without its index too, only slower."""

    def __init__(self, index: LeaderboardIndex, build_aside: Callable[[Board], None] | None = None) -> None:
        """``build_aside`` has a missing board built by somebody who has the time; without it the reader does it."""
        self._index = index
        self._build_aside = build_aside

    def look(self, db: Session, board: Board, member_id: UUID | None, *, count: int, spread: int = 2) -> Look:
        """What the member is shown of ``board``. The index answers alone, in one call; PostgreSQL where it cannot."""
        try:
            sight = self._index.look(board, member_id, count=count, spread=spread)
        except IndexMissing:
            if self._build_aside is not None:
                self._build_aside(board)
            else:
                self.rebuild(db, board)
            sight = _sight(db, board, member_id, count=count, spread=spread)
        near = _ranked(sight.near, sight.first + 1)
        own = next((place for place in near if sight.own is not None and place.rank == sight.own + 1), None)
        return Look(_ranked(sight.top, 1), own, near, sight.size)

    def rank(self, db: Session, board: Board, standing: Standing) -> int:
        """The rank that ``standing`` has or would have."""
        try:
            return self._index.ahead(board, standing) + 1
        except IndexMissing:
            return _ahead(db, board, standing) + 1

    def place(self, boards: Sequence[Board], standing: Standing) -> None:
        """Tell the index of a score that was just committed. A board that it lacks is built when it is looked at."""
        try:
            self._index.place(boards, standing)
        except IndexMissing:
            log.info("a score waits for the leaderboard's index")

    def place_again(self, db: Session, campaign_id: UUID, round_id: UUID, member_id: UUID) -> None:
        """The same for a round that was counted earlier, as PostgreSQL has it now."""
        it = db.get(GameRound, (member_id, round_id))
        mine = db.get(Participation, (member_id, campaign_id))
        if it is None or mine is None or it.score is None or it.tie is None or it.finished_at is None:
            return
        day = db.scalar(
            select(DayBest.day).where(DayBest.member_id == member_id, DayBest.round_id == round_id)
        )
        boards = boards_of(
            campaign_id, low_is_good(it.game), day=day, store_id=mine.store_id, staff_id=mine.staff_id
        )
        self._index.place(boards, Standing(member_id, it.score, it.tie, it.finished_at))

    def rebuild(self, db: Session, board: Board) -> bool:
        """Make a board anew from PostgreSQL; false if the index is away or another process is at it."""
        kept = DAY_KEPT if board.kind == "day" else KEPT
        try:
            everybody = board.standings().execution_options(yield_per=PORTION)
            if not self._index.rebuild(board, read(db, everybody), kept=kept):
                return False
            scores = board.standings().subquery()
            latest = db.scalar(select(func.max(scores.c[3])))
            if latest is not None:
                for standing in read(db, board.since(latest - SETTLING)):
                    self._index.place([board], standing)
        except IndexMissing:
            return False
        log.info("leaderboard %s rebuilt", board.name)
        return True


CODES = """
select game_round.member_id, code from game_round
join participation on participation.member_id = game_round.member_id and best_round_id = game_round.id
where game_round.member_id = any(%(member_ids)s) and participation.campaign_id = %(campaign_id)s
"""
CODES_OF_DAY = """
select game_round.member_id, code from game_round
join day_best on day_best.member_id = game_round.member_id and day_best.round_id = game_round.id
where game_round.member_id = any(%(member_ids)s) and day_best.campaign_id = %(campaign_id)s and day = %(day)s
"""


def codes_of(db: Session, board: Board, member_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The public codes of the rounds that stand on ``board`` for these members."""
    if not member_ids:
        return {}
    found = look_up(
        db,
        CODES_OF_DAY if board.kind == "day" else CODES,
        member_ids=list(member_ids),
        campaign_id=board.campaign_id,
        day=board.part,
    )
    return {member_id: code for member_id, code in found if code}


def standing_of(db: Session, board: Board, member_id: UUID) -> Standing | None:
    """The member's score on ``board``, by PostgreSQL."""
    return next(iter(read(db, board.of(member_id))), None)


def _sight(db: Session, board: Board, member_id: UUID | None, *, count: int, spread: int) -> Sight:
    top = list(read(db, board.in_order().limit(count)))
    size = db.scalar(select(func.count()).select_from(board.standings().subquery())) or 0
    mine = standing_of(db, board, member_id) if member_id else None
    if mine is None:
        return Sight(top, size)
    own = _ahead(db, board, mine)
    first = max(0, own - spread)
    near = read(db, board.in_order().offset(first).limit(own + spread + 1 - first))
    return Sight(top, size, own, first, tuple(near))


def _ahead(db: Session, board: Board, mine: Standing) -> int:
    return db.scalar(select(func.count()).select_from(board.ahead_of(mine).subquery())) or 0


def _ranked(standings: Iterable[Standing], first: int) -> list[Place]:
    return [
        Place(rank, it.member_id, it.score, it.tie, it.at) for rank, it in enumerate(standings, start=first)
    ]
