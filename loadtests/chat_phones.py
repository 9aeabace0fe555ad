"""A thousand phones in one thread: WebSocket and Socket.IO by hand, so that the generator costs little itself."""

import os
import socket
import struct
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from select import EPOLLIN, epoll
from typing import Any

import orjson

# An all-zero mask is a mask: the frame stays as it is, and no time is spent on it.
_MASK = b"\0\0\0\0"


class Phone:
    """One connection; its frames are read when the selector says so."""

    def __init__(self, port: int, token: str, origin: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = bytearray()
        self._asked = 0
        self.sent: dict[int, float] = {}
        key = "dGhlIHNhbXBsZSBub25jZQ=="
        self.socket.sendall(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Origin: {origin}\r\n\r\n".encode()
        )
        while b"\r\n\r\n" not in self._buffer:
            self._buffer += self.socket.recv(4096)
        del self._buffer[: self._buffer.index(b"\r\n\r\n") + 4]
        self._await("0")
        self._send(b"40" + orjson.dumps({"token": token}))
        self._await("40")

    def join(self, said: dict[str, Any]) -> None:
        """Open a conversation and wait until that is done."""
        self._ask("join", said)
        answer = self._await("43")
        if "error" in answer:
            raise AssertionError(answer)
        self.socket.setblocking(False)

    def post(self, said: dict[str, Any], now: float) -> None:
        """Send a message; ``sent`` remembers when."""
        self.sent[self._ask("post", said)] = now

    def frames(self) -> list[str]:
        """What has arrived; pings are answered here."""
        try:
            received = self.socket.recv(65536)
        except BlockingIOError:
            return []
        if not received:
            raise ConnectionError("the server hung up")
        self._buffer += received
        frames = self._parse()
        for _ in range(frames.count("2")):
            self._send(b"3")
        return frames

    def _ask(self, event: str, said: dict[str, Any]) -> int:
        self._asked += 1
        self._send(b"42%d" % self._asked + orjson.dumps([event, said]))
        return self._asked

    def _send(self, payload: bytes) -> None:
        if len(payload) < 126:
            head = struct.pack("!BB", 0x81, 0x80 | len(payload))
        else:
            head = struct.pack("!BBH", 0x81, 0x80 | 126, len(payload))
        self.socket.send(head + _MASK + payload)

    def _await(self, beginning: str) -> str:
        while True:
            for frame in self._parse():
                if frame.startswith(beginning):
                    return frame
                if frame.startswith("44"):
                    raise ConnectionError(frame)
            received = self.socket.recv(65536)
            if not received:
                raise ConnectionError("the server hung up")
            self._buffer += received

    def _parse(self) -> list[str]:
        frames, at, buffer = [], 0, self._buffer
        while len(buffer) - at >= 2:
            length, start = buffer[at + 1], at + 2
            if length == 126:
                if len(buffer) - at < 4:
                    break
                length, start = int.from_bytes(buffer[at + 2 : at + 4]), at + 4
            if len(buffer) < start + length:
                break
            frames.append(buffer[start : start + length].decode(errors="replace"))
            at = start + length
        del buffer[:at]
        return frames


@dataclass
class Heard:
    """Seconds from sending to acknowledgement and to the other phone, and what was refused."""

    acknowledged: list[float] = field(default_factory=list)
    delivered: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    seconds: float = 0.0


Message = Callable[[int, float], dict[str, Any]]
"""What phone number ``n`` says at a moment; its text begins with that moment, so that the receiver can tell."""


def talk(phones: list[Phone], message: Message, *, seconds: float, rate: float | None) -> Heard:
    """Let the phones talk: at ``rate`` messages a second in turn, or each as soon as it was answered."""
    heard = Heard()
    poll = epoll()
    numbers = {phone.socket.fileno(): number for number, phone in enumerate(phones)}
    for socket_number in numbers:
        poll.register(socket_number, EPOLLIN)
    began = time.perf_counter()
    ready = deque(range(len(phones))) if rate is None else deque()
    posted = 0
    while (now := time.perf_counter()) < began + seconds + 2:
        speaking = now < began + seconds
        if rate is not None and speaking:
            while posted < (now - began) * rate:
                ready.append(int.from_bytes(os.urandom(4)) % len(phones))
                posted += 1
        while ready and speaking:
            number = ready.popleft()
            phones[number].post(message(number, now), now)
        for socket_number, _ in poll.poll(0.002):
            number = numbers[socket_number]
            phone = phones[number]
            for frame in phone.frames():
                if _take(phone, frame, heard) and rate is None:
                    ready.append(number)
        if not speaking and not any(phone.sent for phone in phones):
            break
    heard.seconds = min(seconds, time.perf_counter() - began)
    poll.close()
    return heard


def _take(phone: Phone, frame: str, heard: Heard) -> bool:
    """Write down what a frame tells; true if it is an answer."""
    now = time.perf_counter()
    if frame.startswith("42["):
        at = frame.find('"text":"@')
        if at > 0:
            heard.delivered.append(now - float(frame[at + 9 : frame.index(" ", at + 9)]))
        return False
    if not frame.startswith("43"):
        return False
    number, _, answer = frame[2:].partition("[")
    since = phone.sent.pop(int(number), None)
    if since is not None and '"error"' in answer:
        heard.refused.append(answer)
    elif since is not None:
        heard.acknowledged.append(now - since)
    return since is not None
