"""WebSocket's frames: what another library writes is read as it was meant, and what is wrong closes the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wsproto import ConnectionType
from wsproto.connection import Connection
from wsproto.events import BytesMessage, CloseConnection, Message, Ping, TextMessage

from scrm.fronts.realtime.frames import (
    BINARY,
    CLOSE,
    GOING_AWAY,
    PING,
    PROTOCOL_ERROR,
    TEXT,
    TOO_BIG,
    Broken,
    Frames,
    accept,
    closing,
    frame,
)

MOST = 70_000
WORDS = st.text(max_size=300)


def client() -> Connection:
    return Connection(ConnectionType.CLIENT)


@given(st.lists(WORDS | st.binary(max_size=300), max_size=6), st.integers(1, 5000))
def test_what_a_client_says_is_heard_however_it_arrives(said: list[str | bytes], piece: int) -> None:
    phone, frames = client(), Frames(MOST)
    line = b"".join(phone.send(Message(data=each)) for each in said)
    heard = [one for at in range(0, len(line), piece) for one in frames.feed(line[at : at + piece])]
    assert heard == [(TEXT, it.encode()) if isinstance(it, str) else (BINARY, it) for it in said]


@given(st.lists(WORDS, max_size=6))
def test_what_is_told_is_understood(told: list[str]) -> None:
    phone = client()
    phone.receive_data(b"".join(frame(TEXT, each.encode()) for each in told) + closing(GOING_AWAY))
    heard: dict[int, str] = {}
    number = 0
    for event in phone.events():
        if isinstance(event, TextMessage):
            heard[number] = heard.get(number, "") + event.data
            number += event.message_finished
        else:
            assert isinstance(event, CloseConnection)
            assert event.code == GOING_AWAY
    assert list(heard.values()) == told


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_each_way_to_write_a_length_is_understood(size: int) -> None:
    phone, words = client(), "x" * size
    assert list(Frames(MOST).feed(phone.send(TextMessage(data=words)))) == [(TEXT, words.encode())]
    phone.receive_data(frame(TEXT, words.encode()))
    assert "".join(event.data for event in phone.events() if isinstance(event, TextMessage)) == words


def test_a_message_in_parts_is_one_and_a_ping_may_come_between() -> None:
    phone = client()
    line = (
        phone.send(TextMessage(data="one ", message_finished=False))
        + phone.send(Ping(payload=b"there?"))
        + phone.send(TextMessage(data="two ", message_finished=False))
        + phone.send(TextMessage(data="three"))
        + phone.send(BytesMessage(data=b"four"))
        + phone.send(CloseConnection(1000))
    )
    assert [(opcode, payload[-13:]) for opcode, payload in Frames(MOST).feed(line)] == [
        (PING, b"there?"), (TEXT, b"one two three"), (BINARY, b"four"), (CLOSE, (1000).to_bytes(2)),
    ]  # fmt: skip


MASK = b"\1\2\3\4"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"\x81\x03abc", PROTOCOL_ERROR),  # not masked
        (b"\xc1\x80" + MASK, PROTOCOL_ERROR),  # compressed, which was not agreed on
        (b"\x83\x80" + MASK, PROTOCOL_ERROR),  # an opcode that nobody has defined
        (b"\x80\x80" + MASK, PROTOCOL_ERROR),  # the rest of nothing
        (b"\x01\x80" + MASK + b"\x81\x80" + MASK, PROTOCOL_ERROR),  # a beginning within a message
        (b"\x09\x80" + MASK, PROTOCOL_ERROR),  # a ping in parts
        (b"\x89\xfe\x00\x7e" + MASK + bytes(126), PROTOCOL_ERROR),  # a ping that is too long
        (b"\x81\xff\x00\x00\x00\x01\x00\x00\x00\x00", TOO_BIG),  # told by its head already
        (b"\x01\xfe\xff\xff" + MASK + bytes(65_535) + b"\x80\xfe\xff\xff" + MASK + bytes(65_535), TOO_BIG),
    ],
)
def test_what_is_wrong_closes_the_line(line: bytes, code: int) -> None:
    with pytest.raises(Broken) as broken:
        list(Frames(MOST).feed(line))
    assert broken.value.code == code


# The example of RFC 6455, section 1.3.
ASKED = {"HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==", "HTTP_SEC_WEBSOCKET_VERSION": "13"}


def test_a_handshake_is_answered() -> None:
    answer = accept({**ASKED, "HTTP_SEC_WEBSOCKET_EXTENSIONS": "permessage-deflate"})
    assert answer is not None
    assert b"\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in answer
    assert b"Extensions" not in answer


@pytest.mark.parametrize(
    "wrong",
    [
        {"HTTP_SEC_WEBSOCKET_KEY": ""},
        {"HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZQ=="},
        {"HTTP_SEC_WEBSOCKET_KEY": "键"},
        {"HTTP_SEC_WEBSOCKET_VERSION": "8"},
    ],
)
def test_what_is_no_handshake_is_not_answered(wrong: dict[str, str]) -> None:
    assert accept({**ASKED, **wrong}) is None
