"""Telling connected phones: the format in which any process hands an event to the realtime processes.

Each room of Socket.IO has its own Redis channel, and a realtime process listens only to the rooms of the
phones that it holds. What travels is the frame as the phones get it, so that nobody decodes or encodes it on
the way. Redis keeps nothing: a phone that misses a frame asks for what follows its last number.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import orjson
from redis import Redis

NODE_BYTES = 16
_OUTSIDER = bytes(NODE_BYTES)
TO_SERVERS = b"\xff" * NODE_BYTES
"""The mark of what is said to the realtime processes themselves, of the phones in a room, and not to these phones."""

SHOW_OUT, HAND_OVER = "show_out", "hand_over"
"""What may be said to them: end these phones' connections; this conversation has another guide now."""


def member_room(member_id: UUID | str) -> str:
    """Where all phones of one member listen."""
    return f"member:{member_id}"


def staff_room(staff_id: UUID | str) -> str:
    """Where all phones of one guide listen."""
    return f"staff:{staff_id}"


def floor_room(store_id: UUID | str) -> str:
    """Where the phones of those who run one store listen."""
    return f"floor:{store_id}"


def channel(room: str) -> str:
    """The Redis channel of a room."""
    return f"live:{room}"


def frame(event: str, payload: Any) -> str:
    """A Socket.IO event of the main namespace, as it goes over the line."""
    return "2" + orjson.dumps([event, payload]).decode()


def unframed(text: str) -> tuple[str, Any]:
    """The event and the payload of a ``frame``."""
    event, payload = orjson.loads(text[1:])
    return event, payload


def pack(node: bytes, text: str) -> bytes:
    """A frame with its sender's mark, by which a node knows its own frames when they come back to it."""
    return node + text.encode()


def unpack(packed: bytes) -> tuple[bytes, str]:
    """The sender's mark and the frame."""
    return packed[:NODE_BYTES], packed[NODE_BYTES:].decode()


class Live:
    """For processes that hold no sockets: jobs and pages."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def tell(self, rooms: Sequence[str], event: str, payload: Any) -> None:
        """Hand ``event`` to the phones in ``rooms``, wherever they are connected."""
        self.tell_all([(rooms, event, payload)])

    def tell_all(self, told: Iterable[tuple[Sequence[str], str, Any]]) -> None:
        """The same for many, each with its rooms, in one round trip and in their order."""
        self._publish(_OUTSIDER, told)

    def order_all(self, told: Iterable[tuple[Sequence[str], str, Any]]) -> None:
        """Have the realtime processes themselves do something with the phones in some rooms."""
        self._publish(TO_SERVERS, told)

    def _publish(self, mark: bytes, told: Iterable[tuple[Sequence[str], str, Any]]) -> None:
        with self._redis.pipeline(transaction=False) as pipe:
            for rooms, event, payload in told:
                packed = pack(mark, frame(event, payload))
                for room in rooms:
                    pipe.publish(channel(room), packed)
            pipe.execute()
