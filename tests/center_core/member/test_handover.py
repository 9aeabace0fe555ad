"""A guide leaves: nobody is left with a guide who never answers, and who comes back may have their members again."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from center_core import channel, member, user
from center_core.kit import Session
from tests import make


@pytest.fixture
def store(db: Session) -> channel.Store:
    return make.store(db)


def members_of(db: Session, guide: user.Staff) -> set[UUID]:
    return {row.member_id for row in member.members_of(db, staff_id=guide.id, limit=1000).rows}


def with_members(db: Session, store: channel.Store, count: int) -> user.Staff:
    guide = make.guide(db, store)
    for _ in range(count):
        make.member(db, store=store, guide=guide)
    return guide


def test_each_member_goes_to_whoever_has_the_fewest(db: Session, store: channel.Store, now: datetime) -> None:
    leaving = with_members(db, store, 5)
    busy, idle = with_members(db, store, 4), with_members(db, store, 1)
    gone = with_members(db, store, 0)
    user.deactivate(db, staff_id=gone.id, now=now)
    theirs = members_of(db, leaving)
    planned = member.handover_plan(db, staff_id=leaving.id)
    assert [(share.staff.id, share.count) for share in planned if share.staff] == [(busy.id, 1), (idle.id, 4)]
    assert member.hand_over(db, staff_id=leaving.id, now=now) == planned
    assert members_of(db, leaving) == set()
    assert theirs < members_of(db, busy) | members_of(db, idle)
    told = db.execute(
        text("select body->>'staff_id', body->>'count' from outbox where name = 'MembersHandedOver'")
    )
    assert {tuple(row) for row in told} == {(str(busy.id), "1"), (str(idle.id), "4")}
    for one in (busy, idle):
        given = member.handed_over(db, staff_id=one.id, store_id=store.id, at=now)
        assert set(given) == members_of(db, one) & theirs
    one = member.bindings(db, next(iter(theirs)))
    assert [(row.staff_id == leaving.id, row.until, row.reason) for row in one] == [
        (False, None, "departure"), (True, now, "join"),
    ]  # fmt: skip


def test_where_no_guide_is_left_the_manager_stands_in_and_without_one_nobody(
    db: Session, store: channel.Store, now: datetime
) -> None:
    leaving = with_members(db, store, 2)
    elsewhere = make.store(db)
    manager = make.staff(db, role="manager", store=store, password=None)
    for who in (make.member(db), make.member(db)):
        member.bind(
            db, member_id=who.member_id, staff_id=leaving.id, store_id=elsewhere.id, reason="x", now=now
        )
    make.staff(db, role="service", store=elsewhere, password=None)
    shares = member.hand_over(db, staff_id=leaving.id, now=now + timedelta(days=1))
    assert {(share.store_id, share.staff and share.staff.id, share.count) for share in shares} == {
        (store.id, manager.id, 2), (elsewhere.id, None, 2),
    }  # fmt: skip
    assert len(members_of(db, manager)) == 2
    assert members_of(db, leaving) == set()


def test_who_comes_back_gets_those_whom_nobody_chose_another_guide_for(
    db: Session, store: channel.Store, now: datetime
) -> None:
    leaving, other = with_members(db, store, 4), with_members(db, store, 0)
    stays, forgotten, *theirs = sorted(members_of(db, leaving))
    third = make.guide(db, store)
    later = now + timedelta(days=3)
    user.deactivate(db, staff_id=leaving.id, now=now)
    member.hand_over(db, staff_id=leaving.id, now=now)
    for guide in (third, other):
        member.bind(db, member_id=stays, staff_id=guide.id, store_id=store.id, reason="handover", now=later)
    member.erase(db, member_id=forgotten, now=later)
    user.reactivate(db, staff_id=leaving.id)
    assert user.staff(db, leaving.id).active
    assert member.members_to_return(db, staff_id=leaving.id) == 2
    assert member.return_members(db, staff_id=leaving.id, now=later) == 2
    assert members_of(db, leaving) == set(theirs)
    assert stays in members_of(db, other)
    assert member.members_to_return(db, staff_id=leaving.id) == 0
    assert [row.reason for row in member.bindings(db, theirs[0])] == ["return", "departure", "join"]


def test_who_was_left_without_a_guide_is_given_back_too(
    db: Session, store: channel.Store, now: datetime
) -> None:
    alone = with_members(db, store, 2)
    theirs = members_of(db, alone)
    user.deactivate(db, staff_id=alone.id, now=now)
    assert [share.staff for share in member.hand_over(db, staff_id=alone.id, now=now)] == [None]
    assert member.return_members(db, staff_id=alone.id, now=now + timedelta(days=1)) == 2
    assert members_of(db, alone) == theirs


def test_a_handover_of_many_takes_as_few_statements_as_one_of_two(
    db: Session, store: channel.Store, now: datetime
) -> None:
    from sqlalchemy import event

    sent: list[str] = []
    event.listen(db.connection(), "before_cursor_execute", lambda *said: sent.append(said[2]))
    counts = []
    for count in (2, 40):
        leaving, _ = with_members(db, store, count), with_members(db, store, 0)
        del sent[:]
        member.hand_over(db, staff_id=leaving.id, now=now)
        counts.append(len(sent))
    assert counts[0] == counts[1]
