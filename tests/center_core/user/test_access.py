"""Who may do what where."""

from uuid import uuid4

import pytest

from center_core import channel, user
from center_core.kit import Forbidden, Refused, Session
from tests import make

HERE, ELSEWHERE = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("grant", "permission", "store", "region", "allowed"),
    [
        (user.Grant("admin", "brand"), "campaign.publish", None, None, True),
        (user.Grant("admin", "brand"), "coupon.send", HERE, None, True),
        (user.Grant("guide", "store", HERE), "coupon.send", HERE, None, True),
        (user.Grant("guide", "store", HERE), "coupon.send", ELSEWHERE, None, False),
        (user.Grant("guide", "store", HERE), "coupon.send", None, None, False),
        (user.Grant("guide", "store", HERE), "coupon.send", None, HERE, False),
        (user.Grant("guide", "store", HERE), "campaign.edit", HERE, None, False),
        (user.Grant("manager", "region", HERE), "member.bind", ELSEWHERE, HERE, True),
        (user.Grant("manager", "region", HERE), "member.bind", HERE, ELSEWHERE, False),
        (user.Grant("approver", "brand"), "campaign.edit", None, None, False),
        (user.Grant("auditor", "brand"), "audit.view", None, None, True),
        (user.Grant("marketer", "brand"), "audit.view", None, None, False),
    ],
)
def test_a_role_counts_where_it_was_granted(grant, permission, store, region, allowed) -> None:
    access = user.Access(uuid4(), (grant,))
    assert access.may(permission, store_id=store, region_id=region) is allowed
    if not allowed:
        with pytest.raises(Forbidden) as refusal:
            access.require(permission, store_id=store, region_id=region)
        assert (refusal.value.key, refusal.value.reasons) == ("not_permitted", {"permission": permission})


def test_somewhere_is_enough_to_open_a_list_of_what_is_there() -> None:
    access = user.Access(
        uuid4(), (user.Grant("guide", "store", HERE), user.Grant("manager", "store", ELSEWHERE))
    )
    access.require_somewhere("member.bind")
    assert access.stores_for("member.bind") == {ELSEWHERE}
    assert access.stores == {HERE, ELSEWHERE}
    with pytest.raises(Forbidden):
        access.require_somewhere("campaign.edit")
    assert user.Access(uuid4(), (user.Grant("service", "brand"),)).stores is None


def test_a_misspelt_permission_is_an_error_and_not_a_refusal() -> None:
    with pytest.raises(ValueError, match="campain"):
        user.Access(uuid4(), (user.Grant("admin", "brand"),)).may("campain.edit")


def test_every_role_is_part_of_the_administrators() -> None:
    assert all(permissions <= user.ROLES["admin"] for permissions in user.ROLES.values())


def test_granting_twice_is_granting_once_and_revoking_ends_it(db: Session, now) -> None:
    store = make.store(db)
    staff = make.staff(db, role="guide", store=store, password=None)
    user.grant(db, staff_id=staff.id, role="guide", scope="store", scope_id=store.id)
    user.grant(db, staff_id=staff.id, role="admin")
    user.grant(db, staff_id=staff.id, role="admin")
    assert user.grants_of(db, staff.id) == [
        user.Grant("admin", "brand"), user.Grant("guide", "store", store.id)
    ]  # fmt: skip
    user.revoke(db, staff_id=staff.id, role="admin", now=now)
    user.revoke(db, staff_id=staff.id, role="guide", scope="store", scope_id=uuid4(), now=now)
    assert user.access(db, staff.id).grants == (user.Grant("guide", "store", store.id),)


@pytest.mark.parametrize(
    ("role", "scope", "scope_id", "key"),
    [
        ("emperor", "brand", None, "role_unknown"),
        ("guide", "planet", None, "scope_unknown"),
        ("guide", "store", None, "scope_unknown"),
        ("admin", "brand", HERE, "scope_unknown"),
    ],
)
def test_a_grant_names_a_role_and_a_place_that_exist(db: Session, role, scope, scope_id, key) -> None:
    staff = make.staff(db, password=None)
    with pytest.raises(Refused) as refusal:
        user.grant(db, staff_id=staff.id, role=role, scope=scope, scope_id=scope_id)
    assert refusal.value.key == key


def test_a_region_reaches_its_stores(db: Session) -> None:
    north, south = make.region(db), make.region(db)
    beijing, harbin, canton = (
        make.store(db, region=north),
        make.store(db, region=north),
        make.store(db, region=south),
    )
    staff = make.staff(db, role="manager", scope="region", scope_id=north.id, password=None)
    access = channel.within_reach(db, user.access(db, staff.id))
    assert access.stores == {beijing.id, harbin.id}
    assert access.may("member.view", store_id=harbin.id)
    assert not access.may("member.view", store_id=canton.id)


def test_an_installation_without_an_administrator_is_found(db: Session, now) -> None:
    assert list(user.check(db)) == []
    admin = make.staff(db, role="admin", password=None)
    assert list(user.check(db)) == []
    user.deactivate(db, staff_id=admin.id, now=now)
    assert [finding.check for finding in user.check(db)] == ["user.admin"]
