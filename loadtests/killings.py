"""Kills processes of a running installation at random, and wipes Redis now and then."""

import contextlib
import os
import random
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import psutil
from redis import Redis
from redis.exceptions import RedisError

from loadtests.installation import Installation

WIPE = "flushall"
KINDS = ("web", "realtime", "relay", "worker", "outside", "schedule", "postgres", "valkey", WIPE)
FORKING = ("web", "postgres")
"""Kinds whose children are processes worth killing, too: a web worker, a back end."""


@dataclass(frozen=True)
class Killing:
    """What was killed, and when (seconds of the epoch)."""

    kind: str
    what: str
    at: float


class Killer:
    """Every kind once in each round, in an order of chance; the same seed kills in the same order."""

    def __init__(self, it: Installation, *, seed: int, kinds: Sequence[str] = KINDS) -> None:
        self._it = it
        self._chance = random.Random(seed)
        self._kinds = kinds
        self.done: list[Killing] = []

    def run(self, *, seconds: float, every: float, goes_on: Callable[[], bool]) -> None:
        """Kill about every ``every`` seconds for ``seconds``, as long as ``goes_on``."""
        ends = time.monotonic() + seconds
        for kind in self._rounds():
            pause = every * self._chance.uniform(0.8, 1.2)
            if time.monotonic() + pause > ends or not goes_on():
                return
            what = self._wipe() if kind == WIPE else self._kill(kind)
            if what:
                self.done.append(Killing(kind, what, time.time()))
                print(f"  {len(self.done):3} killed {what}", flush=True)
            time.sleep(pause)

    def _rounds(self) -> Iterator[str]:
        while True:
            yield from self._chance.sample(self._kinds, len(self._kinds))

    def _kill(self, kind: str) -> str | None:
        name = self._chance.choice(self._it.processes(kind))
        pid = self._it.pid_of(name)
        if pid is None:
            return None
        what = name
        with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):
            children = psutil.Process(pid).children() if kind in FORKING else []
            if children and self._chance.random() < 0.5:
                child = self._chance.choice(children)
                pid, what = child.pid, f"a child of {name}"
            os.kill(pid, signal.SIGKILL)
            return what
        return None

    def _wipe(self) -> str | None:
        try:
            with Redis.from_url(self._it.redis_url, socket_timeout=2, retry=None) as redis:
                redis.flushall()
        except RedisError:
            return None
        return "everything in Valkey"
