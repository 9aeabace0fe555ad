"""How often a caller may ask in a minute, counted over all processes at one Redis round trip for many requests.

A process takes requests on lease: it books a portion of the minute's allowance in Redis and counts it down by
itself. Portions shrink as the allowance runs out, so that hardly any is left unused elsewhere when a caller is
refused. See docs/adr/0009-allowances-on-lease.md.
"""

import threading
import time
from collections.abc import Callable
from typing import NamedTuple

import structlog
from redis import Redis
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

WINDOW = 60
PORTIONS = 20
AT_MOST = 50_000
WITHOUT_REDIS = 5.0


class Grant(NamedTuple):
    """The answer to one request: may it go on, and what the ``RateLimit-*`` headers say."""

    allowed: bool
    limit: int
    remaining: int
    reset: int


class _Lease:
    """What one process still holds of one caller's minute, and what Redis had left when it last asked."""

    __slots__ = ("held", "left", "lock", "window")

    def __init__(self, window: int, limit: int) -> None:
        self.window = window
        self.held = 0
        self.left = limit
        self.lock = threading.Lock()


class Allowances:
    """The same ``limit`` of requests a minute for each caller."""

    def __init__(
        self, redis: "Redis", *, limit: int, name: str, clock: Callable[[], float] = time.time
    ) -> None:
        self._redis = redis
        self._limit = limit
        self._name = name
        self._clock = clock
        self._leases: dict[object, _Lease] = {}
        self._lock = threading.Lock()
        self._redis_again = 0.0

    def take(self, who: object) -> Grant:
        """Count one request of ``who``."""
        now = self._clock()
        window, into = divmod(int(now), WINDOW)
        lease = self._leases.get(who)
        if lease is None or lease.window != window:
            lease = self._begin(who, window)
        with lease.lock:
            if lease.held == 0 and lease.left > 0:
                self._book(who, lease, now)
            allowed = lease.held > 0
            if allowed:
                lease.held -= 1
            return Grant(allowed, self._limit, lease.held + lease.left, WINDOW - into)

    def _begin(self, who: object, window: int) -> _Lease:
        with self._lock:
            lease = self._leases.get(who)
            if lease is None or lease.window != window:
                if len(self._leases) >= AT_MOST:
                    self._leases.clear()
                lease = self._leases[who] = _Lease(window, self._limit)
            return lease

    def _book(self, who: object, lease: _Lease, now: float) -> None:
        """Take the next portion, or nothing where other processes took what was left."""
        portion = max(1, min(lease.left // 8, self._limit // PORTIONS))
        if now < self._redis_again:
            lease.held, lease.left = lease.left, 0
            return
        counter = f"allowance:{self._name}:{who}:{lease.window}"
        try:
            with self._redis.pipeline(transaction=False) as pipe:
                pipe.incrby(counter, portion)
                pipe.expire(counter, 2 * WINDOW)
                booked = int(pipe.execute()[0])
        except RedisError as error:
            # Selling goes on without Redis: until it is back each process counts the whole allowance alone.
            log.warning("allowance_without_redis", error=str(error))
            self._redis_again = now + WITHOUT_REDIS
            lease.held, lease.left = lease.left, 0
            return
        over = max(0, booked - self._limit)
        lease.held = max(0, portion - over)
        lease.left = max(0, self._limit - booked)
