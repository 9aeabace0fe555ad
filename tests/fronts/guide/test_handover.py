"""The manager hands members over on the phone; the new guide sees how many came and from whom."""

from collections.abc import Callable

from center_core import member, user
from center_core.kit import Database
from scrm.engagement import policies
from tests import make

from .conftest import Floor, Phone

PickUp = Callable[[user.Staff], Phone]


def guide_of(database: Database, who: member.Member) -> object:
    with database.transaction() as db:
        binding = member.guide_of(db, who.member_id)
        return binding and binding.staff_id


def test_the_manager_gives_a_member_another_guide(phone_of: PickUp, floor: Floor, database: Database) -> None:
    manager = phone_of(floor.manager)
    card = f"/members/{floor.member.member_id}"
    assert floor.colleague.login in manager.get(card).text
    assert manager.post(f"{card}/guide", login=floor.colleague.login).status_code == 302
    assert guide_of(database, floor.member) == floor.colleague.id
    with database.transaction() as db:
        (entry, *_) = user.audit_log(db, subject=f"member:{floor.member.member_id}").rows
    assert (entry.verb, entry.detail["staff_id"]) == ("member.bind", str(floor.colleague.id))


def test_nobody_else_does(phone_of: PickUp, floor: Floor, database: Database) -> None:
    card = f"/members/{floor.member.member_id}"
    for other in (floor.guide, floor.colleague):
        assert f"{card}/guide" not in phone_of(other).get(card).text
        assert phone_of(other).post(f"{card}/guide", login=floor.colleague.login).status_code == 403
    manager = phone_of(floor.manager)
    assert manager.post(f"{card}/guide", login=floor.stranger.login).status_code == 403
    elsewhere = f"/members/{floor.strangers_member.member_id}/guide"
    assert manager.post(elsewhere, login=floor.colleague.login).status_code == 403
    assert guide_of(database, floor.member) == floor.guide.id


def test_whoever_takes_over_sees_how_many_and_ticks_it_off(
    phone_of: PickUp, floor: Floor, database: Database
) -> None:
    with database.transaction() as db:
        make.member(db, store=floor.store, guide=floor.guide)
        user.deactivate(db, staff_id=floor.guide.id, now=floor.at)
        (share,) = member.hand_over(db, staff_id=floor.guide.id, now=floor.at)
        event = member.MembersHandedOver(
            staff_id=floor.colleague.id, store_id=floor.store.id, former_id=floor.guide.id, count=share.count,
            at=floor.at,
        )  # fmt: skip
        policies.feed_handover(db, event, now=floor.at)
    colleague = phone_of(floor.colleague)
    page = colleague.get("/today").text
    assert "2 members were handed over to you" in page
    assert f"{floor.guide.name['en']} has left" in page
    line = page.partition('id="line-')[2].partition('"')[0]
    assert "is-done" in colleague.post(f"/today/{line}/completion", script=True).text
    assert phone_of(floor.manager).get("/today").status_code == 200


def test_the_manager_finds_those_whom_nobody_looks_after(
    phone_of: PickUp, floor: Floor, database: Database
) -> None:
    with database.transaction() as db:
        alone = member.join(
            db, phone=make.phone_number(), name="孤舟", store_id=None, consent_version="1", now=floor.at
        )[0]
        alone.join_store_id = floor.store.id
    manager = phone_of(floor.manager)
    page = manager.get("/members?of=nobody").text
    assert "孤舟" in page
    assert floor.member.name not in page
    assert "林晚舟" not in manager.get("/members?of=nobody&q=舟").text
    manager.post(f"/members/{alone.member_id}/guide", login=floor.guide.login)
    assert guide_of(database, alone) == floor.guide.id
    assert phone_of(floor.guide).get("/members?of=nobody").status_code == 403
