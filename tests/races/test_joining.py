"""One phone number is one member, however often its owner presses the button."""

from collections.abc import Callable
from datetime import datetime
from threading import Thread
from uuid import UUID

from sqlalchemy import func, select, text

from center_core import channel, member
from center_core.kit import Database, Session
from center_core.member.models import Binding, Member
from tests import make

from .at_once import PATIENCE, at_once

PHONE = "13800138000"


def members(database: Database) -> int:
    with database.transaction() as db:
        return db.scalar(select(func.count()).select_from(Member)) or 0


def test_many_joins_with_one_phone_are_one_member(database: Database, now: datetime) -> None:
    seen = []

    def join(db: Session) -> None:
        row, is_new = member.join(db, phone=PHONE, consent_version="1", now=now)
        seen.append((row.member_id, is_new))

    assert at_once(database, *[join] * 8) == {"done": 8}
    assert len({member_id for member_id, _ in seen}) == 1
    assert sum(is_new for _, is_new in seen) == 1
    assert members(database) == 1
    with database.transaction() as db:
        assert list(member.check(db)) == []
        assert db.scalar(text("select count(*) from outbox where name = 'MemberJoined'")) == 1


def test_the_second_join_waits_for_the_first_and_finds_its_member(database: Database, now: datetime) -> None:
    found = []

    def join_too() -> None:
        with database.transaction() as db:
            found.append(member.join(db, phone=PHONE, consent_version="1", now=now))

    with database.transaction() as db:
        first, _ = member.join(db, phone=PHONE, consent_version="1", now=now)
        second = Thread(target=join_too)
        second.start()
        second.join(0.3)
        assert not found
    second.join(PATIENCE)
    assert [(row.member_id, is_new) for row, is_new in found] == [(first.member_id, False)]


def test_without_the_directorys_key_there_are_two_members(database: Database, now: datetime) -> None:
    with database.transaction() as db:
        db.execute(text("alter table identity drop constraint identity_pkey"))
    with database.transaction() as one, database.transaction() as other:
        for db in (one, other):
            assert member.join(db, phone=PHONE, consent_version="1", now=now)[1]
    assert members(database) == 2


def test_a_store_gets_one_walk_in_account(database: Database, now: datetime) -> None:
    with database.transaction() as db:
        store = make.store(db)
    outcome = at_once(database, *[lambda db: member.walk_in(db, store_id=store.id, now=now)] * 6)
    assert outcome == {"done": 6}
    assert members(database) == 1


def test_two_tills_selling_to_nobody_in_particular_share_the_account(
    database: Database, now: datetime
) -> None:
    with database.transaction() as db:
        store, sku = make.store(db), make.sku(db)
        make.stock(db, store, sku, 4)

    def sell(db: Session) -> None:
        make.sale(db, store, lines=[(sku, 1)], stocked=False, now=now)

    assert at_once(database, *[sell] * 4) == {"done": 4}
    assert members(database) == 1
    with database.transaction() as db:
        assert db.scalar(text('select count(distinct member_id) from "order"')) == 1


def test_without_the_directorys_key_a_store_has_two_walk_in_accounts(
    database: Database, now: datetime
) -> None:
    with database.transaction() as db:
        store = make.store(db)
        db.execute(text("alter table identity drop constraint identity_pkey"))
    with database.transaction() as one, database.transaction() as other:
        accounts = {member.walk_in(db, store_id=store.id, now=now).member_id for db in (one, other)}
    assert len(accounts) == members(database) == 2


def bind_to(
    guide_id: UUID, store: channel.Store, member_id: UUID, now: datetime
) -> Callable[[Session], None]:
    def act(db: Session) -> None:
        member.bind(db, member_id=member_id, staff_id=guide_id, store_id=store.id, reason="handover", now=now)

    return act


def test_many_handovers_at_once_leave_one_guide(database: Database, now: datetime) -> None:
    with database.transaction() as db:
        store = make.store(db)
        guides = [make.guide(db, store).id for _ in range(6)]
        row = make.member(db)
    acts = [bind_to(guide, store, row.member_id, now) for guide in guides]
    assert at_once(database, *acts) == {"done": 6}
    with database.transaction() as db:
        assert len(member.bindings(db, row.member_id)) == 6
        assert [each.until is None for each in member.bindings(db, row.member_id)].count(True) == 1


def test_without_locking_the_member_there_are_two_guides(database: Database, now: datetime) -> None:
    with database.transaction() as db:
        store = make.store(db)
        guides = [make.guide(db, store).id for _ in range(2)]
        row = make.member(db)
        db.execute(text("drop index binding_open_idx"))
    with database.transaction() as one, database.transaction() as other:
        for db, guide in zip((one, other), guides, strict=True):
            # What `bind` does after its lock: end the open binding, if it sees one, and open the next.
            assert member.guide_of(db, row.member_id) is None
            db.add(
                Binding(
                    member_id=row.member_id, id=guide, staff_id=guide, store_id=store.id, since=now, reason=""
                )
            )
            db.flush()
    with database.transaction() as db:
        assert [each.until for each in member.bindings(db, row.member_id)] == [None, None]
