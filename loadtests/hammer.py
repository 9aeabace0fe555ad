"""A lean load generator: keep-alive connections over epoll, about 20 µs of CPU for each request.

It shares the machine with what it measures, so it must cost little; that is why it is not Locust.
"""

import random
import select
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

BLANK = b"\r\n\r\n"
LENGTH = b"content-length: "


@dataclass
class Outcome:
    """What came back: how many of each status, how long each took (in seconds), over how many seconds."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    broken: int = 0

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return self.statuses[200] / self.seconds

    def percentile(self, percent: float) -> float:
        """The latency in milliseconds that ``percent`` of all answers stayed within."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] * 1000 if ordered else 0.0

    def __str__(self) -> str:
        spread = " ".join(f"p{p}={self.percentile(p):.1f}ms" for p in (50, 95, 99))
        return f"{self.rate:,.0f}/s {dict(self.statuses)} {spread}" + (
            f" broken={self.broken}" if self.broken else ""
        )


@dataclass
class Line:
    """One connection and the request that is under way on it."""

    sock: socket.socket
    sent_at: float = 0.0
    request: bytes = b""
    received: bytes = b""


def hammer(
    port: int,
    next_request: Callable[[], bytes],
    *,
    connections: int,
    seconds: float,
    heard: Callable[[bytes, int, bytes], None] | None = None,
) -> Outcome:
    """Keep ``connections`` requests under way for ``seconds``; ``heard(request, status, body)`` sees each answer."""
    outcome, poll, lines = Outcome(), select.epoll(), {}
    for _ in range(connections):
        line = dial(port)
        lines[line.sock.fileno()] = line
        poll.register(line.sock, select.EPOLLIN)
        send(line, next_request())
    started = time.perf_counter()
    ends = started + seconds
    while lines:
        for number, _ in poll.poll(1.0):
            line = lines[number]
            try:
                answer = read(line)
            except OSError:
                outcome.broken += 1
                poll.unregister(number)
                line.sock.close()
                del lines[number]
                continue
            if answer is None:
                continue
            now = time.perf_counter()
            if now <= ends:
                outcome.statuses[answer[0]] += 1
                outcome.latencies.append(now - line.sent_at)
            if heard is not None:
                heard(line.request, *answer)
            if now > ends:
                poll.unregister(number)
                line.sock.close()
                del lines[number]
            else:
                send(line, next_request())
        if time.perf_counter() > ends + 15:
            outcome.broken += len(lines)
            break
    outcome.seconds = seconds
    return outcome


def dial(port: int) -> Line:
    """A new connection."""
    sock = socket.create_connection(("127.0.0.1", port))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return Line(sock)


def send(line: Line, request: bytes) -> None:
    """Put a request under way on a free connection."""
    line.request = request
    line.sent_at = time.perf_counter()
    line.sock.send(request)


def read(line: Line) -> tuple[int, bytes] | None:
    """The status and body, once all of it is there."""
    return take(line, line.sock.recv(65536))


def take(line: Line, part: bytes) -> tuple[int, bytes] | None:
    """The same with the ``part`` that has just been received."""
    if not part:
        raise ConnectionError
    received = line.received + part if line.received else part
    head_ends = received.find(BLANK)
    if head_ends < 0:
        line.received = received
        return None
    at = received.find(LENGTH, 0, head_ends)
    length = int(received[at + len(LENGTH) : received.index(b"\r", at)]) if at >= 0 else 0
    body_starts = head_ends + len(BLANK)
    if len(received) < body_starts + length:
        line.received = received
        return None
    line.received = received[body_starts + length :]
    return int(received[9:12]), received[body_starts : body_starts + length]


def unique_keys(prefix: str) -> Callable[[], str]:
    """Idempotency keys that no other run has used."""
    run, count = f"{prefix}-{random.getrandbits(40):010x}", iter(range(1 << 60))
    return lambda: f"{run}-{next(count):08d}"
