"""Open connections follow what happens: who has left or is frozen is cut off, and a handover reaches both sides."""

import time
from collections.abc import Callable
from threading import Thread
from uuid import UUID

import pytest
import socketio
from redis import Redis
from sqlalchemy import text

from center_core import member, user
from center_core.kit import Database, Event, utcnow
from scrm.engagement import conversation, policies
from scrm.engagement.conversation import Conversation
from scrm.live import Live
from tests import make

from .conftest import PATIENCE, Pair, Phone

MakePhone = Callable[[str, UUID], Phone]


class Phones:
    """What the workers have of the outside world."""

    def __init__(self, redis: "Redis[bytes]") -> None:
        self.live = Live(redis)


@pytest.fixture
def deliver(database: Database, redis: "Redis[bytes]") -> Callable[[str], None]:
    """Have the telling reactions to the newest event of a kind done, as the workers do."""

    def deliver(name: str) -> None:
        with database.transaction() as db:
            body = db.scalar(
                text("select body from outbox where name = :name order by id desc limit 1"), {"name": name}
            )
        event = Event.registry[name].from_body(body)
        for reaction in policies.WHEN[type(event)]:
            if hasattr(reaction, "name"):
                reaction.call(Phones(redis), [event], now=utcnow())

    return deliver


def test_who_leaves_is_cut_off_on_every_phone(
    phone: MakePhone, pair: Pair, database: Database, deliver: Callable[[str], None]
) -> None:
    phones = [phone("staff", pair.staff_id) for _ in range(4)]
    colleague = phone("member", pair.member_id)
    with database.transaction() as db:
        user.deactivate(db, staff_id=pair.staff_id, now=utcnow())
    phones[0].say("join", pair.joining)
    refused = phones[0].say("post", pair.post("still here"))
    assert refused["error"]["key"] == "signed_out", "even before anything was told"
    deliver("StaffLeft")
    assert all(each.is_cut_off() for each in phones)
    assert colleague.client.connected
    with pytest.raises(socketio.exceptions.ConnectionError):
        phone("staff", pair.staff_id)


def test_a_new_password_cuts_off_every_phone_that_had_the_old_one(
    phone: MakePhone, pair: Pair, database: Database, deliver: Callable[[str], None]
) -> None:
    phones = [phone("staff", pair.staff_id) for _ in range(3)]
    with database.transaction() as db:
        user.set_password(db, staff_id=pair.staff_id, password=make.PASSWORD, now=utcnow())
    deliver("PasswordChanged")
    assert all(each.is_cut_off() for each in phones)
    with pytest.raises(socketio.exceptions.ConnectionError):
        phone("staff", pair.staff_id)


def test_who_may_answer_nobody_any_more_is_cut_off(
    phone: MakePhone, pair: Pair, database: Database, deliver: Callable[[str], None]
) -> None:
    guide = phone("staff", pair.staff_id)
    with database.transaction() as db:
        user.revoke(db, staff_id=pair.staff_id, role="guide", now=utcnow())
    deliver("RoleRevoked")
    assert guide.is_cut_off()
    with pytest.raises(socketio.exceptions.ConnectionError):
        phone("staff", pair.staff_id)


def test_who_leaves_while_connecting_does_not_get_in(
    phone: MakePhone, database: Database, deliver: Callable[[str], None]
) -> None:
    with database.transaction() as db:
        guide = make.guide(db, make.store(db)).id
    refused: list[Exception] = []

    def connect() -> None:
        try:
            phone("staff", guide)
        except socketio.exceptions.ConnectionError as error:
            refused.append(error)

    connecting = Thread(target=connect)
    with database.transaction() as db:
        # Who this is was read by then; what they may do cannot be.
        db.execute(text("lock table role_grant in access exclusive mode"))
        connecting.start()
        waits = text("select count(*) from pg_locks where not granted and relation = 'role_grant'::regclass")
        until = time.monotonic() + PATIENCE
        while not db.scalar(waits) and time.monotonic() < until:
            time.sleep(0.02)
        with database.transaction() as other:
            user.deactivate(other, staff_id=guide, now=utcnow())
        deliver("StaffLeft")
        time.sleep(0.3)
    connecting.join(PATIENCE)
    assert len(refused) == 1


@pytest.mark.parametrize("how", ["freeze", "erase"])
def test_whose_membership_rests_or_ended_is_cut_off(
    phone: MakePhone, pair: Pair, database: Database, deliver: Callable[[str], None], how: str
) -> None:
    own = [phone("member", pair.member_id) for _ in range(3)]
    guide = phone("staff", pair.staff_id)
    own[0].say("join", pair.joining)
    with database.transaction() as db:
        getattr(member, how)(db, member_id=pair.member_id, now=utcnow())
    assert own[0].say("post", pair.post("hello"))["error"]["key"] == "signed_out"
    deliver("MemberFrozen" if how == "freeze" else "MemberErased")
    assert all(each.is_cut_off() for each in own)
    assert guide.client.connected
    with pytest.raises(socketio.exceptions.ConnectionError):
        phone("member", pair.member_id)


def hand_over(database: Database, pair: Pair) -> UUID:
    """The member gets another guide, whose id this is."""
    with database.transaction() as db:
        store = make.store(db)
        following = make.guide(db, store)
        member.bind(
            db,
            member_id=pair.member_id,
            staff_id=following.id,
            store_id=store.id,
            reason="handover",
            now=utcnow(),
        )
        conversation.hand_over(db, member_id=pair.member_id, now=utcnow())
        return following.id


def waiting(database: Database, pair: Pair) -> int:
    with database.transaction() as db:
        return db.get_one(Conversation, (pair.member_id, pair.conversation_id)).waiting_for_staff


def test_a_handover_takes_the_hints_along(
    phone: MakePhone, pair: Pair, database: Database, deliver: Callable[[str], None]
) -> None:
    own, former = phone("member", pair.member_id), phone("staff", pair.staff_id)
    for each in (own, former):
        each.say("join", pair.joining)
    own.say("post", pair.post("Is it there in M?"))
    following = phone("staff", hand_over(database, pair))
    deliver("ConversationHandedOver")
    following.say("join", pair.joining)
    here = {"conversation": str(pair.conversation_id)}
    own.say("typing", here)
    assert following.hears("typing")[0]["side"] == "member"
    for event, said in (
        ("typing", here),
        ("read", {**here, "seq": 2}),
        ("post", pair.post("I am still here")),
    ):
        assert former.say(event, said)["error"]["key"] == "conversation_handed_over", event
    assert following.say("post", pair.post("It is."))["seq"] == 3
    assert own.hears("message", 1)[-1]["body"] == {"text": "It is."}
    assert [said for name, said in own.heard if name in ("typing", "read")] == []
    assert [said for name, said in former.heard if name == "typing"] == []
    assert former.client.connected, "the former guide has other members"


def test_without_the_hint_the_former_guide_still_hides_nothing(
    phone: MakePhone, pair: Pair, database: Database
) -> None:
    own, former = phone("member", pair.member_id), phone("staff", pair.staff_id)
    for each in (own, former):
        each.say("join", pair.joining)
    own.say("post", pair.post("Is it there in M?"))
    hand_over(database, pair)
    former.say("read", {"conversation": str(pair.conversation_id), "seq": 2})
    assert waiting(database, pair) == 2
    assert former.say("post", pair.post("I am still here"))["error"]["key"] == "conversation_handed_over"
    assert [said for name, said in own.heard if name == "read"] == []
