"""Which lists of scores there are: of a whole campaign, of one of its days, of a store, of a guide's team."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select

import games
from center_core.kit import Session, look_up

from .live import Live
from .models import DayBest, Participation

Kind = Literal["campaign", "day", "store", "team"]
Scores = Select[UUID, int, int, datetime]

BEST = (Participation.best_score, Participation.best_tie, Participation.best_at)
OF_DAY = (DayBest.score, DayBest.tie, DayBest.at)


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


@dataclass(frozen=True)
class Board:
    """One list. ``part`` is its day, store or guide; ``lower`` says that low scores lead."""

    campaign_id: UUID
    kind: Kind
    part: date | UUID | None
    lower: bool

    @property
    def name(self) -> str:
        """What the index keeps it under."""
        return f"{self.campaign_id}:{self.kind}:{self.part or ''}"

    def standings(self) -> Scores:
        """Everybody's score on this board, in no order."""
        if self.kind == "day":
            return _scores(DayBest.member_id, OF_DAY).where(
                DayBest.campaign_id == self.campaign_id, DayBest.day == self.part
            )
        scored = _scores(Participation.member_id, BEST).where(
            Participation.campaign_id == self.campaign_id, Participation.best_score.is_not(None)
        )
        if self.kind == "store":
            return scored.where(Participation.store_id == self.part)
        if self.kind == "team":
            return scored.where(Participation.staff_id == self.part)
        return scored

    def of(self, member_id: UUID) -> Scores:
        """One member's."""
        return self.standings().where(self._member == member_id)

    def in_order(self) -> Scores:
        """The best first."""
        score, tie, at = self._columns
        return self.standings().order_by(
            score.asc() if self.lower else score.desc(), tie.desc(), at, self._member
        )

    def ahead_of(self, mine: Standing) -> Scores:
        """Those who are before ``mine``."""
        score, tie, at = self._columns
        better: ColumnElement[bool] = score < mine.score if self.lower else score > mine.score
        return self.standings().where(
            or_(
                better,
                and_(score == mine.score, tie > mine.tie),
                and_(score == mine.score, tie == mine.tie, at < mine.at),
                and_(score == mine.score, tie == mine.tie, at == mine.at, self._member < mine.member_id),
            )
        )

    def since(self, moment: datetime) -> Scores:
        """Those whose score was made at ``moment`` or later."""
        return self.standings().where(self._columns[2] >= moment)

    @property
    def _columns(self) -> tuple[Any, Any, Any]:
        return OF_DAY if self.kind == "day" else BEST

    @property
    def _member(self) -> Any:
        return DayBest.member_id if self.kind == "day" else Participation.member_id


@dataclass(frozen=True)
class Home:
    """The store and the guide that a member plays for in a campaign."""

    store_id: UUID | None
    staff_id: UUID | None


HOME = """
select store_id, staff_id from participation where member_id = %(member_id)s and campaign_id = %(campaign_id)s
"""


def home_of(db: Session, live: Live, member_id: UUID) -> Home | None:
    """Where the member belongs in this campaign; none before their first round."""
    rows = look_up(db, HOME, member_id=member_id, campaign_id=live.id)
    return Home(*rows[0]) if rows else None


def board_of(live: Live, kind: Kind = "campaign", part: date | UUID | None = None) -> Board:
    """The board of a campaign, or of one part of it."""
    return Board(live.id, kind, part, lower_leads(live))


def boards_of(
    campaign_id: UUID, lower: bool, *, day: date | None, store_id: UUID | None, staff_id: UUID | None
) -> tuple[Board, ...]:
    """Every board that a score of that day, store and team stands on."""
    parts: tuple[tuple[Kind, date | UUID | None], ...] = (
        ("day", day),
        ("store", store_id),
        ("team", staff_id),
    )
    return (
        Board(campaign_id, "campaign", None, lower),
        *(Board(campaign_id, kind, part, lower) for kind, part in parts if part is not None),
    )


def lower_leads(live: Live) -> bool:
    """Whether low scores are the better ones in the campaign's skill game."""
    challenge = live.definition.challenge
    return challenge is not None and low_is_good(challenge.game.slug)


def low_is_good(game: str) -> bool:
    """Whether the smaller of two scores is the better one in ``game``."""
    scoring = games.game(game).scoring
    return scoring is not None and scoring.better == "lower"


def read(db: Session, scores: Scores) -> Iterator[Standing]:
    """The standings that ``scores`` finds."""
    for member_id, score, tie, at in db.execute(scores):
        yield Standing(member_id, score, tie, at)


def _scores(member: Any, columns: tuple[Any, Any, Any]) -> Scores:
    return select(member, *columns)
