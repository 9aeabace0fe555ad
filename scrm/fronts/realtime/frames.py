"""WebSocket's handshake and frames (RFC 6455), without a socket: bytes in, messages out.

The library that Engine.IO brings spends more time on a frame than everything that we do with the message in it.
Extensions are not agreed on: compression would cost every connection some 50 KB, and an attacker's bomb would
expand.
"""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha1

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10

GOING_AWAY, PROTOCOL_ERROR, NO_UTF8, TOO_BIG = 1001, 1002, 1007, 1009

_FINAL = 0x80
_MASKED = 0x80
_LARGEST_CONTROL = 125
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Broken(Exception):
    """What arrived is not WebSocket, or more than is taken; the line has to be closed with ``code``."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def accept(environ: Mapping[str, object]) -> bytes | None:
    """The answer that opens a WebSocket, or ``None`` if the request is not one for it."""
    key = str(environ.get("HTTP_SEC_WEBSOCKET_KEY", ""))
    try:
        is_key = len(b64decode(key, validate=True)) == 16
    except (binascii.Error, ValueError):
        is_key = False
    if not is_key or environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13":
        return None
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: "
        + b64encode(sha1(key.encode() + _GUID, usedforsecurity=False).digest())
        + b"\r\n\r\n"
    )


def frame(opcode: int, payload: bytes) -> bytes:
    """A whole message as a server sends it: in one frame, unmasked."""
    length = len(payload)
    if length <= _LARGEST_CONTROL:
        return bytes((_FINAL | opcode, length)) + payload
    if length < 1 << 16:
        return bytes((_FINAL | opcode, 126)) + length.to_bytes(2) + payload
    return bytes((_FINAL | opcode, 127)) + length.to_bytes(8) + payload


def closing(code: int) -> bytes:
    """The frame that closes a WebSocket."""
    return frame(CLOSE, code.to_bytes(2))


class Frames:
    """Puts a client's messages together from what arrives; none may be longer than ``most`` bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._arrived = b""
        self._begun: tuple[int, bytes] | None = None

    def feed(self, arrived: bytes) -> Iterator[tuple[int, bytes]]:
        """Opcode and payload of each message that is now whole; ``Broken`` at the first byte that is wrong."""
        self._arrived += arrived
        while (one := self._next()) is not None:
            whole = self._joined(*one)
            if whole is not None:
                yield whole

    def _next(self) -> tuple[int, bool, bytes] | None:
        """Opcode, finality and payload of the next frame, once all of it is there."""
        arrived = self._arrived
        if len(arrived) < 2:
            return None
        first, second = arrived[0], arrived[1]
        opcode, length, start = first & 0x0F, second & 0x7F, 2
        # A bit that only an extension gives a meaning, an opcode that nobody has defined, a frame without its mask.
        if first & 0x70 or opcode not in (CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG) or second < _MASKED:
            raise Broken(PROTOCOL_ERROR)
        if opcode >= CLOSE and (first < _FINAL or length > _LARGEST_CONTROL):
            raise Broken(PROTOCOL_ERROR)
        if length > _LARGEST_CONTROL:
            start = 4 if length == 126 else 10
            if len(arrived) < start:
                return None
            length = int.from_bytes(arrived[2:start])
        if length > self._most:
            raise Broken(TOO_BIG)
        end = start + 4 + length
        if len(arrived) < end:
            return None
        self._arrived = arrived[end:]
        return opcode, first >= _FINAL, _unmasked(arrived[start : start + 4], arrived[start + 4 : end])

    def _joined(self, opcode: int, final: bool, payload: bytes) -> tuple[int, bytes] | None:
        """The message that this frame completes; messages about the line itself may come between two parts."""
        if opcode >= CLOSE:
            return opcode, payload
        if (opcode == CONTINUATION) != (self._begun is not None):
            raise Broken(PROTOCOL_ERROR)
        if self._begun is not None:
            opcode, payload = self._begun[0], self._begun[1] + payload
            if len(payload) > self._most:
                raise Broken(TOO_BIG)
        self._begun = None if final else (opcode, payload)
        return (opcode, payload) if final else None


def _unmasked(mask: bytes, payload: bytes) -> bytes:
    """As one large number, since Python has no quicker way to XOR bytes."""
    size = len(payload)
    key = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload) ^ int.from_bytes(key)).to_bytes(size)
