"""Tiers: reached by growth, kept for a year, then reviewed."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from center_core.kit import N_, NotFound, Session, look_up, publish

from .events import TierChanged
from .models import Member, Tier

GROWTH_COUNTS_FOR = timedelta(days=365)
TIER_IS_KEPT_FOR = timedelta(days=365)


def tiers(db: Session) -> list[Tier]:
    """All tiers, the lowest first."""
    return list(db.scalars(select(Tier).order_by(Tier.rank)))


def tier(db: Session, code: str) -> Tier:
    """One tier."""
    row = db.get(Tier, code)
    if row is None:
        raise no_such_tier()
    return row


def no_such_tier() -> NotFound:
    """What whoever asks for a tier hears that the brand does not have."""
    return NotFound("tier_unknown", N_("There is no such tier."))


def earn_percents(db: Session, member_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many of a hundred points of a purchase the members get by their tiers.

    Left out are who was erased, and stores' walk-in accounts: they get none.
    """
    return dict(map(tuple, look_up(db, EARN_PERCENTS, member_ids=list(member_ids))))


EARN_PERCENTS = """
select member_id, coalesce(earn_percent, 100) from member left join tier on tier.code = member.tier
 where member_id = any(%(member_ids)s) and kind = 'person' and status <> 'erased'
"""


def lowest_tier(db: Session) -> str | None:
    """The code of the tier that everybody starts in; ``None`` while the brand has no tiers."""
    return db.scalar(select(Tier.code).order_by(Tier.rank).limit(1))


def growth(db: Session, member_id: UUID, now: datetime) -> int:
    """The points earned within a year and not taken back by returns."""
    grown = look_up(db, GROWN, member_ids=[member_id], since=now - GROWTH_COUNTS_FOR)
    return grown[0].growth if grown else 0


# What a return took back counts as long as what it was taken from, whenever that was: a lot counts as a whole.
GROWN = """
select member_id, sum(left_over)::int as growth from (
  select member_id, sum(available_change + pending_change) as left_over from points_posting
   where member_id = any(%(member_ids)s) and lot_id is not null
   group by member_id, lot_id having max(at) filter (where kind = 'earn') > %(since)s) as lot
 group by member_id
"""


def recompute_tier(db: Session, *, member_id: UUID, now: datetime) -> Member:
    """Decide the member's tier from their growth: up at once, down only when the kept year is over.

    Locks the member, so that two decisions come one after the other.
    """
    row = db.get(Member, member_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("member_unknown", N_("There is no such member."))
    row.growth = growth(db, member_id, now)
    before = row.tier
    row.tier, row.tier_until = _decided(tiers(db), row.tier, row.tier_until, row.growth, now)
    if row.tier is not None and row.tier != before:
        publish(db, TierChanged(member_id=member_id, before=before, after=row.tier), now=now)
    db.flush()
    return row


def _decided(
    steps: Sequence[Tier], held: str | None, until: datetime | None, growth: int, now: datetime
) -> tuple[str | None, datetime | None]:
    """The tier that somebody with this growth has from now on, and until when at least."""
    reached = max((step for step in steps if step.threshold <= growth), key=_rank, default=None)
    if reached is None:
        return held, until
    held_rank = next((step.rank for step in steps if step.code == held), None)
    rises = held_rank is None or reached.rank > held_rank
    year_over = until is None or until <= now
    if not (rises or year_over):
        return held, until
    lowest = reached.rank == min(step.rank for step in steps)
    return reached.code, None if lowest else now + TIER_IS_KEPT_FOR


def recompute_tiers(db: Session, member_ids: Collection[UUID], *, now: datetime) -> None:
    """The same for many: their growth in one statement, and then one by one those whose tier it changes.

    For members whose balance this transaction has locked: nobody posts points to them meanwhile.
    """
    grown = look_up(db, GROW, member_ids=list(member_ids), since=now - GROWTH_COUNTS_FOR)
    steps = tiers(db)
    for member_id, growth_now, held, until in grown:
        if _decided(steps, held, until, growth_now, now) != (held, until):
            recompute_tier(db, member_id=member_id, now=now)


GROW = f"""
update member set growth = grown.growth from ({GROWN}) as grown
 where member.member_id = grown.member_id and member.member_id = any(%(member_ids)s)
returning member.member_id, member.growth, tier, tier_until
"""  # noqa: S608 - of a constant


def review_tiers(db: Session, *, now: datetime, limit: int = 200) -> int:
    """Decide again for up to ``limit`` members whose year is over; returns for how many. Called until 0."""
    over = select(Member.member_id).where(Member.tier_until <= now).order_by(Member.tier_until).limit(limit)
    due = sorted(db.scalars(over))
    for member_id in due:
        recompute_tier(db, member_id=member_id, now=now)
    return len(due)


def give_lowest_tier(db: Session, *, now: datetime, limit: int = 200) -> int:
    """Put up to ``limit`` members who have no tier into the lowest; returns how many. Called until 0.

    They joined while the brand had none. As in joining, nobody is told of it; whose growth reaches higher rises at
    once, by the usual decision.
    """
    steps = tiers(db)
    if not steps:
        return 0
    without = (
        select(Member.member_id)
        .where(Member.tier.is_(None), Member.kind == "person", Member.status != "erased")
        .limit(limit)
    )
    given = look_up(db, GIVE, member_ids=list(db.scalars(without)), lowest=steps[0].code)
    if len(steps) > 1:
        for member_id in sorted(row.member_id for row in given if row.growth >= steps[1].threshold):
            recompute_tier(db, member_id=member_id, now=now)
    return len(given)


GIVE = """
update member set tier = %(lowest)s where member_id = any(%(member_ids)s) and tier is null
returning member_id, growth
"""


def _rank(step: Tier) -> int:
    return step.rank
