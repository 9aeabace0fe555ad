"""What a hostile or broken phone sends is answered with a key, leaves nothing behind and harms nobody
else.
"""

import contextlib
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
import websocket

from center_core.kit import Database
from scrm.engagement.conversation import MAX_TEXT
from scrm.fronts.identity import Tokens

from .conftest import PATIENCE, Pair, Phone, Processes
from .test_talk import bodies

MakePhone = Callable[[str, UUID], Phone]


@pytest.fixture
def line(realtime: Processes, pair: Pair) -> Iterator[websocket.WebSocket]:
    """A bare WebSocket that has connected as the pair's member."""
    line = websocket.create_connection(
        realtime.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket",
        origin=realtime.config.public_url,
        timeout=PATIENCE,
    )
    assert line.recv()[0] == "0"
    token = Tokens(realtime.config.secret_key).make("socket", b"member:" + pair.member_id.bytes)
    line.send("40" + json.dumps({"token": token}))
    assert line.recv().startswith("40")
    yield line
    line.close()


def is_closed(line: websocket.WebSocket) -> bool:
    try:
        while line.recv() not in ("", None):
            pass
    except (websocket.WebSocketException, OSError):
        pass
    return True


SOME_ID = str(uuid4())


@pytest.mark.parametrize(
    ("event", "said", "field"),
    [
        ("join", None, "event"),
        ("join", [], "event"),
        ("join", {}, "conversation"),
        ("join", {"conversation": "x"}, "conversation"),
        ("join", {"conversation": SOME_ID, "admin": True}, "admin"),
        ("post", {"conversation": SOME_ID, "client_id": 5, "text": "a"}, "client_id"),
        ("post", {"conversation": SOME_ID, "client_id": SOME_ID, "text": ["a"]}, "text"),
        ("post", {"conversation": SOME_ID, "client_id": SOME_ID, "text": "a", "kind": "coupon"}, "kind"),
        ("since", {"conversation": SOME_ID, "seq": -1}, "seq"),
        ("since", {"conversation": SOME_ID, "seq": 2**40}, "seq"),
        ("read", {"conversation": SOME_ID, "seq": "many"}, "seq"),
        ("drop_tables", {"all": True}, "event"),
    ],
)
def test_nonsense_is_answered_with_its_fields(
    phone: MakePhone, pair: Pair, event: str, said: object, field: str
) -> None:
    answer = phone("member", pair.member_id).say(event, said)
    assert answer["error"]["key"] == "nonsense"
    assert field in answer["error"]["reasons"]["fields"]


def test_repeated_nonsense_ends_the_connection(phone: MakePhone, pair: Pair) -> None:
    noisy = phone("member", pair.member_id)
    for _ in range(5):
        assert noisy.say("join", {"nonsense": 1})["error"]["key"] == "nonsense"
    assert noisy.is_cut_off()


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("", "message_empty"),
        ("  \n\u200b\x00 ", "message_empty"),
        ("x" * (MAX_TEXT + 1), "message_too_long"),
    ],
)
def test_texts_are_bounded(phone: MakePhone, pair: Pair, database: Database, words: str, key: str) -> None:
    member = phone("member", pair.member_id)
    member.say("join", pair.joining)
    assert member.say("post", pair.post(words))["error"]["key"] == key
    assert bodies(database, pair) == []


def test_the_longest_message_passes_and_is_kept_as_it_is(
    phone: MakePhone, pair: Pair, database: Database
) -> None:
    member = phone("member", pair.member_id)
    member.say("join", pair.joining)
    longest = "羽绒🧥" * (MAX_TEXT // 3) + "服"
    assert member.say("post", pair.post(longest))["seq"] == 1
    assert bodies(database, pair) == [longest]


@pytest.mark.parametrize(
    "frame",
    [
        "4",
        "9",
        "x",
        "42",
        "42[]",
        "42{}",
        "42[1]",
        '42["post"',
        '42[["post"]]',
        "49",
        "4299999999999999999999999999999999[]",
        '45999999999-["post"]',
        '451-["post",{"_placeholder":true,"num":9}]',
        '43["never asked"]',
        "b####",
        "40/other,{}",
        '42["post",' + "[" * 4000 + "]" * 4000 + "]",
        '42["join",{"conversation":"\\ud800"}]',
    ],
)
def test_broken_frames_harm_nobody(
    line: websocket.WebSocket, phone: MakePhone, pair: Pair, frame: str
) -> None:
    line.send(frame)
    member = phone("member", pair.member_id)
    member.say("join", pair.joining)
    assert member.say("post", pair.post("still here"))["seq"] == 1


def test_binary_frames_harm_nobody(line: websocket.WebSocket, phone: MakePhone, pair: Pair) -> None:
    line.send_binary(b"\x00\xff" * 100)
    assert phone("member", pair.member_id).say("join", pair.joining)["last_seq"] == 0


def test_an_oversized_frame_ends_the_connection(
    line: websocket.WebSocket, phone: MakePhone, pair: Pair
) -> None:
    with contextlib.suppress(OSError):  # The server may close while we are still sending.
        line.send("42" + json.dumps(["post", pair.post("x" * 2_000_000)]))
    assert is_closed(line)
    assert phone("member", pair.member_id).say("join", pair.joining)["last_seq"] == 0


def test_a_flood_is_slowed_down_and_then_cut_off(phone: MakePhone, pair: Pair, database: Database) -> None:
    flooder, calm = phone("member", pair.member_id), phone("staff", pair.staff_id)
    flooder.say("join", pair.joining)
    answers: list[dict[str, object]] = []
    for n in range(400):
        flooder.client.emit("post", pair.post(str(n)), callback=answers.append)
    assert calm.say("join", pair.joining)["last_seq"] >= 0
    assert flooder.is_cut_off()
    refused = [answer for answer in answers if "error" in answer]
    assert refused
    assert all(answer["error"]["key"] == "too_fast" for answer in refused)  # type: ignore[index]
    assert 1 <= len(bodies(database, pair)) <= 80


def test_polling_is_not_served(realtime: Processes) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{realtime.url}/socket.io/?EIO=4&transport=polling", timeout=PATIENCE)
    assert refused.value.code == 400
