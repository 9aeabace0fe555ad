"""The brand sets its tiers: each begins above the one before it, and nobody is left in one that is gone."""

from typing import Any

import pytest
from sqlalchemy import text

from center_core import member
from center_core.kit import NotFound, Refused, Session
from tests import make


def add(db: Session, code: str, threshold: int, earn_percent: int = 100) -> member.Tier:
    name = {"zh": code, "en": code}
    return member.add_tier(db, code=code, name=name, threshold=threshold, earn_percent=earn_percent)


def change(db: Session, code: str, **changes: Any) -> member.Tier:
    row = member.tier(db, code)
    kept = {name: getattr(row, name) for name in ("name", "threshold", "earn_percent")}
    return member.change_tier(db, code=code, **{**kept, **changes})


def order(db: Session) -> list[str]:
    return [step.code for step in member.tiers(db)]


def test_a_tier_stands_where_its_threshold_puts_it(db: Session) -> None:
    for code, threshold in (("snow", 0), ("peak", 5000), ("ice", 1000), ("aurora", 9000)):
        add(db, code, threshold)
    assert order(db) == ["snow", "ice", "peak", "aurora"]
    change(db, "ice", threshold=7000)
    assert order(db) == ["snow", "peak", "ice", "aurora"]
    member.remove_tier(db, code="peak")
    assert [step.rank for step in member.tiers(db)] == [1, 2, 3]
    for code in ("aurora", "ice", "snow"):
        member.remove_tier(db, code=code)
    assert order(db) == []


@pytest.mark.parametrize(
    ("code", "threshold", "percent", "key"),
    [
        ("", 2000, 100, "tier_code_malformed"),
        ("Gold", 2000, 100, "tier_code_malformed"),
        ("1st", 2000, 100, "tier_code_malformed"),
        ("g" * 25, 2000, 100, "tier_code_malformed"),
        ("ice", 2000, 100, "tier_code_taken"),
        ("gold", -1, 100, "tier_threshold_range"),
        ("gold", 10**9 + 1, 100, "tier_threshold_range"),
        ("gold", 0, 100, "tier_threshold_taken"),
        ("gold", 5000, 100, "tier_threshold_taken"),
        ("gold", 2000, 0, "tier_percent_range"),
        ("gold", 2000, 1001, "tier_percent_range"),
    ],
)
def test_what_is_not_added(db: Session, code: str, threshold: int, percent: int, key: str) -> None:
    make.tiers(db)
    with pytest.raises(Refused) as refused:
        add(db, code, threshold, percent)
    assert refused.value.key == key
    assert order(db) == ["snow", "ice", "peak"]


@pytest.mark.parametrize(
    ("code", "changes", "key"),
    [
        ("snow", {"threshold": 1}, "tier_lowest_above_zero"),
        ("ice", {"threshold": 0}, "tier_threshold_taken"),
        ("ice", {"threshold": 5000}, "tier_threshold_taken"),
        ("ice", {"threshold": -1}, "tier_threshold_range"),
        ("ice", {"earn_percent": 1001}, "tier_percent_range"),
        ("ice", {"threshold": 1000, "earn_percent": 1000}, None),
        ("snow", {"earn_percent": 1}, None),
    ],
)
def test_what_may_change(db: Session, code: str, changes: dict[str, int], key: str | None) -> None:
    make.tiers(db)
    if key is None:
        row = change(db, code, **changes)
        assert {name: getattr(row, name) for name in changes} == changes
        return
    with pytest.raises(Refused) as refused:
        change(db, code, **changes)
    assert refused.value.key == key


def test_the_first_of_all_is_where_everybody_begins(db: Session) -> None:
    with pytest.raises(Refused) as refused:
        add(db, "ice", 1000)
    assert refused.value.key == "tier_lowest_above_zero"


def test_what_is_not_taken_away(db: Session) -> None:
    make.tiers(db)
    for code, key in (("snow", "tier_lowest"), ("ice", "tier_held")):
        make.member(db).tier = "ice"
        with pytest.raises(Refused) as refused:
            member.remove_tier(db, code=code)
        assert refused.value.key == key
    with pytest.raises(NotFound):
        member.remove_tier(db, code="gold")
    assert order(db) == ["snow", "ice", "peak"]


def test_who_joined_while_there_was_no_tier_gets_the_lowest(db: Session, now) -> None:
    early = [make.member(db) for _ in range(3)]
    keen, gone, shop = make.member(db, points=1000), make.member(db), make.store(db)
    walk_in = member.walk_in(db, store_id=shop.id, now=now)
    member.recompute_tier(db, member_id=keen.member_id, now=now)
    member.erase(db, member_id=gone.member_id, now=now)
    assert member.give_lowest_tier(db, now=now) == 0
    make.tiers(db)
    assert [member.give_lowest_tier(db, now=now, limit=3) for _ in range(3)] == [3, 1, 0]
    db.expire_all()
    assert [row.tier for row in (*early, keen, gone, walk_in)] == ["snow"] * 3 + ["ice", None, None]
    assert keen.tier_until is not None
    assert member.review_tiers(db, now=now) == 0


def test_holders_are_found_without_reading_all_members(db: Session) -> None:
    db.execute(text("set local enable_seqscan = off"))
    for condition in ("tier = 'ice'", "tier is null and kind = 'person'"):
        plan = "\n".join(db.scalars(text(f"explain select member_id from member where {condition} limit 1")))
        assert "member_tier_kind_idx" in plan
