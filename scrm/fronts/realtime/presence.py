"""Who is here just now: a hint in Redis that fades by itself when a process dies."""

from collections import Counter

import gevent

from .wire import Wire, WireDown

FADES_AFTER = 75
REFRESHED_EVERY = 30


class Presence:
    """Counts this process's sockets for each person, and keeps their keys fresh."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._here: Counter[str] = Counter()
        self._refresher = gevent.spawn(self._refresh)

    def came(self, room: str) -> None:
        """One more phone of the person who listens in ``room``."""
        self._here[room] += 1
        self._wire.command("SET", _key(room), "1", "EX", FADES_AFTER)

    def left(self, room: str) -> bool:
        """One less; true if it was the person's last phone in this process."""
        self._here[room] -= 1
        if self._here[room] > 0:
            return False
        del self._here[room]
        self._wire.command("DEL", _key(room))
        return True

    def is_here(self, room: str) -> bool:
        """Whether the person is connected anywhere; false while Redis is away."""
        if self._here[room]:
            return True
        try:
            return bool(self._wire.command("EXISTS", _key(room)).get(timeout=1))
        except (WireDown, gevent.Timeout):
            return False

    def _refresh(self) -> None:
        while True:
            gevent.sleep(REFRESHED_EVERY)
            for room in list(self._here):
                self._wire.command("SET", _key(room), "1", "EX", FADES_AFTER)


def _key(room: str) -> str:
    return f"here:{room}"
