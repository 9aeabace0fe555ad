"""Relays and workers are killed, Redis is wiped, in the middle of work: each event takes effect once."""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from redis import Redis

from center_core.kit import Database
from scrm import embedded
from tests.jobs import happenings
from tests.jobs.happenings import outbox, ring, traces
from tests.nursery import Child, Nursery

Processes = dict[str, Child]


@pytest.fixture
def processes(database: Database, redis: "Redis[bytes]", servers: embedded.Addresses) -> Iterator[Processes]:
    happenings.make_trace_table(database)
    nursery = Nursery("tests.faults.bell")
    environment = {"DATABASE_URL": database.url, "REDIS_URL": servers.redis_url}

    class Started(Processes):
        """Asked for one that does not run, it starts it."""

        def __missing__(self, name: str) -> Child:
            self[name] = nursery.start(name.partition("-")[0], **environment)
            return self[name]

    started = Started()
    for name in ("relay-1", "relay-2", "worker-1", "worker-2"):
        assert started[name].poll() is None
    yield started
    for process in started.values():
        process.kill()
        process.wait()
    nursery.close()


@pytest.mark.processes
def test_killed_processes_and_a_wiped_redis_lose_and_double_nothing(
    database: Database, redis: "Redis[bytes]", processes: Processes
) -> None:
    chance = random.Random(7)
    rings: list[UUID] = []
    for turn in range(30):
        rings += ring(database, 20, now=datetime.now(UTC))
        time.sleep(0.1)
        if turn % 3 == 0:
            redis.flushall()
        name = chance.choice(list(processes))
        processes.pop(name).kill()
        assert processes[name].poll() is None
    _await_all_done(database)
    assert sorted(traces(database, "note")) == sorted(rings)
    assert sorted(traces(database, "answer")) == sorted(rings)


def _await_all_done(database: Database, seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while not all(done for _tries, done, _parked, _error in outbox(database)):
        assert time.monotonic() < deadline, [row for row in outbox(database) if not row[1]]
        time.sleep(0.2)
