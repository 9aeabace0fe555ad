"""Keeping a season's table: store by store while it runs, all over again when it ends, and the check of both.

The truth is the rounds. ``season_point`` holds each member's best of each campaign and ``season_store`` the table; both
can be counted anew from the rounds at any time.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, func, select, text
from sqlalchemy.dialects.postgresql import JSONB

from center_core import user
from center_core.kit import Finding, Session

from ..board import low_is_good
from ..events import RoundScored
from ..models import CampaignVersion, GameRound, Participation
from .models import Season, SeasonCampaign, SeasonPoint, SeasonStore
from .scoring import Brought, Tally, round_points, store_tally

KEEP_POINT = text("""
    insert into season_point as p (store_id, season_id, member_id, campaign_id, staff_id, points)
    values (:store, :season, :member, :campaign, :staff, :points)
    on conflict (store_id, season_id, member_id, campaign_id) do update
       set staff_id = excluded.staff_id, points = greatest(p.points, excluded.points)
""")
OPEN_STORE = text("""
    insert into season_store (season_id, store_id, points, members, guides, guides_of, counted_at)
    values (:season, :store, 0, 0, 0, 0, :now) on conflict (season_id, store_id) do nothing
""")


class Contribution(NamedTuple):
    """A member's best round of one campaign within the season."""

    store_id: UUID
    staff_id: UUID | None
    member_id: UUID
    campaign_id: UUID
    points: int


def count_round(db: Session, event: RoundScored, *, now: datetime) -> None:
    """Let a counted round count for the store, in every season that its campaign and its moment belong to.

    Locks the season against its end, then the store against other rounds: two members of one store who finish at once
    are counted one after the other, and the second sees the first. A season that is frozen stays as it is; its last
    count has found every round that ended in time.
    """
    running = (
        select(Season)
        .join(SeasonCampaign, SeasonCampaign.season_id == Season.id)
        .where(SeasonCampaign.campaign_id == event.campaign_id, Season.frozen_at.is_(None))
        .order_by(Season.id)
    )
    for it in db.scalars(running.with_for_update(read=True, of=Season)).all():
        brought = next(_contributions(db, it, event.campaign_id, event.member_id), None)
        if brought is not None:
            _open_store(db, it, brought.store_id, now)
            _keep(db, it, brought)
            count_store(db, it, brought.store_id, now=now)


def count_store(db: Session, it: Season, store_id: UUID, *, now: datetime) -> None:
    """Write the store's line of the table from its members' points and its guides of now."""
    guides_of = len(user.guides_of_store(db, store_id))
    tally = store_tally(brought_to(db, it.id, store_id), guides_of=guides_of, counted=it.counted)
    line = db.get_one(SeasonStore, (it.id, store_id), populate_existing=True)
    line.points, line.members, line.guides = tally.points, tally.members, tally.guides
    line.guides_of, line.counted_at = guides_of, now
    db.flush()


def count_all(db: Session, it: Season, *, now: datetime) -> None:
    """Count the whole season anew from the rounds."""
    for table in ("season_point", "season_store"):
        db.execute(text(f"delete from {table} where season_id = :season"), {"season": it.id})  # noqa: S608 - two names of ours
    stores: set[UUID] = set()
    for campaign_id in campaigns_of(db, it.id):
        for brought in _contributions(db, it, campaign_id):
            _keep(db, it, brought)
            stores.add(brought.store_id)
    for store_id in sorted(stores):
        _open_store(db, it, store_id, now)
        count_store(db, it, store_id, now=now)


def campaigns_of(db: Session, season_id: UUID) -> list[UUID]:
    """The campaigns whose rounds count."""
    found = select(SeasonCampaign.campaign_id).where(SeasonCampaign.season_id == season_id)
    return list(db.scalars(found.order_by(SeasonCampaign.campaign_id)))


def brought_to(db: Session, season_id: UUID, store_id: UUID) -> list[Brought]:
    """What each member brings to the store, the most first."""
    points = func.sum(SeasonPoint.points)
    found = db.execute(
        select(SeasonPoint.member_id, func.max(cast(SeasonPoint.staff_id, Text)), points)
        .where(SeasonPoint.store_id == store_id, SeasonPoint.season_id == season_id)
        .group_by(SeasonPoint.member_id)
        .order_by(points.desc(), SeasonPoint.member_id)
    )
    return [Brought(member_id, UUID(staff) if staff else None, int(sum_)) for member_id, staff, sum_ in found]


def check(db: Session) -> Iterator[Finding]:
    """The table must equal a recount: points from the rounds, and each store's line from its points."""
    for it in db.scalars(select(Season).order_by(Season.id)):
        yield from _points_differ(db, it)
        yield from _lines_differ(db, it)


def _points_differ(db: Session, it: Season) -> Iterator[Finding]:
    kept = {
        (row.store_id, row.member_id, row.campaign_id): row.points
        for row in db.scalars(select(SeasonPoint).where(SeasonPoint.season_id == it.id))
    }
    recounted = {
        (one.store_id, one.member_id, one.campaign_id): one.points
        for campaign_id in campaigns_of(db, it.id)
        for one in _contributions(db, it, campaign_id)
    }
    for key in sorted(kept.keys() | recounted.keys(), key=str):
        if kept.get(key) != recounted.get(key):
            store_id, member_id, campaign_id = key
            yield Finding(
                "season_points_differ",
                f"{it.slug} store {store_id} member {member_id} campaign {campaign_id}",
                f"kept {kept.get(key)}, the rounds say {recounted.get(key)}",
            )


def _lines_differ(db: Session, it: Season) -> Iterator[Finding]:
    for line in db.scalars(select(SeasonStore).where(SeasonStore.season_id == it.id)):
        recount = store_tally(
            brought_to(db, it.id, line.store_id), guides_of=line.guides_of, counted=it.counted
        )
        if recount != Tally(line.points, line.members, line.guides):
            yield Finding(
                "season_table_differs",
                f"{it.slug} store {line.store_id}",
                f"says {line.points} points of {line.members} members and {line.guides} guides, a recount {recount}",
            )


def _contributions(
    db: Session, it: Season, campaign_id: UUID, member_id: UUID | None = None
) -> Iterator[Contribution]:
    """What everybody, or one member, brings by their best round; flagged ones and ghost races count for nothing."""
    lowest, highest = func.min(GameRound.score), func.max(GameRound.score)
    found = db.execute(
        select(
            Participation.store_id,
            Participation.staff_id,
            GameRound.member_id,
            GameRound.game,
            GameRound.version,
            lowest,
            highest,
        )
        .join(
            Participation,
            (Participation.member_id == GameRound.member_id)
            & (Participation.campaign_id == GameRound.campaign_id),
        )
        .where(*_counting(it, campaign_id, member_id), Participation.store_id.is_not(None))
        .group_by(
            Participation.store_id,
            Participation.staff_id,
            GameRound.member_id,
            GameRound.game,
            GameRound.version,
        )
        .order_by(GameRound.member_id)
    )
    best: dict[UUID, Contribution] = {}
    configs = _configs(db, campaign_id)
    for store_id, staff_id, player, game, version, low, high in found.tuples():
        points = round_points(game, configs.get(version, {}), (low if low_is_good(game) else high) or 0)
        # A campaign that changed its game or its settings under way counts the better of both.
        if player not in best or points > best[player].points:
            assert store_id is not None  # noqa: S101 - the query asks for those
            best[player] = Contribution(store_id, staff_id, player, campaign_id, points)
    yield from best.values()


def _configs(db: Session, campaign_id: UUID) -> dict[int, dict[str, Any]]:
    """The settings of the challenge by version."""
    config = CampaignVersion.definition["challenge"]["game"]["config"]
    found = db.execute(
        select(CampaignVersion.version, config).where(CampaignVersion.campaign_id == campaign_id)
    )
    return {version: dict(chosen or {}) for version, chosen in found.tuples()}


def _counting(it: Season, campaign_id: UUID, member_id: UUID | None) -> list[ColumnElement[bool]]:
    mine = [GameRound.member_id == member_id] if member_id else []
    return [
        *mine,
        GameRound.campaign_id == campaign_id,
        GameRound.state == "scored",
        GameRound.flags == cast([], JSONB),
        GameRound.against.is_(None),
        GameRound.finished_at >= it.starts_at,
        GameRound.finished_at < it.ends_at,
    ]


def _keep(db: Session, it: Season, brought: Contribution) -> None:
    db.execute(
        KEEP_POINT,
        {
            "store": brought.store_id, "season": it.id, "member": brought.member_id,
            "campaign": brought.campaign_id, "staff": brought.staff_id, "points": brought.points,
        },
    )  # fmt: skip


def _open_store(db: Session, it: Season, store_id: UUID, now: datetime) -> None:
    """Make the store's line if it is the first, and hold it until the end of the transaction."""
    db.execute(OPEN_STORE, {"season": it.id, "store": store_id, "now": now})
    line = (SeasonStore.season_id == it.id) & (SeasonStore.store_id == store_id)
    db.execute(select(SeasonStore.store_id).where(line).with_for_update())
