"""Points are spent once, and every batch and sweep finds its end."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import select, text, update

from center_core import member
from center_core.kit import Database, Session, uuid7
from center_core.member import points
from center_core.member.models import PointsBalance
from tests import make

from .at_once import PATIENCE, Act, at_once, overtaking


@pytest.fixture
def saver(database: Database) -> UUID:
    """A member with 100 points."""
    with database.transaction() as db:
        return make.member(db, points=100).member_id


def spend(
    member_id: UUID, points: int, now: datetime, source: UUID | None = None
) -> Callable[[Session], object]:
    return lambda db: member.spend(
        db, member_id=member_id, points=points, source=("gift", source or uuid7()), now=now
    )


def left(database: Database, member_id: UUID) -> int:
    with database.transaction() as db:
        assert list(member.check(db)) == []
        return member.balance(db, member_id).available


def test_a_hundred_points_buy_three_gifts_of_thirty(database: Database, saver: UUID, now: datetime) -> None:
    outcome = at_once(database, *[spend(saver, 30, now) for _ in range(8)])
    assert outcome == {"done": 3, "points_short": 5}
    assert left(database, saver) == 10


def test_looking_before_taking_spends_what_is_not_there(
    database: Database, saver: UUID, now: datetime
) -> None:
    """The twin: the balance is read, then compared, then lowered."""
    both_have_looked = Barrier(2)

    def look_then_take(db: Session) -> None:
        available = db.scalar(select(PointsBalance.available)) or 0
        both_have_looked.wait(PATIENCE)
        if available >= 80:
            db.execute(update(PointsBalance).values(available=PointsBalance.available - 80))

    assert at_once(database, look_then_take, look_then_take) == {"done": 2}
    with database.transaction() as db:
        assert member.balance(db, saver).available == -60


def test_one_gift_asked_for_many_times_at_once_is_paid_once(
    database: Database, saver: UUID, now: datetime
) -> None:
    gift = uuid7()
    assert at_once(database, *[spend(saver, 30, now, gift) for _ in range(6)]) == {"done": 6}
    assert left(database, saver) == 70


def test_one_order_told_many_times_at_once_earns_once(database: Database, saver: UUID, now: datetime) -> None:
    order = ("order", uuid7())

    def earn(db: Session) -> None:
        posting = member.earn(db, member_id=saver, points=50, source=order, now=now)
        assert posting is not None

    assert at_once(database, *[earn] * 6) == {"done": 6}
    assert left(database, saver) == 150


def test_one_return_told_many_times_at_once_takes_once(
    database: Database, saver: UUID, now: datetime
) -> None:
    order, back = ("order", uuid7()), ("order_return", uuid7())
    with database.transaction() as db:
        member.earn(db, member_id=saver, points=50, source=order, now=now)

    def reverse(db: Session) -> None:
        member.reverse(db, member_id=saver, source=order, points=20, by=back, now=now)

    assert at_once(database, *[reverse] * 6) == {"done": 6}
    assert left(database, saver) == 130


def test_returns_at_once_do_not_take_more_than_was_earned(
    database: Database, saver: UUID, now: datetime
) -> None:
    order = ("order", uuid7())
    with database.transaction() as db:
        member.earn(db, member_id=saver, points=50, source=order, now=now)

    def reverse(db: Session) -> None:
        by = ("order_return", uuid7())
        member.reverse(db, member_id=saver, source=order, points=20, by=by, now=now)

    assert at_once(database, *[reverse] * 6) == {"done": 6}
    assert left(database, saver) == 100


@pytest.fixture
def unheld(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody holds the balance while looking at what was taken before."""
    monkeypatch.setattr(points, "lock_balance", lambda _db, _member_id: None)


@pytest.mark.usefixtures("unheld")
def test_without_holding_the_balance_a_return_told_twice_fails_or_takes_twice(
    database: Database, saver: UUID, now: datetime
) -> None:
    """The twin: the posting's key still keeps the books; without it, too, one return takes twice."""
    order = ("order", uuid7())
    with database.transaction() as db:
        member.earn(db, member_id=saver, points=50, source=order, now=now)

    def reverse(by: tuple[str, UUID]) -> Act:
        return lambda db: member.reverse(db, member_id=saver, source=order, points=20, by=by, now=now)

    back = reverse(("order_return", uuid7()))
    first, second = overtaking(database, back, back)
    assert first == "done"
    assert second.startswith("IntegrityError")
    assert left(database, saver) == 130
    with database.transaction() as db:
        key = (
            "select conname from pg_constraint where conrelid = 'points_posting'::regclass and contype = 'u'"
        )
        db.execute(text(f"alter table points_posting drop constraint {db.scalar(text(key))}"))
    again = reverse(("order_return", uuid7()))
    assert overtaking(database, again, again) == ("done", "done")
    with database.transaction() as db:
        assert member.balance(db, saver).available == 90


@pytest.mark.usefixtures("unheld")
def test_without_holding_the_balance_more_is_taken_than_was_earned(
    database: Database, saver: UUID, now: datetime
) -> None:
    order = ("order", uuid7())
    with database.transaction() as db:
        member.earn(db, member_id=saver, points=50, source=order, now=now)

    def reverse(db: Session) -> None:
        by = ("order_return", uuid7())
        member.reverse(db, member_id=saver, source=order, points=40, by=by, now=now)

    assert overtaking(database, reverse, reverse) == ("done", "done")
    with database.transaction() as db:
        assert member.balance(db, saver).available == 70


def test_batches_sweeps_and_spending_do_not_wait_in_a_circle(database: Database, now: datetime) -> None:
    week = now + timedelta(days=7)
    with database.transaction() as db:
        ids = [make.member(db, points=100).member_id for _ in range(10)]
        for member_id in ids:
            member.earn(
                db, member_id=member_id, points=10, source=("order", uuid7()), pending_until=week, now=now
            )
    statement = text(
        "select points_earn_batch(:at, cast(:m as uuid[]), cast(:i as uuid[]), cast(:p as int[]), 'play', "
        "cast(:s as uuid[]))"
    )

    def batch(order: list[UUID]) -> Callable[[Session], object]:
        sources = [uuid7() for _ in order]
        arguments = {
            "at": now,
            "m": order,
            "i": [uuid7() for _ in order],
            "p": [1] * len(order),
            "s": sources,
        }
        return lambda db: db.execute(statement, arguments)

    acts = [batch(ids), batch(ids[::-1]), batch(ids[3:] + ids[:3])]
    acts += [lambda db: member.release_points(db, now=week), lambda db: member.expire_points(db, now=week)]
    acts += [spend(ids[0], 5, now), spend(ids[-1], 5, now)]
    assert at_once(database, *acts) == {"done": 7}
    assert [left(database, member_id) for member_id in ids] == [108, *[113] * 8, 108]
