"""Time at work on points: what is pending becomes usable, and what was not used in time lapses.

Every earning is a lot. What is left of a lot is stored nowhere, because it follows from the postings:
whatever a member spent counts against the lots that lapse first, whenever it was spent. So of all lots that
have lapsed by a moment, the part that lapses is their sum less all that was ever spent or has lapsed
before, and that is never more than the member has.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import InstrumentedAttribute

from center_core.kit import Session, uuid7

from .models import PointsBalance, PointsPosting
from .points import lock_balance, post


def release_points(db: Session, *, now: datetime, limit: int = 200) -> int:
    """Make usable what was pending until now, for up to ``limit`` members; returns for how many."""
    due = _due(db, PointsBalance.releases_next, now, limit)
    for member_id in due:
        _release(db, member_id, now)
    return len(due)


def expire_points(db: Session, *, now: datetime, limit: int = 200) -> int:
    """Let lapse what was not used in time, for up to ``limit`` members; returns for how many."""
    due = _due(db, PointsBalance.expires_next, now, limit)
    for member_id in due:
        _expire(db, member_id, now)
    return len(due)


def points_expiring(db: Session, *, member_id: UUID, before: datetime) -> int:
    """How many of the member's points lapse by ``before`` unless they are used."""
    amount, _ = _lapsing(db, member_id, before)
    return max(0, amount)


def _due(
    db: Session, column: InstrumentedAttribute[datetime | None], now: datetime, limit: int
) -> list[UUID]:
    found = select(PointsBalance.member_id).where(column <= now).order_by(column).limit(limit)
    # Balances are locked in the order of members everywhere, so that nobody waits in a circle.
    return sorted(db.scalars(found))


def _release(db: Session, member_id: UUID, now: datetime) -> None:
    lock_balance(db, member_id)
    pending = func.sum(PointsPosting.pending_change)
    usable_at = func.max(PointsPosting.available_at)
    waiting = db.execute(
        select(PointsPosting.lot_id, pending, usable_at, usable_at <= now)
        .where(PointsPosting.member_id == member_id, PointsPosting.lot_id.is_not(None))
        .group_by(PointsPosting.lot_id)
        .having(pending > 0)
        .order_by(usable_at)
    ).all()
    for lot_id, amount, _, is_due in waiting:
        if is_due:
            post(
                db,
                PointsPosting(
                    member_id=member_id,
                    id=uuid7(),
                    kind="release",
                    available_change=amount,
                    pending_change=-amount,
                    lot_id=lot_id,
                    source_kind="points_lot",
                    source_id=lot_id,
                    at=now,
                ),
            )
    later = (available_at for _, _, available_at, is_due in waiting if not is_due)
    _set_next(db, member_id, "releases_next", next(later, None))


def _expire(db: Session, member_id: UUID, now: datetime) -> None:
    # What was to be released before it lapses, and was not since nobody was at work, would never be looked at again.
    _release(db, member_id, now)
    amount, next_to_lapse = _lapsing(db, member_id, now)
    if amount > 0:
        id = uuid7()
        post(
            db,
            PointsPosting(
                member_id=member_id,
                id=id,
                kind="expire",
                available_change=-amount,
                pending_change=0,
                source_kind="points_expiry",
                source_id=id,
                at=now,
            ),
        )
    _set_next(db, member_id, "expires_next", next_to_lapse)


def _lapsing(db: Session, member_id: UUID, by: datetime) -> tuple[int, datetime | None]:
    """How much of what lapses by then is unused, and when the lot after that lapses."""
    row = db.execute(LAPSING, {"member_id": member_id, "by": by}).one()
    return row.amount, row.next


LAPSING = text("""
    with lot as (
      select max(expires_at) as expires_at, sum(available_change) as usable
        from points_posting where member_id = :member_id and lot_id is not null group by lot_id)
    select (coalesce(sum(usable) filter (where expires_at <= :by), 0)
             + (select coalesce(sum(available_change), 0) from points_posting
                 where member_id = :member_id and lot_id is null))::int as amount,
           min(expires_at) filter (where expires_at > :by) as next
      from lot
""")


def _set_next(db: Session, member_id: UUID, column: str, at: datetime | None) -> None:
    db.execute(update(PointsBalance).where(PointsBalance.member_id == member_id).values({column: at}))
