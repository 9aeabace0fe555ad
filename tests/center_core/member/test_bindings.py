"""Whose member: one guide at a time, and a history."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from center_core import member
from center_core.kit import NotFound, Session, uuid7
from tests import make


def test_a_handover_ends_one_binding_and_opens_another(db: Session, now) -> None:
    store = make.store(db)
    before, after = make.guide(db, store), make.guide(db, store)
    row = make.member(db, store=store, guide=before)
    later = now + timedelta(days=1)
    member.bind(
        db, member_id=row.member_id, staff_id=after.id, store_id=store.id, reason="handover", now=later
    )
    assert member.guide_of(db, row.member_id).staff_id == after.id
    history = [(b.staff_id, b.since, b.until, b.reason) for b in member.bindings(db, row.member_id)]
    assert history == [(after.id, later, None, "handover"), (before.id, now, later, "join")]


def test_binding_to_the_same_guide_changes_and_tells_nothing(db: Session, now) -> None:
    store = make.store(db)
    guide = make.guide(db, store)
    row = make.member(db, store=store, guide=guide)
    again = member.bind(
        db, member_id=row.member_id, staff_id=guide.id, store_id=store.id, reason="handover", now=now
    )
    assert again.reason == "join"
    assert db.scalar(text("select count(*) from outbox where name = 'MemberBound'")) == 1


def test_an_unknown_member_is_bound_to_nobody(db: Session, now) -> None:
    store = make.store(db)
    guide = make.guide(db, store)
    with pytest.raises(NotFound):
        member.bind(db, member_id=uuid7(), staff_id=guide.id, store_id=store.id, reason="x", now=now)
