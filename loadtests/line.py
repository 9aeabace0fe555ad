"""A lean Socket.IO line: what a phone's library says over a WebSocket, without the library's threads."""

import time
from typing import Any

import orjson
import websocket


class LineLost(Exception):
    """The connection ended, or nothing came in time: connect again and ask again."""


class Line:
    """One connection of a member or a guide. Pings are answered, and events kept, while an answer is awaited."""

    def __init__(self, url: str, *, origin: str, token: str, seconds: float = 5.0) -> None:
        self.heard: list[tuple[str, Any]] = []
        self._seconds = seconds
        self._asked = 0
        try:
            self._socket = websocket.create_connection(
                f"{url}/socket.io/?EIO=4&transport=websocket", origin=origin, timeout=seconds
            )
            self._receive()
            self._socket.send("40" + orjson.dumps({"token": token}).decode())
            welcome = self._receive()
        except (websocket.WebSocketException, OSError) as lost:
            raise LineLost from lost
        if not welcome.startswith("40"):
            raise LineLost(welcome)

    def call(self, event: str, said: Any) -> Any:
        """Say something and wait for its acknowledgement."""
        self._asked += 1
        mark = f"43{self._asked}["
        deadline = time.monotonic() + self._seconds
        try:
            self._socket.send(f"42{self._asked}" + orjson.dumps([event, said]).decode())
            while time.monotonic() < deadline:
                frame = self._receive()
                if frame.startswith(mark):
                    return orjson.loads(frame[len(mark) - 1 :])[0]
                if frame == "2":
                    self._socket.send("3")
                elif frame.startswith("42["):
                    name, *told = orjson.loads(frame[2:])
                    self.heard.append((name, told[0] if told else None))
        except (websocket.WebSocketException, OSError) as lost:
            raise LineLost from lost
        raise LineLost(f"no answer to {event}")

    def close(self) -> None:
        self._socket.close()

    def _receive(self) -> str:
        frame = self._socket.recv()
        if not frame:
            raise LineLost("closed")
        return frame if isinstance(frame, str) else frame.decode()
