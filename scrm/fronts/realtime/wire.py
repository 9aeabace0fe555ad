"""One pipelined Redis connection for a whole realtime process: commands, answers and subscriptions on one
socket.

RESP3 lets a connection subscribe and command at once. Commands of all greenlets that fall into one turn of
the event loop leave in one write; answers come back in order. While Redis is away commands fail at once and
subscriptions are remembered.
"""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from urllib.parse import unquote, urlsplit

import gevent
import hiredis
from gevent import socket
from gevent.event import AsyncResult, Event

log = logging.getLogger(__name__)

MAX_UNSENT = 8 * 1024 * 1024
MAX_LOST = 50_000
QUIET_SECONDS = 20
LONGEST_PAUSE = 2.0


class WireDown(Exception):
    """Redis cannot be reached just now."""


class Wire:
    """The connection; it comes back by itself for as long as the process lives."""

    def __init__(
        self, url: str, *, heard: Callable[[str, bytes], None], restored: Callable[[set[str]], None]
    ) -> None:
        self._url = urlsplit(url)
        self._heard = heard
        self._restored = restored
        self._channels: set[str] = set()
        # For each command under way, who waits for its answer; for a publication its channel, so that it is
        # known which ones were lost.
        self._waiting: deque[AsyncResult | str] = deque()
        self._lost: set[str] = set()
        self._unsent = bytearray()
        self._has_unsent = Event()
        self._up = False
        self._was_up = False
        self._runner: gevent.Greenlet | None = None

    @property
    def up(self) -> bool:
        """Whether Redis can be reached."""
        return self._up

    def start(self) -> None:
        """Connect, and stay connected."""
        self._runner = gevent.spawn(self._run)

    def stop(self) -> None:
        """Let go of Redis."""
        if self._runner is not None:
            self._runner.kill()

    def command(self, *words: str | bytes | int) -> AsyncResult:
        """Send a command; ``.get()`` waits for its answer or raises ``WireDown``."""
        answer = AsyncResult()
        if self._up and len(self._unsent) < MAX_UNSENT:
            self._send(words, answer)
        else:
            answer.set_exception(WireDown())
        return answer

    def publish(self, channel: str, message: bytes) -> None:
        """Send ``message`` to whoever hears ``channel``; if it may have been lost, ``restored`` is told
        so.
        """
        if self._up and len(self._unsent) < MAX_UNSENT:
            self._send(("PUBLISH", channel, message), channel)
        elif len(self._lost) < MAX_LOST:
            self._lost.add(channel)

    def subscribe(self, channel: str) -> None:
        """Hear what is published on ``channel``, from now on and after every reconnection."""
        self._channels.add(channel)
        if self._up:
            self._write(_packed(("SUBSCRIBE", channel)))

    def unsubscribe(self, channel: str) -> None:
        """Hear ``channel`` no longer."""
        self._channels.discard(channel)
        if self._up:
            self._write(_packed(("UNSUBSCRIBE", channel)))

    def _run(self) -> None:
        pause = 0.05
        while True:
            try:
                connection = self._connect()
            except OSError as error:
                log.warning("redis cannot be reached: %s", error)
                gevent.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            pause = 0.05
            writer = gevent.spawn(self._write_on, connection)
            try:
                self._read_on(connection)
            except (OSError, hiredis.HiredisError) as error:
                log.warning("redis went away: %s", error)
            finally:
                self._up = False
                writer.kill()
                connection.close()
                self._fail_waiting()

    def _connect(self) -> socket.socket:
        url = self._url
        connection = socket.create_connection((url.hostname or "localhost", url.port or 6379), timeout=5)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(None)
        self._unsent.clear()
        self._up = True
        hello = ["HELLO", "3"]
        if url.password:
            hello += ["AUTH", unquote(url.username or "default"), unquote(url.password)]
        self._send(hello, AsyncResult())
        if url.path.strip("/"):
            self._send(["SELECT", url.path.strip("/")], AsyncResult())
        if self._channels:
            self._write(_packed(("SUBSCRIBE", *self._channels)))
        return connection

    def _read_on(self, connection: socket.socket) -> None:
        reader = hiredis.Reader()
        pinged = False
        while True:
            try:
                with gevent.Timeout(QUIET_SECONDS):
                    received = connection.recv(65536)
            except gevent.Timeout:
                # A silent line is asked once; one that stays silent is dead, whatever TCP believes.
                if pinged:
                    raise OSError("no answer") from None
                pinged = True
                self._send(("PING",), AsyncResult())
                continue
            if not received:
                raise OSError("closed")
            pinged = False
            reader.feed(received)
            while (reply := reader.gets()) is not False:
                self._take(reply)

    def _take(self, reply: object) -> None:
        if isinstance(reply, hiredis.PushNotification):
            if reply[0] == b"message":
                self._heard(reply[1].decode(), reply[2])
            return
        answer = self._waiting.popleft()
        if isinstance(reply, Exception):
            log.warning("redis refused a command: %s", reply)
        if isinstance(answer, str):
            return
        if isinstance(reply, Exception):
            answer.set_exception(reply)
            return
        answer.set(reply)
        if isinstance(reply, dict) and b"server" in reply:
            self._greeted()

    def _greeted(self) -> None:
        """The answer to HELLO is there: the line works. After an outage what was missed must be asked for."""
        if self._was_up:
            lost, self._lost = self._lost, set()
            gevent.spawn(self._restored, lost)
        self._was_up = True

    def _send(self, words: Sequence[str | bytes | int], answer: AsyncResult | str) -> None:
        self._waiting.append(answer)
        self._write(_packed(words))

    def _write(self, packed: bytes) -> None:
        self._unsent += packed
        self._has_unsent.set()

    def _write_on(self, connection: socket.socket) -> None:
        while True:
            self._has_unsent.wait()
            self._has_unsent.clear()
            chunk, self._unsent = self._unsent, bytearray()
            try:
                connection.sendall(chunk)
            except OSError:
                # The reader sees the same and starts over; this greenlet has nothing left to write to.
                connection.close()
                return

    def _fail_waiting(self) -> None:
        waiting, self._waiting = self._waiting, deque()
        for answer in waiting:
            if isinstance(answer, str):
                self._lost.add(answer)
            else:
                answer.set_exception(WireDown())


def _packed(words: Sequence[str | bytes | int]) -> bytes:
    packed: bytes = hiredis.pack_command(tuple(words))  # type: ignore[arg-type]  # its types know one word only
    return packed
