"""A guide takes back a coupon that they sent by mistake, while it is unused, and only their own."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from center_core import marketing, member, user
from center_core.kit import Database
from scrm.engagement import conversation
from tests import make

from .conftest import Floor, Phone

PickUp = Callable[[user.Staff], Phone]


@pytest.fixture
def sent(floor: Floor, phone: Phone, database: Database) -> UUID:
    """A coupon that the guide put into the conversation with their member."""
    with database.transaction() as db:
        offer = make.template(
            db,
            now=floor.at,
            valid_from=floor.at - timedelta(days=1),
            valid_until=floor.at + timedelta(days=9),
        )
    answer = phone.client.post(
        f"/guide/conversations/{floor.member.member_id}/coupons",
        json={"client_id": str(uuid4()), "template_id": str(offer.id)},
        headers={"Idempotency-Key": str(uuid4())},
    )
    return UUID(answer.get_json()["body"]["coupon_id"])


def state(database: Database, floor: Floor, coupon_id: UUID) -> str:
    with database.transaction() as db:
        return marketing.coupon(db, member_id=floor.member.member_id, coupon_id=coupon_id, now=floor.at).state


def test_what_was_sent_by_mistake_is_taken_back_and_the_member_is_told(
    phone: Phone, floor: Floor, database: Database, sent: UUID
) -> None:
    path = f"/members/{floor.member.member_id}"
    assert f"{path}/coupons/{sent}/void" in phone.get(path).text
    assert phone.post(f"{path}/coupons/{sent}/void").status_code == 302
    assert state(database, floor, sent) == "void"
    with database.transaction() as db:
        row = conversation.of_member(db, floor.member.member_id)
        assert row
        last = conversation.before(db, member_id=row.member_id, conversation_id=row.id)[-1]
        assert (last.sender_kind, "taken back" in last.body["text"]["en"]) == ("system", True)
        assert user.audit_log(db, subject=f"member:{row.member_id}").rows[0].verb == "coupon.void"
    assert "/void" not in phone.get(path).text
    assert phone.post(f"{path}/coupons/{sent}/void").status_code == 409


def test_nobody_takes_back_what_others_gave(
    phone: Phone, phone_of: PickUp, floor: Floor, database: Database, sent: UUID
) -> None:
    with database.transaction() as db:
        won = make.coupon(
            db,
            floor.member,
            now=floor.at,
            valid_from=floor.at - timedelta(days=1),
            valid_until=floor.at + timedelta(days=9),
        ).id
    path = f"/members/{floor.member.member_id}/coupons"
    assert phone.post(f"{path}/{won}/void").status_code == 403
    assert phone_of(floor.colleague).post(f"{path}/{sent}/void").status_code == 403
    assert phone_of(floor.stranger).post(f"{path}/{sent}/void").status_code == 403
    with database.transaction() as db:
        member.bind(
            db, member_id=floor.member.member_id, staff_id=floor.colleague.id, store_id=floor.store.id,
            reason="handover", now=floor.at,
        )  # fmt: skip
    assert phone_of(floor.colleague).post(f"{path}/{sent}/void").status_code == 403
    assert [state(database, floor, one) for one in (won, sent)] == ["issued", "issued"]
