"""Finding members by what a guide or a customer service desk remembers; profile and tags."""

from datetime import date

import pytest

from center_core import member
from center_core.kit import NotFound, Refused, Session, uuid7
from tests import make

PHONE = "13912345678"


@pytest.mark.parametrize(
    "q", ["王", "王小", "wang", "Wang X", "5678", PHONE, "139 1234 5678", "+86 13912345678"]
)
def test_headquarters_finds_a_member_by(db: Session, q: str) -> None:
    row = make.member(db, name="王小明", phone=PHONE)
    make.member(db, name="李雷")
    assert member.search(db, q=q).rows == [row]


@pytest.mark.parametrize("q", ["小明", "wxm", "xiaom", "5679", "13912345679", "%", "_", "\\", "nobody"])
def test_headquarters_does_not_find_a_member_by(db: Session, q: str) -> None:
    make.member(db, name="王小明", phone=PHONE)
    rows = member.search(db, q=q).rows
    assert rows == []


@pytest.mark.parametrize("q", ["小明", "明", "wxm", "wangxiao", "WXM", "5678"])
def test_a_guide_finds_their_member_by(db: Session, q: str) -> None:
    store = make.store(db)
    guide = make.guide(db, store)
    row = make.member(db, name="王小明", phone=PHONE, store=store, guide=guide)
    make.member(db, name="李雷", store=store, guide=guide)
    assert member.members_of(db, staff_id=guide.id, q=q).rows == [row]
    assert member.search(db, store_ids=[store.id], q=q).rows == [row]


def test_card_numbers_find_their_member(db: Session) -> None:
    row = make.member(db)
    assert member.search(db, q=row.number).rows == [row]
    assert member.by_card(db, "123") is None


def test_a_guide_sees_only_their_own_and_a_store_only_its_own(db: Session, now) -> None:
    store, other = make.store(db), make.store(db)
    guide, colleague, elsewhere = make.guide(db, store), make.guide(db, store), make.guide(db, other)
    mine = make.member(db, store=store, guide=guide)
    theirs = make.member(db, store=store, guide=colleague)
    make.member(db, store=other, guide=elsewhere)
    handed = make.member(db, store=store, guide=guide)
    member.bind(
        db, member_id=handed.member_id, staff_id=elsewhere.id, store_id=other.id, reason="moved", now=now
    )
    assert member.members_of(db, staff_id=guide.id).rows == [mine]
    assert member.search(db, store_ids={store.id}).rows == [theirs, mine]
    assert member.search(db, staff_id=guide.id, store_ids={other.id}).rows == []
    assert member.search(db, store_ids=[]).rows == []


def test_pages_are_complete_and_newest_first(db: Session) -> None:
    rows = [make.member(db) for _ in range(5)]
    seen, after = [], None
    while True:
        page = member.search(db, after=after, limit=2)
        seen += page.rows
        if (after := page.after) is None:
            break
    assert seen == rows[::-1]


def test_walk_in_accounts_and_erased_members_are_not_found(db: Session, now) -> None:
    store = make.store(db)
    member.walk_in(db, store_id=store.id, now=now)
    row = make.member(db)
    member.erase(db, member_id=row.member_id, now=now)
    assert member.search(db).rows == []


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("王小明", "wangxiaoming wxm"),
        ("Anna", "anna a"),
        ("阿B", "ab ab"),
        ("重庆", "chongqing cq"),
        ("", ""),
    ],
)
def test_pinyin(name: str, pinyin: str) -> None:
    assert member.pinyin_of(name) in (pinyin, pinyin.split(" ", maxsplit=1)[0])


def test_a_profile_changes_and_the_birthday_only_once(db: Session) -> None:
    row = make.member(db)
    member.change_profile(
        db, member_id=row.member_id, name="李雷", gender="male", birthday=date(1990, 2, 28), locale="en"
    )
    assert (row.name, row.name_pinyin, row.gender, row.locale) == ("李雷", "lilei ll", "male", "en")
    member.change_profile(db, member_id=row.member_id, gender="dragon", birthday=date(1990, 2, 28))
    assert row.gender is None
    with pytest.raises(Refused) as refusal:
        member.change_profile(db, member_id=row.member_id, birthday=date(1991, 2, 28))
    assert refusal.value.key == "birthday_fixed"


def test_tags(db: Session, now) -> None:
    row = make.member(db)
    for tag in ("skier", " down  lover ", "skier"):
        member.add_tag(db, member_id=row.member_id, tag=tag, now=now)
    assert member.tags(db, row.member_id) == ["down lover", "skier"]
    member.remove_tag(db, member_id=row.member_id, tag="skier")
    assert member.tags(db, row.member_id) == ["down lover"]
    for tag in ("", "  ", "x" * 31):
        with pytest.raises(Refused) as refusal:
            member.add_tag(db, member_id=row.member_id, tag=tag, now=now)
        assert refusal.value.key == "tag_invalid"


def test_several_members_at_once(db: Session) -> None:
    rows = [make.member(db, name=name) for name in ("甲", "乙")]
    ids = [row.member_id for row in rows]
    assert member.members(db, [*ids, uuid7()]) == dict(zip(ids, rows, strict=True))
    assert member.names_of(db, ids) == dict(zip(ids, ("甲", "乙"), strict=True))
    with pytest.raises(NotFound):
        member.member(db, uuid7())
