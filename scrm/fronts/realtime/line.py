"""A phone's WebSocket under Engine.IO: read by the greenlet that serves it, written without any.

What is to be written within one turn of the event loop leaves together. Engine.IO's own way has three greenlets
and two queues for each connection, and wakes two of them for each message.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import gevent
from engineio.exceptions import EngineIOError
from engineio.packet import Packet
from engineio.socket import Socket
from gevent import socket

from .frames import (
    BINARY,
    CLOSE,
    GOING_AWAY,
    NO_UTF8,
    PING,
    PONG,
    TEXT,
    Broken,
    Frames,
    accept,
    closing,
    frame,
)
from .protocol import MAX_FRAME

log = logging.getLogger("scrm.realtime.engineio")

MOST_UNSENT = 1024 * 1024
PARTING_SECONDS = 2.0
SECONDS_TO_BE_LET_IN = 10.0
SOCKET = "scrm.socket"
"""Where the server leaves the connection's socket in the WSGI environment."""
IS_OPEN = "scrm.is_open"
"""And there what to call when the connection has become a line, which is no request any more."""
LET_IN = "scrm.let_in"
"""Where a line leaves what to call when it is known who is at its other end; else it is soon parted."""


class Line:
    """One open WebSocket."""

    def __init__(self, connection: socket.socket) -> None:
        connection.settimeout(0)
        loop = gevent.get_hub().loop
        self._connection = connection
        self._readable = loop.io(connection.fileno(), 1)
        self._writable = loop.io(connection.fileno(), 2)
        self._soon: Callable[[Callable[[], None]], object] = loop.run_callback
        self._unsent = bytearray()
        self._parting = False
        self._gone = False

    def write(self, frames: bytes) -> None:
        """Send in this turn of the loop. A phone that takes nothing for long is cut off."""
        if self._gone:
            return
        if not self._unsent:
            self._soon(self._flush)
        self._unsent += frames
        if len(self._unsent) > MOST_UNSENT:
            self._cut()

    def part(self, code: int) -> None:
        """Say goodbye, and hang up when the phone has done so too or takes too long."""
        if not self._parting and not self._gone:
            self._parting = True
            self.write(closing(code))
            gevent.spawn_later(PARTING_SECONDS, self._cut)

    def messages(self) -> Iterator[str | bytes]:
        """What the phone says, until either side hangs up."""
        frames, is_broken = Frames(MAX_FRAME), False
        try:
            while not self._gone:
                socket.wait(self._readable)
                arrived = self._connection.recv(8192)
                if not arrived:
                    return
                if is_broken:
                    # Read all the same: a line that is closed on what was not read loses our goodbye.
                    continue
                try:
                    yield from self._said(frames, arrived)
                except Broken as broken:
                    is_broken = True
                    self.part(broken.code)
        except (OSError, _HungUp):
            return
        finally:
            self._flush()
            self._gone = True
            self._readable.close()
            self._writable.close()

    def _said(self, frames: Frames, arrived: bytes) -> Iterator[str | bytes]:
        for opcode, payload in frames.feed(arrived):
            if opcode == CLOSE:
                self.part(GOING_AWAY)
                raise _HungUp
            if opcode == PING:
                self.write(frame(PONG, payload))
            elif not self._parting and opcode == BINARY:
                yield payload
            elif not self._parting and opcode == TEXT:
                try:
                    said = payload.decode()
                except UnicodeDecodeError:
                    raise Broken(NO_UTF8) from None
                yield said

    def _flush(self) -> None:
        if self._gone or not self._unsent:
            return
        try:
            del self._unsent[: self._connection.send(self._unsent)]
        except BlockingIOError:
            pass
        except OSError:
            # The reader sees the same and ends.
            self._unsent.clear()
        if self._unsent:
            self._writable.start(self._flush)
        else:
            self._writable.stop()

    def _cut(self) -> None:
        """Wakes the reader, which ends."""
        if not self._gone:
            self._unsent.clear()
            self._writable.stop()
            with suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)


class _HungUp(Exception):
    """The phone has said goodbye."""


class Outbox:
    """Stands where Engine.IO has the queue of a connection's writer: what is put into it is on its way."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def put(self, packet: Packet | None) -> None:
        """Send a packet; ``None`` closes the line."""
        if packet is None:
            self._line.part(GOING_AWAY)
            return
        encoded = packet.encode()
        if isinstance(encoded, str):
            self._line.write(frame(TEXT, encoded.encode()))
        else:
            self._line.write(frame(BINARY, encoded))

    def join(self) -> None:
        """Nothing waits here."""


class Driver:
    """What Engine.IO calls to serve a connection that asks for a WebSocket."""

    def __init__(self, handler: Any, _server: object) -> None:
        # Engine.IO names the connection by the method of it that would serve it.
        self._phone: Socket = handler.__self__

    def __call__(self, environ: dict[str, Any], _start_response: object) -> Any:
        """Serve one connection until it ends."""
        phone = self._phone
        answer = accept(environ)
        if answer is None:
            phone.close(wait=False, abort=True)
            return phone.server._bad_request("This is no WebSocket")
        environ[IS_OPEN]()
        line = Line(environ[SOCKET])
        line.write(answer)
        patience = gevent.get_hub().loop.timer(SECONDS_TO_BE_LET_IN)
        patience.start(line.part, GOING_AWAY)
        environ[LET_IN] = patience.stop
        waiting, phone.queue = phone.queue, Outbox(line)
        while not waiting.empty():
            phone.queue.put(waiting.get())
        phone.connected = phone.upgraded = True
        try:
            self._listen(phone, line)
        finally:
            patience.close()
        phone.close(wait=False, abort=True, reason=phone.server.reason.TRANSPORT_CLOSE)
        return []

    @staticmethod
    def _listen(phone: Socket, line: Line) -> None:
        for said in line.messages():
            try:
                phone.receive(Packet(encoded_packet=said))
            except EngineIOError as error:
                log.info("a packet that nobody knows: %s", error)
            except Exception:
                # Nonsense that python-socketio cannot read: it raises whatever its parser stumbles over.
                log.info("a packet that cannot be read", exc_info=True)
                return
