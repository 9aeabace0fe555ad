"""The rooms of Socket.IO over all realtime processes: one Redis channel for each room that is in use here."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from engineio import packet as eio_packet
from socketio.manager import Manager

from scrm import live

from .wire import Wire

NAMESPACE = "/"


class Rooms(Manager):  # type: ignore[misc]  # python-socketio has no types
    """Replaces the stock Redis queue, where every process decodes every event of every room.

    A process subscribes to a room's channel while one of its own sockets is in it. An event is written to the
    sockets of this process at once, and travels to the others as the finished frame.
    """

    def __init__(self, redis_url: str) -> None:
        super().__init__()
        self.node = os.urandom(live.NODE_BYTES)
        self.wire = Wire(redis_url, heard=self._heard, restored=self._restored)
        self.orders: dict[str, Callable[[list[str], Any], None]] = {}
        """What jobs may have this process itself do with the sockets in a room, by the word for it."""

    def emit(
        self,
        event: str,
        data: Any,
        namespace: str = NAMESPACE,
        room: str | list[str] | None = None,
        skip_sid: str | None = None,
        callback: Any = None,
        to: str | list[str] | None = None,
        **kwargs: Any,
    ) -> None:
        """Tell the sockets in one or several rooms, here and in the other processes; ``skip_sid`` is
        spared.
        """
        target = to or room
        rooms = [target] if isinstance(target, str) else list(target or ())
        frame = live.frame(event, data)
        self._deliver(rooms, frame, skip_sid)
        packed = live.pack(self.node, frame)
        for name in rooms:
            self.wire.publish(live.channel(name), packed)

    def tell_all_here(self, event: str, data: Any) -> None:
        """Tell every socket of this process."""
        super().emit(event, data, NAMESPACE)

    def basic_enter_room(
        self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None
    ) -> None:
        """Enter a room; the first one in opens its channel."""
        first = room not in self.rooms.get(namespace, {})
        super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)
        if first and self._is_shared(sid, room):
            self.wire.subscribe(live.channel(str(room)))

    def basic_leave_room(self, sid: str, namespace: str, room: str | None) -> None:
        """Leave a room; the last one out closes its channel."""
        super().basic_leave_room(sid, namespace, room)
        if self._is_shared(sid, room) and room not in self.rooms.get(namespace, {}):
            self.wire.unsubscribe(live.channel(str(room)))

    @staticmethod
    def _is_shared(sid: str, room: str | None) -> bool:
        """Socket.IO keeps a room of all sockets and one for each socket; nobody elsewhere addresses those."""
        return room is not None and room != sid

    def _heard(self, channel: str, packed: bytes) -> None:
        node, frame = live.unpack(packed)
        room = channel.removeprefix("live:")
        if node == live.TO_SERVERS:
            self._obey(room, frame)
        elif node != self.node:
            self._deliver([room], frame, None)

    def _obey(self, room: str, frame: str) -> None:
        word, details = live.unframed(frame)
        if word in self.orders:
            self.orders[word]([sid for sid, _ in self.get_participants(NAMESPACE, [room])], details)

    def _restored(self, lost: set[str]) -> None:
        """Redis was away, so events of other processes are missing: each phone asks for what follows its
        last.
        """
        self.tell_all_here("resync", {})
        again = live.pack(self.node, live.frame("resync", {}))
        for channel in lost:
            self.wire.publish(channel, again)

    def _deliver(self, rooms: Iterable[str], frame: str, skip_sid: str | None) -> None:
        packet = eio_packet.Packet(eio_packet.MESSAGE, frame)
        for sid, eio_sid in self.get_participants(NAMESPACE, list(rooms) or [""]):
            if sid != skip_sid:
                self.server._send_eio_packet(eio_sid, packet)
