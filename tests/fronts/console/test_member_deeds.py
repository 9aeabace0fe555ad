"""Customer service lets a membership rest, forgets a member and takes a coupon away: with a reason, and on record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest

from center_core import channel, marketing, member, user
from center_core.kit import Database, utcnow
from tests import make

from .conftest import Desk

Desks = Callable[..., Desk]


@dataclass
class Case:
    """A member of a store who holds a coupon."""

    store: channel.Store
    member_id: UUID
    coupon_id: UUID

    @property
    def path(self) -> str:
        return f"/members/{self.member_id}"

    @property
    def deeds(self) -> dict[str, dict[str, str]]:
        """Each deed's path with a form that is accepted."""
        return {
            f"{self.path}/freeze": {"reason": "asked by phone"},
            f"{self.path}/unfreeze": {},
            f"{self.path}/erasure": {"reason": "asked by letter", "sure": "1"},
            f"{self.path}/coupons/{self.coupon_id}/void": {"reason": "wrong member"},
        }


@pytest.fixture
def case(database: Database) -> Case:
    at = utcnow()
    with database.transaction() as db:
        make.tiers(db)
        store = make.store(db)
        it = make.member(db, name="林晚舟", store=store, guide=make.guide(db, store), now=at)
        held = make.coupon(
            db, it, now=at, valid_from=at - timedelta(days=1), valid_until=at + timedelta(days=30)
        )
        return Case(store, it.member_id, held.id)


def status(database: Database, case: Case) -> str:
    with database.transaction() as db:
        return member.member(db, case.member_id).status


def last_deed(database: Database, case: Case) -> user.Audit:
    with database.transaction() as db:
        return user.audit_log(db, subject=f"member:{case.member_id}").rows[0]


def test_a_membership_rests_and_goes_on(desk: Desks, database: Database, case: Case) -> None:
    service = desk("service")
    assert f"{case.path}/freeze" in service.get(case.path).text
    answer = service.post(f"{case.path}/freeze", {"reason": "  card lost \n"})
    assert answer.status_code == 302
    assert status(database, case) == "frozen"
    deed = last_deed(database, case)
    assert (deed.verb, deed.detail) == ("member.freeze", {"reason": "card lost"})
    page = service.get(case.path).text
    assert "This membership rests." in page
    assert f"{case.path}/unfreeze" in page
    service.post(f"{case.path}/unfreeze")
    assert status(database, case) == "active"


def test_a_member_is_forgotten_for_good(desk: Desks, database: Database, case: Case) -> None:
    service = desk("service")
    erasure = f"{case.path}/erasure"
    assert "names nobody" in service.get(case.path).text
    assert service.post(erasure, {"reason": "asked by letter"}).status_code == 409
    assert service.post(erasure, {"sure": "1"}).status_code == 409
    assert status(database, case) == "active"
    assert service.post(erasure, {"reason": "asked by letter", "sure": "1"}).status_code == 302
    with database.transaction() as db:
        it = member.member(db, case.member_id)
        assert (it.status, it.name, it.phone, it.number) == ("erased", "", None, None)
        assert member.guide_of(db, case.member_id) is None
    assert last_deed(database, case).verb == "member.erase"
    page = service.get(case.path).text
    assert "A member who was forgotten" in page
    assert "林晚舟" not in page
    for gone in ("/freeze", "/erasure", "/guide"):
        assert f"{case.path}{gone}" not in page


def test_a_coupon_is_taken_away_with_a_reason(desk: Desks, database: Database, case: Case) -> None:
    manager = desk("manager", store=case.store)
    void = f"{case.path}/coupons/{case.coupon_id}/void"
    assert void in manager.get(case.path).text
    assert manager.post(void).status_code == 409
    assert manager.post(void, {"reason": "wrong member"}).status_code == 302
    with database.transaction() as db:
        held = marketing.coupon(db, member_id=case.member_id, coupon_id=case.coupon_id, now=utcnow())
    assert held.state == "void"
    assert last_deed(database, case).detail == {"reason": "wrong member", "code": held.coupon.code}
    assert manager.post(void, {"reason": "again"}).status_code == 409
    assert "wrong member" in desk("auditor").get("/audit").text


def test_who_was_forgotten_and_who_is_nobody_are_left_alone(
    desk: Desks, database: Database, case: Case
) -> None:
    with database.transaction() as db:
        walk_in = member.walk_in(db, store_id=case.store.id, now=utcnow()).member_id
        member.erase(db, member_id=case.member_id, now=utcnow())
    admin = desk("admin")
    for id in (walk_in, case.member_id):
        deeds = {**Case(case.store, id, case.coupon_id).deeds, f"/members/{id}/guide": {"login": "x"}}
        for path, form in deeds.items():
            assert admin.post(path, form).status_code == 404, path
    with database.transaction() as db:
        assert member.member(db, walk_in).status == "active"


@pytest.mark.parametrize(
    ("role", "may"), [("marketer", ()), ("auditor", ()), ("manager", ("void",)), ("elsewhere", ())]
)
def test_others_may_do_less(
    desk: Desks, database: Database, case: Case, role: str, may: tuple[str, ...]
) -> None:
    if role == "elsewhere":
        with database.transaction() as db:
            other = make.store(db)
        person = desk("manager", store=other)
    else:
        person = desk(role, store=case.store if role == "manager" else None)
    for path, form in case.deeds.items():
        if path.rpartition("/")[2] not in may:
            assert person.post(path, form).status_code == 403, path
    assert status(database, case) == "active"
