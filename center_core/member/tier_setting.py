"""The club's tiers as the brand sets them: added, changed and taken away."""

import re
from collections.abc import Collection
from typing import Any

from sqlalchemy import select, text

from center_core.kit import N_, Refused, Session

from .models import Member, Tier
from .tiers import no_such_tier

CODE = re.compile(r"[a-z][a-z0-9-]{1,23}")
MOST_GROWTH = 1_000_000_000
MOST_PERCENT = 1000

HOLD = text("select pg_advisory_xact_lock(hashtextextended('tier', 7004))")


def add_tier(db: Session, *, code: str, name: dict[str, Any], threshold: int, earn_percent: int) -> Tier:
    """A new tier, which stands where its threshold puts it; the first of all is reached with 0 growth.

    Nobody's tier changes by it at once: members are decided anew by their next points or their review, and who has
    none yet gets the lowest by ``give_lowest_tier``.

    Refuses ``tier_code_malformed``, ``tier_code_taken``, and as ``change_tier`` does.
    """
    if not CODE.fullmatch(code):
        raise Refused(
            "tier_code_malformed",
            N_("A code has 2 to 24 small letters, digits and hyphens, and begins with a letter."),
            code=code,
        )
    steps = _held(db)
    if any(step.code == code for step in steps):
        raise Refused("tier_code_taken", N_("Another tier has this code."), code=code)
    _check(steps, threshold, earn_percent)
    rank = max((step.rank for step in steps), default=0) + 1
    row = Tier(code=code, name=name, rank=rank, threshold=threshold, earn_percent=earn_percent)
    db.add(row)
    _rank_by_threshold(db, [*steps, row])
    return row


def change_tier(db: Session, *, code: str, name: dict[str, Any], threshold: int, earn_percent: int) -> Tier:
    """Set what may change of a tier; with another threshold it may come to stand elsewhere.

    Refuses ``tier_threshold_range``, ``tier_threshold_taken``, ``tier_lowest_above_zero``, ``tier_percent_range``.
    """
    steps = _held(db)
    row = _found(steps, code)
    _check([step for step in steps if step is not row], threshold, earn_percent)
    row.name, row.threshold, row.earn_percent = name, threshold, earn_percent
    _rank_by_threshold(db, steps)
    return row


def remove_tier(db: Session, *, code: str) -> None:
    """Take away a tier that no member holds; the lowest only when it is the last. Whether anything above this
    centre still names it, the caller asks.

    Locks the tier, so that who is just being put into it is seen. Refuses ``tier_lowest`` and ``tier_held``.
    """
    steps = _held(db)
    row = _found(steps, code)
    if row is steps[0] and len(steps) > 1:
        raise Refused(
            "tier_lowest",
            N_("Everybody begins in the lowest tier: it can only be taken away when it is the last."),
        )
    db.refresh(row, with_for_update=True)
    if db.scalar(select(Member.member_id).where(Member.tier == code).limit(1)):
        raise Refused(
            "tier_held",
            N_(
                "Members hold this tier, so it stays. Raise its threshold, and it empties as their years end."
            ),
        )
    db.delete(row)
    db.flush()
    _rank_by_threshold(db, [step for step in steps if step is not row])


def _held(db: Session) -> list[Tier]:
    """All tiers, the lowest first, while nobody else sets any until this transaction ends."""
    db.execute(HOLD)
    return list(db.scalars(select(Tier).order_by(Tier.rank).execution_options(populate_existing=True)))


def _found(steps: Collection[Tier], code: str) -> Tier:
    row = next((step for step in steps if step.code == code), None)
    if row is None:
        raise no_such_tier()
    return row


def _check(others: Collection[Tier], threshold: int, earn_percent: int) -> None:
    if not 0 <= threshold <= MOST_GROWTH:
        raise Refused(
            "tier_threshold_range",
            N_("The growth that a tier takes is between 0 and %(most)s."),
            most=MOST_GROWTH,
        )
    thresholds = [step.threshold for step in others]
    if threshold in thresholds:
        raise Refused(
            "tier_threshold_taken",
            N_("Another tier begins at this growth already: each begins above the one before it."),
            threshold=threshold,
        )
    if min([threshold, *thresholds]) != 0:
        raise Refused(
            "tier_lowest_above_zero",
            N_("The lowest tier begins at 0 growth: everybody has it from the start."),
        )
    if not 1 <= earn_percent <= MOST_PERCENT:
        raise Refused(
            "tier_percent_range",
            N_("Between 1 and %(most)s per cent of the plain points."),
            most=MOST_PERCENT,
        )


def _rank_by_threshold(db: Session, steps: Collection[Tier]) -> None:
    """Number ``steps`` from 1 on. Only what moves is written: joining waits while the rank of its tier is."""
    in_order = enumerate(sorted(steps, key=lambda step: step.threshold), start=1)
    moving = [(step, rank) for rank, step in in_order if step.rank != rank]
    for step, _ in moving:
        step.rank = -1 - step.rank  # Not even for a moment may two have one rank.
    db.flush()
    for step, rank in moving:
        step.rank = rank
    db.flush()
