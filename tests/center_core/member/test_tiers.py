"""Tiers: up at once, down only after a kept year."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from center_core import member
from center_core.kit import NotFound, Session, uuid7
from tests import make

YEAR = timedelta(days=365)


@pytest.mark.parametrize(
    ("points", "tier"),
    [(0, "snow"), (999, "snow"), (1000, "ice"), (4999, "ice"), (5000, "peak"), (99_999, "peak")],
)
def test_growth_reaches_a_tier(db: Session, now, points, tier) -> None:
    make.tiers(db)
    row = make.member(db, points=points)
    assert member.recompute_tier(db, member_id=row.member_id, now=now).tier == tier
    assert row.growth == points


def test_pending_points_count_and_returned_ones_do_not(db: Session, now) -> None:
    make.tiers(db)
    row = make.member(db)
    order = ("order", uuid7())
    member.earn(db, member_id=row.member_id, points=1200, source=order, pending_until=now + YEAR, now=now)
    assert member.recompute_tier(db, member_id=row.member_id, now=now).tier == "ice"
    member.reverse(db, member_id=row.member_id, source=order, now=now)
    assert member.recompute_tier(db, member_id=row.member_id, now=now).growth == 0


def test_spending_costs_no_growth(db: Session, now) -> None:
    make.tiers(db)
    row = make.member(db, points=1000)
    member.spend(db, member_id=row.member_id, points=900, source=("gift", uuid7()), now=now)
    assert member.recompute_tier(db, member_id=row.member_id, now=now).tier == "ice"


def test_a_tier_is_kept_for_a_year_and_then_reviewed(db: Session, now) -> None:
    make.tiers(db)
    row = make.member(db, points=5000)
    member.recompute_tier(db, member_id=row.member_id, now=now)
    almost = now + YEAR - timedelta(seconds=1)
    assert member.review_tiers(db, now=almost) == 0
    assert member.recompute_tier(db, member_id=row.member_id, now=almost).tier == "peak"
    assert member.review_tiers(db, now=now + YEAR) == 1
    assert (row.tier, row.tier_until, row.growth) == ("snow", None, 0)
    assert member.review_tiers(db, now=now + 2 * YEAR) == 0


def test_after_the_year_the_tier_that_was_earned_again_is_kept_another(db: Session, now) -> None:
    make.tiers(db)
    row = make.member(db, points=5000)
    member.recompute_tier(db, member_id=row.member_id, now=now)
    spring = now + timedelta(days=200)
    member.earn(db, member_id=row.member_id, points=1500, source=("order", uuid7()), now=spring)
    member.recompute_tier(db, member_id=row.member_id, now=spring)
    assert member.review_tiers(db, now=now + YEAR) == 1
    assert (row.tier, row.tier_until) == ("ice", now + 2 * YEAR)


@pytest.mark.parametrize(
    "decide",
    [
        lambda db, _row, now: member.review_tiers(db, now=now),
        lambda db, row, now: member.recompute_tiers(db, [row.member_id], now=now),
    ],
    ids=["review", "many"],
)
def test_a_return_counts_no_longer_than_its_purchase(db: Session, now, decide) -> None:
    """The purchase has left the year and its return has not: what was earned besides is there all the same."""
    make.tiers(db)
    row, returned = make.member(db), ("order", uuid7())
    member.earn(db, member_id=row.member_id, points=6000, source=returned, now=now)
    assert member.recompute_tier(db, member_id=row.member_id, now=now).tier == "peak"
    member.reverse(db, member_id=row.member_id, source=returned, now=now + timedelta(days=7))
    later = now + timedelta(days=200)
    member.earn(db, member_id=row.member_id, points=1500, source=("order", uuid7()), now=later)
    decide(db, row, now + YEAR)
    assert (row.tier, row.growth) == ("ice", 1500)


def test_what_was_returned_of_this_years_purchase_does_not_count(db: Session, now) -> None:
    make.tiers(db)
    row, kept = make.member(db), ("order", uuid7())
    member.earn(db, member_id=row.member_id, points=1200, source=kept, pending_until=now + YEAR, now=now)
    by = ("return", uuid7())
    member.reverse(db, member_id=row.member_id, source=kept, points=300, by=by, now=now + timedelta(days=9))
    for days, growth in ((1, 900), (364, 900), (365, 0)):
        assert member.growth(db, row.member_id, now + timedelta(days=days)) == growth


def test_a_change_is_told_once(db: Session, now) -> None:
    make.tiers(db)
    row = make.member(db, points=1000)
    for _ in range(2):
        member.recompute_tier(db, member_id=row.member_id, now=now)
    changes = db.scalars(text("select body from outbox where name = 'TierChanged'")).all()
    assert [(body["before"], body["after"]) for body in changes] == [("snow", "ice")]


def test_a_brand_without_tiers(db: Session, now) -> None:
    row = make.member(db, points=1000)
    assert member.recompute_tier(db, member_id=row.member_id, now=now).tier is None
    with pytest.raises(NotFound):
        member.tier(db, "ice")
    with pytest.raises(NotFound):
        member.recompute_tier(db, member_id=uuid7(), now=now)
