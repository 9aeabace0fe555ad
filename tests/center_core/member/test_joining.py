"""Joining: consent, card, guide; and joining again."""

import pytest
from sqlalchemy import text

from center_core import member, user
from center_core.kit import Refused, Session
from tests import make


def events(db: Session) -> list[str]:
    return list(db.scalars(text("select name from outbox order by id")))


def test_a_new_member_has_card_consent_tier_and_guide(db: Session, now) -> None:
    make.tiers(db)
    store = make.store(db)
    guide = make.guide(db, store)
    row, is_new = member.join(
        db,
        phone="138 0013 8000",
        name="  王  小明 ",
        store_id=store.id,
        channel_code="POSTER",
        consent_version="2026-11",
        now=now,
    )
    assert is_new
    assert (row.phone, row.phone_tail, row.name, row.tier) == ("+8613800138000", "8000", "王 小明", "snow")
    assert (row.join_store_id, row.join_code, row.joined_at) == (store.id, "POSTER", now)
    assert member.by_card(db, row.number) == member.by_phone(db, "13800138000") == row
    assert [c.document for c in member.consents(db, row.member_id)] == ["privacy"]
    binding = member.guide_of(db, row.member_id)
    assert (binding.staff_id, binding.store_id, binding.reason) == (guide.id, store.id, "join")
    assert events(db) == ["MemberJoined", "MemberBound"]


def test_joining_again_finds_the_member_and_keeps_guide_and_card(db: Session, now) -> None:
    store, other = make.store(db), make.store(db)
    guide, stranger = make.guide(db, store), make.guide(db, other)
    first = make.member(db, store=store, guide=guide)
    again, is_new = member.join(
        db,
        phone=first.phone,
        name="another name",
        store_id=other.id,
        staff_id=stranger.id,
        consent_version="2027-01",
        now=now,
    )
    assert (again, is_new) == (first, False)
    assert again.name == "王小明"
    assert member.guide_of(db, first.member_id).staff_id == guide.id
    assert [c.version for c in member.consents(db, first.member_id)] == ["2027-01", "2026-11"]


def test_without_consent_nobody_joins_but_members_come_back(db: Session, now) -> None:
    phone = make.phone_number()
    with pytest.raises(Refused) as refusal:
        member.join(db, phone=phone, now=now)
    assert refusal.value.key == "consent_missing"
    assert member.by_phone(db, phone) is None
    make.member(db, phone=phone)
    assert member.join(db, phone=phone, now=now)[1] is False


def test_the_links_guide_if_they_work_there_else_one_of_the_store(db: Session, now) -> None:
    store, other = make.store(db), make.store(db)
    here, also_here, elsewhere = make.guide(db, store), make.guide(db, store), make.guide(db, other)
    assert (
        member.guide_of(db, make.member(db, store=store, guide=also_here).member_id).staff_id == also_here.id
    )
    assert member.guide_of(db, make.member(db, store=store, guide=elsewhere).member_id).staff_id in (
        here.id, also_here.id
    )  # fmt: skip
    user.deactivate(db, staff_id=also_here.id, now=now)
    assert member.guide_of(db, make.member(db, store=store, guide=also_here).member_id).staff_id == here.id


def test_new_members_spread_over_the_stores_guides(db: Session, now) -> None:
    store = make.store(db)
    guides = {make.guide(db, store).id: 0 for _ in range(3)}
    for _ in range(60):
        guides[member.guide_of(db, make.member(db, store=store).member_id).staff_id] += 1
    assert min(guides.values()) > 5


def test_without_store_or_guides_a_member_has_no_guide(db: Session) -> None:
    assert member.guide_of(db, make.member(db).member_id) is None
    assert member.guide_of(db, make.member(db, store=make.store(db)).member_id) is None


def test_who_gives_no_name_is_called_by_their_phone(db: Session) -> None:
    assert make.member(db, name="  ", phone="13800138000").name == "·8000"
    assert len(make.member(db, name="长" * 500).name) == 40


def test_a_frozen_member_cannot_come_back_until_unfrozen(db: Session, now) -> None:
    row = make.member(db)
    member.freeze(db, member_id=row.member_id, now=now)
    with pytest.raises(Refused) as refusal:
        member.join(db, phone=row.phone, consent_version="1", now=now)
    assert refusal.value.key == "member_frozen"
    member.unfreeze(db, member_id=row.member_id)
    assert member.join(db, phone=row.phone, now=now) == (row, False)


def test_a_store_has_one_walk_in_account(db: Session, now) -> None:
    store, other = make.store(db), make.store(db)
    first = member.walk_in(db, store_id=store.id, now=now)
    assert first.kind == "walk_in"
    assert member.walk_in(db, store_id=store.id, now=now) == first
    assert member.walk_in(db, store_id=other.id, now=now) != first


def test_consent_is_taken_back_and_stays_on_record(db: Session, now) -> None:
    row = make.member(db)
    member.withdraw_consent(db, member_id=row.member_id, document="privacy", now=now)
    member.give_consent(db, member_id=row.member_id, document="privacy", version="2026-11", now=now)
    given = member.consents(db, row.member_id)
    assert [(c.version, c.withdrawn_at) for c in given] == [("2026-11", None), ("2026-11", now)]


def test_an_erased_member_names_nobody_and_the_phone_may_join_anew(db: Session, now) -> None:
    store = make.store(db)
    make.guide(db, store)
    row = make.member(db, phone="13800138000", store=store, points=100)
    member.add_tag(db, member_id=row.member_id, tag="skier", now=now)
    member.erase(db, member_id=row.member_id, now=now)
    db.expire_all()
    kept = member.member(db, row.member_id)
    assert (kept.name, kept.phone, kept.number, kept.status) == ("", None, None, "erased")
    assert member.guide_of(db, row.member_id) is None
    assert member.tags(db, row.member_id) == []
    assert member.balance(db, row.member_id).available == 100
    assert events(db)[-1] == "MemberErased"
    anew = make.member(db, phone="13800138000")
    assert anew.member_id != row.member_id
    assert list(member.check(db)) == []
