"""The points ledger: earned, pending, spent, taken back, given back, lapsed."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from center_core import member
from center_core.kit import Refused, Session, uuid7
from tests import make

WEEK = timedelta(days=7)
TWO_YEARS = timedelta(days=731)


def order() -> tuple[str, UUID]:
    return ("order", uuid7())


def balance(db: Session, row: member.Member) -> tuple[int, int, int]:
    found = member.balance(db, row.member_id)
    return (found.available, found.pending, found.lifetime)


def told(db: Session) -> list[tuple[str, int]]:
    rows = db.execute(text("select body from outbox where name = 'PointsPosted' order by id"))
    return [(body["kind"], body["amount"]) for (body,) in rows]


@pytest.fixture
def row(db: Session) -> member.Member:
    return make.member(db)


@pytest.fixture(autouse=True)
def _sound(db: Session):
    yield
    assert list(member.check(db)) == []


def earn(db: Session, row: member.Member, points: int, at: datetime, **more) -> tuple[str, UUID]:
    source = more.pop("source", None) or order()
    member.earn(db, member_id=row.member_id, points=points, source=source, now=at, **more)
    return source


def spend(db: Session, row: member.Member, points: int, at: datetime) -> tuple[str, UUID]:
    source = order()
    member.spend(db, member_id=row.member_id, points=points, source=source, now=at)
    return source


def test_nobody_starts_with_anything(db: Session, row) -> None:
    assert balance(db, row) == (0, 0, 0)


def test_points_are_pending_until_their_day(db: Session, row, now) -> None:
    earn(db, row, 100, now, pending_until=now + WEEK)
    assert balance(db, row) == (0, 100, 100)
    assert member.release_points(db, now=now + WEEK - timedelta(seconds=1)) == 0
    assert member.release_points(db, now=now + WEEK) == 1
    assert balance(db, row) == (100, 0, 100)
    assert member.release_points(db, now=now + WEEK) == 0
    assert told(db) == [("earn", 100), ("release", 100)]


def test_each_lot_is_released_on_its_own_day(db: Session, row, now) -> None:
    earn(db, row, 1, now, pending_until=now + 3 * WEEK)
    earn(db, row, 10, now, pending_until=now + WEEK)
    earn(db, row, 100, now, pending_until=now + 2 * WEEK)
    seen = []
    for weeks in (1, 2, 3):
        member.release_points(db, now=now + weeks * WEEK)
        seen.append(balance(db, row)[:2])
    assert seen == [(10, 101), (110, 1), (111, 0)]


def test_the_same_source_earns_once(db: Session, row, now) -> None:
    source = earn(db, row, 100, now)
    again = member.earn(db, member_id=row.member_id, points=999, source=source, now=now + WEEK)
    assert again.amount == 100
    assert balance(db, row) == (100, 0, 100)
    assert told(db) == [("earn", 100)]


def test_no_points_are_no_posting_and_negative_ones_a_mistake(db: Session, row, now) -> None:
    assert member.earn(db, member_id=row.member_id, points=0, source=order(), now=now) is None
    with pytest.raises(ValueError, match="negative"):
        earn(db, row, -1, now)
    with pytest.raises(ValueError, match="at least one"):
        spend(db, row, 0, now)


def test_only_what_is_available_can_be_spent(db: Session, row, now) -> None:
    earn(db, row, 100, now)
    earn(db, row, 50, now, pending_until=now + WEEK)
    with pytest.raises(Refused) as refusal:
        spend(db, row, 101, now)
    assert (refusal.value.key, refusal.value.reasons) == ("points_short", {"points": 101, "available": 100})
    spend(db, row, 100, now)
    assert balance(db, row) == (0, 50, 150)


def test_the_same_source_spends_once(db: Session, row, now) -> None:
    earn(db, row, 100, now)
    source = spend(db, row, 60, now)
    assert member.spend(db, member_id=row.member_id, points=60, source=source, now=now).amount == -60
    assert balance(db, row) == (40, 0, 100)


def test_what_was_spent_is_given_back_once(db: Session, row, now) -> None:
    earn(db, row, 100, now)
    source = spend(db, row, 60, now)
    assert member.give_back(db, member_id=row.member_id, source=source, now=now).amount == 60
    assert member.give_back(db, member_id=row.member_id, source=source, now=now).amount == 60
    assert member.give_back(db, member_id=row.member_id, source=order(), now=now) is None
    assert balance(db, row) == (100, 0, 100)


@pytest.mark.parametrize(
    ("pending", "returns", "left"),
    [
        (True, [None], (0, 0, 0)),
        (True, [30], (0, 70, 70)),
        (True, [30, 30, 30, 30], (0, 0, 0)),
        (False, [30, 70, 1], (0, 0, 0)),
        (False, [10_000], (0, 0, 0)),
        (False, [30, None], (0, 0, 0)),
    ],
)
def test_returns_take_back_what_the_order_earned_and_no_more(
    db: Session, row, pending, returns, left
) -> None:
    now = row.joined_at
    source = earn(db, row, 100, now, pending_until=now + WEEK if pending else None)
    for points in returns:
        member.reverse(
            db, member_id=row.member_id, source=source, points=points, by=("order_return", uuid7()), now=now
        )
    assert balance(db, row) == left


def test_one_return_takes_once_however_often_it_is_told(db: Session, row, now) -> None:
    source = earn(db, row, 100, now)
    back = ("order_return", uuid7())
    for _ in range(2):
        member.reverse(db, member_id=row.member_id, source=source, points=40, by=back, now=now)
    assert balance(db, row) == (60, 0, 60)


def test_a_return_that_earned_nothing_takes_nothing(db: Session, row, now) -> None:
    assert member.reverse(db, member_id=row.member_id, source=order(), now=now) is None


def test_points_spent_before_a_return_are_owed(db: Session, row, now) -> None:
    source = earn(db, row, 100, now)
    spend(db, row, 80, now)
    member.reverse(db, member_id=row.member_id, source=source, now=now)
    assert balance(db, row) == (-80, 0, 0)
    with pytest.raises(Refused):
        spend(db, row, 1, now)
    earn(db, row, 100, now)
    assert balance(db, row) == (20, 0, 100)


def test_half_a_return_before_the_release_half_after(db: Session, row, now) -> None:
    source = earn(db, row, 100, now, pending_until=now + WEEK)
    member.reverse(db, member_id=row.member_id, source=source, points=40, by=order(), now=now)
    member.release_points(db, now=now + WEEK)
    assert balance(db, row) == (60, 0, 60)
    member.reverse(db, member_id=row.member_id, source=source, by=order(), now=now + WEEK)
    assert balance(db, row) == (0, 0, 0)


def test_a_lot_returned_whole_leaves_nothing_to_release(db: Session, row, now) -> None:
    source = earn(db, row, 100, now, pending_until=now + WEEK)
    member.reverse(db, member_id=row.member_id, source=source, now=now)
    assert member.release_points(db, now=now + WEEK) == 1
    assert member.release_points(db, now=now + WEEK) == 0
    assert balance(db, row) == (0, 0, 0)


def test_points_lapse_24_months_after_they_became_available(db: Session, row, now) -> None:
    earn(db, row, 100, now)
    earn(db, row, 10, now, pending_until=now + WEEK)
    member.release_points(db, now=now + WEEK)
    assert member.points_expiring(db, member_id=row.member_id, before=now + TWO_YEARS) == 100
    day = datetime(2028, 11, 20, 4, 0, tzinfo=now.tzinfo)
    assert member.expire_points(db, now=day - timedelta(seconds=1)) == 0
    assert member.expire_points(db, now=day) == 1
    assert balance(db, row) == (10, 0, 110)
    member.expire_points(db, now=day + WEEK)
    assert balance(db, row) == (0, 0, 110)
    assert told(db)[-2:] == [("expire", -100), ("expire", -10)]


def test_points_that_nobody_released_in_time_lapse_all_the_same(db: Session, row, now) -> None:
    earn(db, row, 10, now, pending_until=now + WEEK)
    assert member.expire_points(db, now=now + TWO_YEARS + WEEK) == 1
    assert balance(db, row) == (0, 0, 10)
    assert member.release_points(db, now=now + TWO_YEARS + WEEK) == 0
    assert told(db) == [("earn", 10), ("release", 10), ("expire", -10)]


@pytest.mark.parametrize(
    ("spent", "lapses_first", "lapses_then"),
    [(0, 100, 50), (30, 70, 50), (100, 0, 50), (120, 0, 30), (150, 0, 0)],
)
def test_the_oldest_points_are_spent_first(db: Session, row, spent, lapses_first, lapses_then) -> None:
    now = row.joined_at
    earn(db, row, 100, now)
    earn(db, row, 50, now + 10 * WEEK)
    if spent:
        spend(db, row, spent, now + 11 * WEEK)
    before = balance(db, row)[0]
    member.expire_points(db, now=now + TWO_YEARS)
    assert before - balance(db, row)[0] == lapses_first
    member.expire_points(db, now=now + TWO_YEARS + 10 * WEEK)
    assert balance(db, row)[0] == 0
    assert before - lapses_first == lapses_then


def test_points_given_back_after_their_lot_lapsed_lapse_too(db: Session, row, now) -> None:
    earn(db, row, 100, now)
    source = spend(db, row, 100, now)
    member.expire_points(db, now=now + TWO_YEARS)
    member.give_back(db, member_id=row.member_id, source=source, now=now + TWO_YEARS)
    assert balance(db, row)[0] == 100
    assert member.expire_points(db, now=now + TWO_YEARS) == 1
    assert balance(db, row)[0] == 0


def test_a_return_after_the_points_lapsed_takes_nothing_twice(db: Session, row, now) -> None:
    source = earn(db, row, 100, now)
    member.expire_points(db, now=now + TWO_YEARS)
    assert member.reverse(db, member_id=row.member_id, source=source, now=now + TWO_YEARS) is None
    assert balance(db, row)[0] == 0


def test_sweeps_take_some_members_at_a_time(db: Session, now) -> None:
    for _ in range(5):
        earn(db, make.member(db), 10, now, pending_until=now + WEEK)
    assert [member.release_points(db, now=now + WEEK, limit=2) for _ in range(4)] == [2, 2, 1, 0]


def test_the_statement_is_paged_and_newest_first(db: Session, row, now) -> None:
    for points in (1, 2, 3, 4, 5):
        earn(db, row, points, now)
    seen, after = [], None
    while True:
        page = member.postings(db, member_id=row.member_id, after=after, limit=2)
        seen += [line.amount for line in page.rows]
        if (after := page.after) is None:
            break
    assert seen == [5, 4, 3, 2, 1]


def test_a_batch_posts_for_many_members_and_again_for_none(db: Session, now) -> None:
    rows = [make.member(db) for _ in range(3)]
    # One member wins twice within the batch, and one was credited before.
    members = [rows[0].member_id, rows[1].member_id, rows[0].member_id, rows[2].member_id]
    plays = [uuid7() for _ in members]
    earn(db, rows[2], 7, now, source=("play", plays[3]))
    batch = text(
        "select points_earn_batch(:at, cast(:m as uuid[]), cast(:i as uuid[]), cast(:p as int[]), 'play', "
        "cast(:s as uuid[]))"
    )
    arguments = {"at": now, "m": members, "i": [uuid7() for _ in members], "p": [10, 20, 5, 99], "s": plays}
    assert db.scalar(batch, arguments) == 3
    assert db.scalar(batch, {**arguments, "i": [uuid7() for _ in members]}) == 0
    assert [balance(db, row)[0] for row in rows] == [15, 20, 7]
