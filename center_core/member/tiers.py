"""Tiers: reached by growth, kept for a year, then reviewed."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from center_core.kit import N_, NotFound, Session, publish

from .events import TierChanged
from .models import Member, PointsPosting, Tier

GROWTH_COUNTS_FOR = timedelta(days=365)
TIER_IS_KEPT_FOR = timedelta(days=365)


def tiers(db: Session) -> list[Tier]:
    """All tiers, the lowest first."""
    return list(db.scalars(select(Tier).order_by(Tier.rank)))


def tier(db: Session, code: str) -> Tier:
    """One tier."""
    row = db.get(Tier, code)
    if row is None:
        raise NotFound("tier_unknown", N_("There is no such tier."))
    return row


def lowest_tier(db: Session) -> str | None:
    """The code of the tier that everybody starts in; ``None`` while the brand has no tiers."""
    return db.scalar(select(Tier.code).order_by(Tier.rank).limit(1))


def growth(db: Session, member_id: UUID, now: datetime) -> int:
    """The points earned within a year and not taken back by returns."""
    change = PointsPosting.available_change + PointsPosting.pending_change
    earned = select(func.coalesce(func.sum(change), 0)).where(
        PointsPosting.member_id == member_id,
        PointsPosting.lot_id.is_not(None),
        PointsPosting.at > now - GROWTH_COUNTS_FOR,
    )
    return max(0, db.scalar(earned) or 0)


def recompute_tier(db: Session, *, member_id: UUID, now: datetime) -> Member:
    """Decide the member's tier from their growth: up at once, down only when the kept year is over.

    Locks the member, so that two decisions come one after the other.
    """
    row = db.get(Member, member_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("member_unknown", N_("There is no such member."))
    row.growth = growth(db, member_id, now)
    steps = tiers(db)
    reached = max((step for step in steps if step.threshold <= row.growth), key=_rank, default=None)
    held = next((step for step in steps if step.code == row.tier), None)
    if reached is not None:
        rises = held is None or reached.rank > held.rank
        year_over = row.tier_until is None or row.tier_until <= now
        if rises or year_over:
            lowest = reached.rank == min(step.rank for step in steps)
            row.tier = reached.code
            row.tier_until = None if lowest else now + TIER_IS_KEPT_FOR
        if row.tier != (held.code if held else None):
            before = held.code if held else None
            publish(db, TierChanged(member_id=member_id, before=before, after=reached.code), now=now)
    db.flush()
    return row


def review_tiers(db: Session, *, now: datetime, limit: int = 200) -> int:
    """Decide again for up to ``limit`` members whose year is over; returns for how many. Called until 0."""
    over = select(Member.member_id).where(Member.tier_until <= now).order_by(Member.tier_until).limit(limit)
    due = sorted(db.scalars(over))
    for member_id in due:
        recompute_tier(db, member_id=member_id, now=now)
    return len(due)


def _rank(step: Tier) -> int:
    return step.rank
