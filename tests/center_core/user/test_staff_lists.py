"""Lists of staff, and the audit log."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from center_core import user
from center_core.kit import NotFound, Session, uuid7
from tests import make


def test_pages_of_staff_are_complete_and_in_order(db: Session) -> None:
    for login in ("b", "d", "a", "c", "e"):
        make.staff(db, login=login, password=None)
    seen, after = [], None
    while True:
        page = user.staff_list(db, after=after, limit=2)
        seen += [row.login for row in page.rows]
        if (after := page.after) is None:
            break
    assert seen == ["a", "b", "c", "d", "e"]


def test_pages_of_one_stores_staff_are_full(db: Session) -> None:
    """Whoever sorts before them by login works elsewhere, and does not take up their places."""
    here, elsewhere = make.store(db), make.store(db)
    for number in range(4):
        make.staff(db, login=f"a{number}", store=elsewhere, password=None)
        make.staff(db, login=f"b{number}", store=here, password=None)
    first = user.staff_list(db, store_ids={here.id}, limit=3)
    rest = user.staff_list(db, store_ids={here.id}, limit=3, after=first.after)
    assert [row.login for row in (*first.rows, *rest.rows)] == ["b0", "b1", "b2", "b3"]
    assert rest.after is None
    assert user.staff_list(db, store_ids=()).rows == []


def test_staff_are_found_by_part_of_login_or_name(db: Session) -> None:
    user.create_staff(db, login="w_l", name={"zh": "王丽", "en": "Wang Li"})
    user.create_staff(db, login="other", name={"zh": "赵"})
    for q in ("w_", "丽", "ang l", "W_L"):
        assert [row.login for row in user.staff_list(db, q=q).rows] == ["w_l"]
    assert user.staff_list(db, q="%").rows == []


def test_only_guides_look_after_members(db: Session, now) -> None:
    store = make.store(db)
    guide = make.guide(db, store)
    manager = make.staff(db, role="manager", store=store, password=None)
    gone = make.guide(db, store)
    user.deactivate(db, staff_id=gone.id, now=now)
    assert user.guides_of_store(db, store.id) == [guide]
    assert set(user.staff_of_store(db, store.id)) == {guide, manager}


def test_unknown_staff(db: Session) -> None:
    with pytest.raises(NotFound):
        user.staff(db, uuid7())


def test_the_audit_log_shows_the_newest_first_and_by_subject(db: Session, now) -> None:
    actor = user.Actor("staff", uuid7(), "10.0.0.1")
    for number in range(5):
        subject = f"campaign:{number % 2}"
        user.record(db, actor=actor, verb="campaign.edit", subject=subject, detail={"n": number}, now=now)
    first = user.audit_log(db, limit=3)
    rest = user.audit_log(db, after=first.after, limit=3)
    assert [row.detail["n"] for row in (*first.rows, *rest.rows)] == [4, 3, 2, 1, 0]
    assert rest.after is None
    assert [row.detail["n"] for row in user.audit_log(db, subject="campaign:1").rows] == [3, 1]


@pytest.mark.parametrize(
    "change", ["delete from audit", "update audit set verb = 'nothing'", "truncate audit"]
)
def test_the_audit_log_only_grows(db: Session, now, change) -> None:
    user.record(db, actor=user.SYSTEM, verb="campaign.end", subject="campaign:1", now=now)
    with pytest.raises(IntegrityError, match="only grows"), db.begin_nested():
        db.execute(text(change))
    assert len(user.audit_log(db).rows) == 1
