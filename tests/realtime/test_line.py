"""One phone's line: what leaves together, who is cut off, and how a line ends."""

from collections.abc import Iterator

import gevent
import pytest
from gevent import socket

from scrm.fronts.realtime.frames import GOING_AWAY, NO_UTF8, PONG, PROTOCOL_ERROR, TEXT, closing, frame
from scrm.fronts.realtime.line import MOST_UNSENT, Line

Ends = tuple[Line, socket.socket]


@pytest.fixture
def ends() -> Iterator[Ends]:
    """A line and the phone's end of it."""
    ours, phone = socket.socketpair()
    phone.settimeout(20)
    yield Line(ours), phone
    phone.close()
    ours.close()


def masked(first: int, payload: bytes) -> bytes:
    """A short frame as a phone sends it; a mask of zeros is a mask."""
    return bytes((first, 0x80 | len(payload))) + bytes(4) + payload


def heard(line: Line) -> gevent.Greenlet:
    return gevent.spawn(lambda: list(line.messages()))


def test_what_is_written_in_one_turn_leaves_together_and_in_order(ends: Ends) -> None:
    line, phone = ends
    for words in (b"one", b"two", b"three"):
        line.write(frame(TEXT, words))
    assert phone.recv(1000) == b"\x81\x03one\x81\x03two\x81\x05three"


def test_a_slow_phone_gets_everything(ends: Ends) -> None:
    line, phone = ends
    line.write(frame(TEXT, bytes(MOST_UNSENT - 100)))
    received = 0
    while received < MOST_UNSENT - 90:
        received += len(phone.recv(65536))
    line.write(frame(TEXT, b"more"))
    assert phone.recv(1000) == b"\x81\x04more"


def test_a_phone_that_takes_nothing_is_cut_off(ends: Ends) -> None:
    line, phone = ends
    listening = heard(line)
    for _ in range(20):
        line.write(frame(TEXT, bytes(MOST_UNSENT // 10)))
        gevent.sleep(0)
    assert listening.get(timeout=20) == []
    line.write(frame(TEXT, b"to nobody"))
    taken = 0
    while part := phone.recv(65536):
        taken += len(part)
    assert taken < MOST_UNSENT


def test_a_ping_is_answered_and_a_goodbye_too(ends: Ends) -> None:
    line, phone = ends
    phone.sendall(
        masked(0x81, "在吗".encode()) + masked(0x89, b"there?") + masked(0x88, b"") + masked(0x81, b"x")
    )
    assert heard(line).get(timeout=20) == ["在吗"]
    assert phone.recv(1000) == frame(PONG, b"there?") + closing(GOING_AWAY)


@pytest.mark.parametrize(("said", "code"), [(masked(0x81, b"\xff"), NO_UTF8), (b"\x81\x01x", PROTOCOL_ERROR)])
def test_nonsense_ends_the_line_and_nothing_after_it_is_heard(ends: Ends, said: bytes, code: int) -> None:
    line, phone = ends
    listening = heard(line)
    phone.sendall(masked(0x81, b"before") + said + masked(0x81, b"after"))
    assert phone.recv(1000) == closing(code)
    phone.sendall(masked(0x81, b"after"))
    phone.close()
    assert listening.get(timeout=20) == ["before"]


def test_a_phone_that_does_not_say_goodbye_is_hung_up_on(ends: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scrm.fronts.realtime.line.PARTING_SECONDS", 0.01)
    line, phone = ends
    listening = heard(line)
    gevent.sleep(0)
    line.part(GOING_AWAY)
    assert listening.get(timeout=20) == []
    assert phone.recv(1000) == closing(GOING_AWAY)
    assert phone.recv(1000) == b""
