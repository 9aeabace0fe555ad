"""Strangers at the realtime port: who does not say what they want or who they are is hung up on, and beyond a bound
nobody is held.
"""

import json
import socket
import time
from collections.abc import Iterator

import pytest
import websocket

from scrm.config import Config
from scrm.fronts.identity import Tokens

from .conftest import PATIENCE, Pair, Processes

MOST = 20


@pytest.fixture(scope="module")
def realtime(config: Config) -> Iterator[Processes]:
    """One process that waits a second for strangers, and holds few."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEST_PATIENCE", "1")
        patch.setenv("TEST_MOST", str(MOST))
        processes = Processes(config)
        processes.wait_for(processes.start(0))
    yield processes
    processes.stop()


def knock(realtime: Processes, said: bytes = b"") -> socket.socket:
    line = socket.create_connection(("127.0.0.1", realtime.config.realtime_port), timeout=PATIENCE)
    line.sendall(said)
    return line


def answer(line: socket.socket) -> bytes:
    """All that is said until the other side hangs up."""
    said = b""
    try:
        while part := line.recv(1000):
            said += part
    except ConnectionResetError:
        pass
    return said


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        (b"", b""),
        (b"GET /healthz HTT", b""),
        (b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", b""),
        (b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", b"HTTP/1.1 200 OK"),
        (b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n", b"HTTP/1.1 405"),
    ],
    ids=["nothing", "half a line", "half a head", "and then nothing", "a body that never comes"],
)
def test_who_does_not_go_on_is_hung_up_on(realtime: Processes, said: bytes, answered: bytes) -> None:
    with knock(realtime, said) as line:
        line.settimeout(8)  # Well below the ten seconds of tests' patience with a laden machine, above one.
        heard = answer(line)
    assert heard.startswith(answered)
    assert answered or not heard


def opened(realtime: Processes) -> websocket.WebSocket:
    line = websocket.create_connection(
        realtime.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket",
        origin=realtime.config.public_url,
        timeout=PATIENCE,
    )
    assert line.recv()[0] == "0"
    return line


@pytest.mark.parametrize("said", [None, '40{"token":"forged"}'], ids=["says nothing", "is refused"])
def test_a_line_without_a_name_is_parted(realtime: Processes, said: str | None) -> None:
    line = opened(realtime)
    if said:
        line.send(said)
        assert line.recv().startswith("44")
    line.settimeout(8)
    opcode, _ = line.recv_data()
    assert opcode == websocket.ABNF.OPCODE_CLOSE
    line.close()


def test_who_was_let_in_stays(realtime: Processes, pair: Pair) -> None:
    line = opened(realtime)
    token = Tokens(realtime.config.secret_key).make("socket", b"member:" + pair.member_id.bytes)
    line.send("40" + json.dumps({"token": token}))
    assert line.recv().startswith("40")
    time.sleep(2.5)
    line.send("421" + json.dumps(["join", pair.joining]))
    assert line.recv().startswith("431")
    line.close()


def test_beyond_the_bound_people_are_refused_at_once_until_others_leave(realtime: Processes) -> None:
    lines = [opened(realtime) for _ in range(MOST // 2)]
    silent = [knock(realtime) for _ in range(MOST)]
    refused = [line for line in silent if answer(line).startswith(b"HTTP/1.1 503")]
    assert len(refused) >= MOST // 2
    for line in (*lines, *silent):
        line.close()
    realtime.wait_for(realtime.running[0])
