"""Friends in a campaign: whom a challenge link brought together, who came by it, and how they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, text

from center_core.kit import Session

from .board import Place, Standing, board_of, read
from .live import Live
from .models import Friend, Participation

FRIENDS_SHOWN = 200

# Each side has a row about the other, so that either finds its friends under its own key.
TAKEN = text("""
    insert into friend as f (member_id, campaign_id, friend_id, took_mine_at, joined)
    values (:challenger, :campaign, :taker, :now, :joined)
    on conflict (member_id, campaign_id, friend_id) do update
       set took_mine_at = coalesce(f.took_mine_at, excluded.took_mine_at), joined = f.joined or excluded.joined
""")
TOOK = text("""
    insert into friend as f (member_id, campaign_id, friend_id, took_theirs_at)
    values (:taker, :campaign, :challenger, :now)
    on conflict (member_id, campaign_id, friend_id) do update
       set took_theirs_at = coalesce(f.took_theirs_at, excluded.took_theirs_at)
""")
RACED = text("""
    update friend
       set races = races + 1,
           beat_me_at = case when :beaten then coalesce(beat_me_at, cast(:now as timestamptz)) else beat_me_at end
     where member_id = :challenger and campaign_id = :campaign and friend_id = :taker and took_mine_at is not null
""")


@dataclass(frozen=True)
class TakenUp:
    """What came of a member's challenge links, or of all links of a campaign."""

    friends: int
    joined: int
    races: int
    beaten: int


def take_up(
    db: Session, live: Live, *, member_id: UUID, challenger_id: UUID, now: datetime, joined: bool = False
) -> None:
    """Attribute ``member_id`` to the challenger whose link they came by; one's own link brings nobody.

    Two members who take up each other's links at once lock their rows in the same order.
    """
    if member_id == challenger_id:
        return
    row = {
        "challenger": challenger_id, "taker": member_id, "campaign": live.id, "now": now, "joined": joined,
    }  # fmt: skip
    for statement in (TAKEN, TOOK) if challenger_id < member_id else (TOOK, TAKEN):
        db.execute(statement, row)


def raced(
    db: Session, live: Live, *, member_id: UUID, challenger_id: UUID, beaten: bool, now: datetime
) -> None:
    """Note a finished race against a ghost of the challenger, if the runner had come by their link."""
    db.execute(
        RACED,
        {
            "challenger": challenger_id, "taker": member_id, "campaign": live.id, "now": now, "beaten": beaten,
        },
    )  # fmt: skip


def taken_up(db: Session, live: Live, *, member_id: UUID) -> TakenUp:
    """What came of the member's own links."""
    return _sums(db, Friend.member_id == member_id, Friend.campaign_id == live.id)


def links_of(db: Session, campaign_id: UUID) -> TakenUp:
    """What came of all challenge links of the campaign."""
    return _sums(db, Friend.campaign_id == campaign_id)


def friends_board(db: Session, live: Live, member_id: UUID) -> list[Place]:
    """The member among those who came by their links, and those whose links they took.

    A person has few friends, so this one is read from PostgreSQL by their keys.
    """
    friends = db.scalars(
        select(Friend.friend_id)
        .where(Friend.member_id == member_id, Friend.campaign_id == live.id)
        .order_by(func.coalesce(Friend.took_mine_at, Friend.took_theirs_at).desc())
        .limit(FRIENDS_SHOWN)
    ).all()
    board = board_of(live)
    among = board.standings().where(Participation.member_id.in_([member_id, *friends]))
    return ranked(list(read(db, among)), lower=board.lower)


def ranked(standings: Sequence[Standing], *, lower: bool) -> list[Place]:
    """The standings in order, with their ranks."""
    best_first = sorted(
        standings, key=lambda it: (it.score if lower else -it.score, -it.tie, it.at, it.member_id.bytes)
    )
    return [Place(rank, it.member_id, it.score, it.tie, it.at) for rank, it in enumerate(best_first, start=1)]


def _sums(db: Session, *conditions: object) -> TakenUp:
    friends, joined, races, beaten = db.execute(
        select(
            func.count(),
            func.count().filter(Friend.joined),
            func.coalesce(func.sum(Friend.races), 0),
            func.count(Friend.beat_me_at),
        ).where(Friend.took_mine_at.is_not(None), *conditions)  # type: ignore[arg-type]
    ).one()
    return TakenUp(friends, joined, int(races), beaten)
