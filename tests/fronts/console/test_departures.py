"""A colleague leaves and comes back: the page says beforehand who takes over whom, and it happens so."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from center_core import channel, member, user
from center_core.kit import Database
from tests import make

from .conftest import Desk

Desks = Callable[..., Desk]


class Shop:
    """A store with two guides; the first has three members."""

    def __init__(self, database: Database) -> None:
        with database.transaction() as db:
            make.tiers(db)
            self.store: channel.Store = make.store(db)
            self.leaving, self.staying = make.guide(db, self.store), make.guide(db, self.store)
            self.members = [make.member(db, store=self.store, guide=self.leaving).member_id for _ in range(3)]
        self.path = f"/staff/{self.leaving.id}"


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database)


def guides(database: Database, shop: Shop) -> list[user.Staff | None]:
    with database.transaction() as db:
        bound = member.guides_of(db, shop.members)
        people = {one.id: one for one in (shop.leaving, shop.staying)}
        return [people.get(bound[id].staff_id) if id in bound else None for id in shop.members]


def test_the_page_says_who_takes_over_whom_and_it_happens(
    desk: Desks, database: Database, shop: Shop
) -> None:
    admin = desk("admin")
    page = admin.get(f"{shop.path}/departure").text
    for words in (shop.store.name["en"], shop.staying.name["en"], "They have left; hand 3 members over"):
        assert words in page
    assert guides(database, shop) == [shop.leaving] * 3, "looking changes nothing"
    answer = admin.post(f"{shop.path}/departure")
    assert "3 members were handed over." in admin.client.get(answer.headers["Location"]).text
    assert guides(database, shop) == [shop.staying] * 3
    with database.transaction() as db:
        assert not user.staff(db, shop.leaving.id).active
        (entry,) = user.audit_log(db, subject=f"staff:{shop.leaving.id}").rows
        assert (entry.verb, entry.detail["handed_over"]) == ("staff.leave", 3)
        told = set(db.scalars(text("select name from outbox")))
    assert {"StaffLeft", "MembersHandedOver"} <= told
    assert "Members handed over" in desk("auditor").get("/audit").text


def test_nobody_is_left_and_the_page_says_so(desk: Desks, database: Database, shop: Shop) -> None:
    admin = desk("admin")
    admin.post(f"/staff/{shop.staying.id}/departure")
    page = admin.get(f"{shop.path}/departure").text
    assert "nobody: no guide and no manager is left there" in page
    answer = admin.post(f"{shop.path}/departure")
    assert "3 members have no guide now" in admin.client.get(answer.headers["Location"]).text
    assert guides(database, shop) == [None] * 3


@pytest.mark.parametrize("with_members", [True, False])
def test_who_is_back_may_have_their_members_again(
    desk: Desks, database: Database, shop: Shop, with_members: bool
) -> None:
    admin = desk("admin")
    admin.post(f"{shop.path}/departure")
    assert f"{shop.path}/return" in admin.get(shop.path).text
    assert "Give them back the 3 members" in admin.get(f"{shop.path}/return").text
    admin.post(f"{shop.path}/return", {"members": "1"} if with_members else {})
    assert guides(database, shop) == [shop.leaving if with_members else shop.staying] * 3
    with database.transaction() as db:
        assert user.staff(db, shop.leaving.id).active
        assert user.audit_log(db, subject=f"staff:{shop.leaving.id}").rows[0].verb == "staff.return"


def test_members_of_who_left_long_ago_can_be_handed_over_still(
    desk: Desks, database: Database, shop: Shop
) -> None:
    with database.transaction() as db:
        user.staff(db, shop.leaving.id).active = False
    admin = desk("admin")
    assert "3 members still belong to them" in admin.get(shop.path).text
    admin.post(f"{shop.path}/departure")
    assert guides(database, shop) == [shop.staying] * 3
    assert "still belong" not in admin.get(shop.path).text


@pytest.mark.parametrize("role", ["operations", "auditor", "manager"])
def test_only_who_keeps_the_staff_lets_them_go(desk: Desks, shop: Shop, role: str) -> None:
    other = desk(role, store=shop.store if role == "manager" else None)
    for what in ("departure", "return"):
        assert other.get(f"{shop.path}/{what}").status_code == 403
        assert other.post(f"{shop.path}/{what}").status_code == 403


def test_a_member_is_given_another_guide(desk: Desks, database: Database, shop: Shop) -> None:
    first, second, _ = shop.members
    admin = desk("admin")
    assert shop.staying.login in admin.get(f"/members/{first}").text
    assert admin.post(f"/members/{first}/guide", {"login": shop.staying.login}).status_code == 302
    assert guides(database, shop) == [shop.staying, shop.leaving, shop.leaving]
    manager = desk("manager", store=shop.store)
    assert manager.post(f"/members/{second}/guide", {"login": shop.staying.login}).status_code == 302
    assert guides(database, shop) == [shop.staying, shop.staying, shop.leaving]
    with database.transaction() as db:
        verbs = [entry.verb for entry in user.audit_log(db, subject=f"member:{second}").rows]
        elsewhere = make.store(db)
        stranger = make.guide(db, elsewhere)
    assert verbs == ["member.bind"]
    assert manager.post(f"/members/{second}/guide", {"login": stranger.login}).status_code == 403
    outsider = desk("manager", store=elsewhere)
    assert outsider.post(f"/members/{second}/guide", {"login": stranger.login}).status_code == 403
    for nobody in ("nobody", admin.staff.login, ""):
        assert admin.post(f"/members/{second}/guide", {"login": nobody}).status_code == 409
    assert desk("service").post(f"/members/{second}/guide", {"login": stranger.login}).status_code == 403
