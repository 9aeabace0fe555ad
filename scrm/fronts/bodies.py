"""Requests' bodies as they come in: read whole before anybody works on them, within a time and a bound of memory.

While a body comes nothing else waits for it, so that a thousand that never end cost a thousand sockets, and no page.
"""

import asyncio

from center_core.kit import N_, Refused

from .bridge import Receive

# A phone on slow 3G (400 kbit/s, half of it lost) sends the largest body, a megabyte, within these; one that stands
# still for as long as a part may take is gone, or does not mean to send any.
SECONDS_FOR_A_PART = 10.0
SECONDS_FOR_A_BODY = 60.0
# A form is smaller. What is larger shares a bound, so that whoever fills it keeps nobody from signing in.
SMALL = 16 * 1024
MOST_UNDER_WAY = 64 * 1024 * 1024

CROWD_OF_PAGES = Refused(
    "overloaded", N_("Very many people are here right now. Please try again in a moment."), retry_after=1
)
TOO_SLOW = Refused("too_slow", N_("What you sent did not arrive in time. Please try again."))


class Bodies:
    """All that one process is being sent just now; each is cut off one byte after ``most``."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._under_way = 0
        """Bytes, of those bodies that are not small."""

    async def read(self, receive: Receive) -> bytes | None:
        """One whole body; Flask refuses it as too large where it was cut off.

        ``None`` if its sender is gone before all of it came: half a form would pass for a whole one. Refuses one that
        takes too long, and a large one when too much is under way.
        """
        body = bytearray()
        try:
            async with asyncio.timeout(None) as limit:
                whole = asyncio.get_running_loop().time() + SECONDS_FOR_A_BODY
                return await self._read(receive, body, limit, whole)
        except TimeoutError:
            raise TOO_SLOW from None
        finally:
            self._under_way -= _counted(body)

    async def _read(
        self, receive: Receive, body: bytearray, limit: asyncio.Timeout, whole: float
    ) -> bytes | None:
        now = asyncio.get_running_loop().time
        while True:
            limit.reschedule(min(now() + SECONDS_FOR_A_PART, whole))
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            before = _counted(body)
            body += message.get("body", b"")
            self._under_way += _counted(body) - before
            if not message.get("more_body") or len(body) > self._most:
                return bytes(body[: self._most + 1])
            if _counted(body) and self._under_way > MOST_UNDER_WAY:
                raise CROWD_OF_PAGES


def _counted(body: bytearray) -> int:
    return len(body) if len(body) > SMALL else 0
