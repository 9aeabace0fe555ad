"""Two phones in a conversation, over two realtime processes: what is posted arrives once, in order,
everywhere.
"""

import time
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
import socketio
from sqlalchemy import text

from center_core.kit import Database, utcnow
from scrm.engagement import conversation
from scrm.fronts.identity import Tokens
from scrm.live import Live, floor_room, staff_room
from tests import make

from .conftest import PATIENCE, Pair, Phone, Processes

MakePhone = Callable[[str, UUID], Phone]


def bodies(database: Database, pair: Pair) -> list[str]:
    with database.transaction() as db:
        rows = conversation.since(
            db, member_id=pair.member_id, conversation_id=pair.conversation_id, after_seq=0
        )
        assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
        return [row.body["text"] for row in rows]


def test_a_message_reaches_the_other_side_and_all_own_phones_once(
    phone: MakePhone, pair: Pair, database: Database
) -> None:
    member, guide = phone("member", pair.member_id), phone("staff", pair.staff_id)
    tablets = [phone("member", pair.member_id) for _ in range(4)]
    assert member.say("join", pair.joining)["last_seq"] == 0
    assert guide.say("join", pair.joining)["here"] is True
    acknowledged = member.say("post", pair.post("Do you have it in M?"))
    assert acknowledged["seq"] == 1
    told = guide.hears("message")[0]
    assert (told["seq"], told["from"], told["body"]) == (1, "member", {"text": "Do you have it in M?"})
    for tablet in tablets:
        assert tablet.hears("message")[0] == told
    assert guide.say("post", pair.post("We do."))["seq"] == 2
    assert member.hears("message")[0]["body"] == {"text": "We do."}
    time.sleep(0.2)
    assert len(guide.hears("message")) == 1
    assert bodies(database, pair) == ["Do you have it in M?", "We do."]


def test_the_same_client_id_is_stored_once(phone: MakePhone, pair: Pair, database: Database) -> None:
    member = phone("member", pair.member_id)
    member.say("join", pair.joining)
    message = pair.post("Hello", uuid4())
    first, second = member.say("post", message), member.say("post", message)
    assert first == second
    assert bodies(database, pair) == ["Hello"]


def test_who_was_away_asks_for_what_follows(phone: MakePhone, pair: Pair) -> None:
    member, guide = phone("member", pair.member_id), phone("staff", pair.staff_id)
    guide.say("join", pair.joining)
    guide.say("post", pair.post("one"))
    member.hears("message")
    member.hang_up()
    for words in ("two", "three"):
        guide.say("post", pair.post(words))
    back = phone("member", pair.member_id)
    back.say("join", pair.joining)
    missed = back.say("since", {"conversation": str(pair.conversation_id), "seq": 1})
    assert [(m["seq"], m["body"]["text"]) for m in missed["messages"]] == [(2, "two"), (3, "three")]


def test_hints_reach_the_other_side(phone: MakePhone, pair: Pair) -> None:
    member, guide = phone("member", pair.member_id), phone("staff", pair.staff_id)
    guide.say("join", pair.joining)
    member.say("join", pair.joining)
    assert guide.hears("presence")[0]["here"] is True
    member.say("typing", {"conversation": str(pair.conversation_id)})
    assert guide.hears("typing")[0]["side"] == "member"
    guide.say("post", pair.post("Good evening"))
    member.say("read", {"conversation": str(pair.conversation_id), "seq": 1})
    assert guide.hears("read")[0]["seq"] == 1
    member.hang_up()
    assert guide.hears("presence", 2)[-1]["here"] is False


def test_other_processes_reach_the_phones(
    phone: MakePhone, pair: Pair, realtime: Processes, redis: "object"
) -> None:
    guide = phone("staff", pair.staff_id)
    Live(redis).tell([staff_room(pair.staff_id)], "feed", {"kind": "win"})  # type: ignore[arg-type]
    assert guide.hears("feed") == [{"kind": "win"}]


def test_who_runs_a_store_hears_that_something_is_new_on_its_floor(
    phone: MakePhone, database: Database, redis: "object"
) -> None:
    with database.transaction() as db:
        store = make.store(db)
        manager = make.staff(db, role="manager", store=store, password=None).id
        guide = make.guide(db, store).id
        elsewhere = make.staff(db, role="manager", store=make.store(db), password=None).id
    phones = {id: phone("staff", id) for id in (manager, guide, elsewhere)}
    live = Live(redis)  # type: ignore[arg-type]
    live.tell([floor_room(store.id)], "feed", {})
    assert phones[manager].hears("feed") == [{}]
    # What is told afterwards has arrived, so what they have not heard by then they never will.
    for other in (guide, elsewhere):
        live.tell([staff_room(other)], "feed", {"kind": "win"})
        assert phones[other].hears("feed") == [{"kind": "win"}]


@pytest.mark.parametrize(
    "auth", [None, {}, {"token": ""}, {"token": 7}, {"token": "bWVtYmVyOg.abc.def"}, "token", ["token"]]
)
def test_without_a_token_of_ours_nobody_connects(realtime: Processes, auth: object) -> None:
    origin = {"origin": realtime.config.public_url}
    client = socketio.Client(reconnection=False, websocket_extra_options=origin)
    with pytest.raises(socketio.exceptions.ConnectionError):
        client.connect(realtime.url, auth=auth, transports=["websocket"], wait_timeout=PATIENCE)  # type: ignore[arg-type]
    client.disconnect()


def test_a_forged_token_and_one_of_another_purpose_are_refused(realtime: Processes, pair: Pair) -> None:
    payload = b"member:" + pair.member_id.bytes
    forged = Tokens("another-secret-of-some-length-0123456789").make("socket", payload)
    cookie = Tokens(realtime.config.secret_key).make("member", pair.member_id.bytes)
    for token in (forged, cookie):
        with pytest.raises(socketio.exceptions.ConnectionError):
            Phone(realtime.url, token, realtime.config.public_url).connect()


def test_a_page_of_another_site_does_not_connect(realtime: Processes, pair: Pair) -> None:
    token = Tokens(realtime.config.secret_key).make("socket", b"member:" + pair.member_id.bytes)
    with pytest.raises(socketio.exceptions.ConnectionError):
        Phone(realtime.url, token, "https://elsewhere.example").connect()


def test_who_has_left_does_not_connect(
    realtime: Processes, pair: Pair, phone: MakePhone, database: Database
) -> None:
    with database.transaction() as db:
        db.execute(text("update staff set active = false where id = :id"), {"id": pair.staff_id})
    with pytest.raises(socketio.exceptions.ConnectionError):
        phone("staff", pair.staff_id)


def test_strangers_cannot_join_read_or_write(phone: MakePhone, pair: Pair, database: Database) -> None:
    with database.transaction() as db:
        elsewhere = make.member(db)
    stranger, colleague = phone("member", elsewhere.member_id), None
    assert stranger.say("join", pair.joining)["error"]["key"] == "conversation_unknown"
    assert stranger.say("post", pair.post("hi"))["error"]["key"] == "conversation_not_joined"
    since = {"conversation": str(pair.conversation_id), "seq": 0}
    assert stranger.say("since", since)["error"]["key"] == "conversation_not_joined"
    from center_core import user

    with database.transaction() as db:
        other = user.create_staff(db, login=f"chen-{uuid4()}", name={"en": "Chen", "zh": "陈"})
        user.grant(db, staff_id=other.id, role="guide")
    colleague = phone("staff", other.id)
    assert colleague.say("join", pair.joining)["error"]["key"] == "conversation_handed_over"
    assert bodies(database, pair) == []


def test_a_guide_who_handed_over_can_neither_write_nor_read_on(
    phone: MakePhone, pair: Pair, database: Database
) -> None:
    guide = phone("staff", pair.staff_id)
    guide.say("join", pair.joining)
    with database.transaction() as db:
        db.execute(
            text("update conversation set staff_id = gen_random_uuid() where id = :id"),
            {"id": pair.conversation_id},
        )
    assert guide.say("post", pair.post("still there?"))["error"]["key"] == "conversation_handed_over"
    since = {"conversation": str(pair.conversation_id), "seq": 0}
    assert guide.say("since", since)["error"]["key"] == "conversation_handed_over"


def test_messages_of_one_moment_are_numbered_without_gaps(
    phone: MakePhone, pair: Pair, database: Database
) -> None:
    phones = [phone("member", pair.member_id) for _ in range(4)] + [phone("staff", pair.staff_id)]
    answers: list[int] = []
    for each in phones:
        each.say("join", pair.joining)
    for n in range(8):
        for each in phones:
            each.client.emit(
                "post", pair.post(f"{n}"), callback=lambda answer: answers.append(answer.get("seq", 0))
            )
    until = time.monotonic() + PATIENCE
    while len(answers) < 40 and time.monotonic() < until:
        time.sleep(0.02)
    assert sorted(answers) == list(range(1, 41))
    assert len(bodies(database, pair)) == 40


def test_an_event_of_a_page_is_told_through_the_outbox(pair: Pair, database: Database) -> None:
    with database.transaction() as db:
        draft = conversation.Draft(
            member_id=pair.member_id, conversation_id=pair.conversation_id, client_id=uuid4(),
            sender=conversation.Sender("member", pair.member_id), kind=conversation.TEXT,
            body=conversation.written("by post"),
        )  # fmt: skip
        conversation.post(db, draft, now=utcnow())
        conversation.post(db, draft, now=utcnow())
        assert db.scalar(text("select count(*) from outbox where name = 'MessagePosted'")) == 1
