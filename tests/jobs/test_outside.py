"""Calls to other parties travel apart from what is ours: a gateway that hangs keeps nothing else waiting."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from redis import Redis

from center_core.kit import Database, Event, Outside, publish, utcnow, uuid7
from scrm.adapters import http, sms
from scrm.embedded import Addresses
from scrm.jobs import OURS, OUTSIDE, Courier, EventQueue, Relay, relay, work
from scrm.wiring import Wiring
from tests.adapters.provider import TOKEN, Provider, provider
from tests.jobs import happenings
from tests.jobs.happenings import BellRang, note_ring, outbox, ring, traces
from tests.nursery import Nursery
from tests.stack import happens

CODES = 60


@dataclass(frozen=True)
class CodeWanted(Event):
    """Somebody waits for a message."""

    code_id: UUID


def send(gateway: object, event: CodeWanted, *, key: str, now: datetime) -> None:
    gateway.send(phone="+86", text=str(event.code_id), key=key, now=now)  # type: ignore[attr-defined]


WIRING = Wiring.of_map({BellRang: (note_ring,), CodeWanted: (Outside("send_code", send),)})


@pytest.fixture
def database(database: Database) -> Database:
    happenings.make_trace_table(database)
    return database


@pytest.fixture
def post(database: Database, redis: "Redis[bytes]") -> Relay:
    return Relay(database, EventQueue(redis), WIRING)


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """One that takes what it is sent and does not answer within the time that it is given."""
    monkeypatch.setattr(http, "SECONDS", 0.3)
    with provider() as there:
        there.misbehave = ["say nothing"] * 2 * CODES
        yield there


def want_codes(database: Database, count: int = CODES) -> None:
    with database.transaction() as db:
        for _ in range(count):
            publish(db, CodeWanted(uuid7()), now=utcnow())


def test_what_is_ours_is_delivered_while_the_gateway_hangs(
    database: Database, redis: "Redis[bytes]", servers: Addresses, gateway: Provider
) -> None:
    """With the processes as they are: a relay, a worker for what is ours, and one that waits for the gateway."""
    nursery = Nursery("tests.jobs.post")
    environment = {"DATABASE_URL": database.url, "REDIS_URL": servers.redis_url, "GATEWAY": gateway.url}
    want_codes(database)
    processes = [nursery.start(kind, **environment) for kind in ("relay", OURS, OUTSIDE)]
    try:
        assert happens(lambda: len(gateway.misbehave) < 2 * CODES, within=60), "it was never asked"
        asked = len(gateway.misbehave)
        rings = ring(database, 1, now=utcnow())
        assert happens(lambda: traces(database) == rings, within=60)
        assert asked - len(gateway.misbehave) < 20, "calls were waited for"
    finally:
        for process in processes:
            process.kill()
            process.wait()
        nursery.close()


def test_one_worker_for_both_takes_ours_first(
    database: Database, redis: "Redis[bytes]", post: Relay, gateway: Provider
) -> None:
    want_codes(database, 3)
    post.relay_new(now=utcnow())
    seen: list[int] = []

    class Ringing(sms.Gateway):
        """Somebody rings while the first call is waited for."""

        def send(self, *, phone: str, text: str, key: str, now: datetime) -> None:
            seen.append(len(traces(database)))
            if len(seen) == 1:
                ring(database, 1, now=utcnow())
                post.relay_new(now=utcnow())
            super().send(phone=phone, text=text, key=key, now=now)

    work(redis, Courier(database, WIRING, Ringing(gateway.url, TOKEN)), until_empty=True)
    assert seen == [0, 1, 1]


def test_calls_beyond_what_is_bearable_wait_in_the_outbox_and_nothing_else_does(
    database: Database, post: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "CALLS_AHEAD", 3)
    want_codes(database, 3)
    assert post.relay_new(now=utcnow()) == 3
    want_codes(database, 2)
    ring(database, 2, now=utcnow())
    assert post.relay_new(now=utcnow()) == 2
    assert (post.outside.length(), post.queue.length()) == (3, 1)
    post.outside.queue.empty()
    assert post.relay_new(now=utcnow()) == 2


def test_each_queue_tells_what_was_lost_of_it(database: Database, redis: "Redis[bytes]", post: Relay) -> None:
    """What still waits for the gateway is left alone, and keeps nothing of ours from being brought again."""
    want_codes(database, 1)
    post.relay_new(now=utcnow())
    ring(database, 1, now=utcnow())
    post.relay_new(now=utcnow())
    redis.delete(post.queue.queue.key)
    later = utcnow() + timedelta(hours=1)
    assert post.sweep(now=later) == 1
    assert (post.outside.length(), post.queue.length()) == (1, 1)
    assert [tries for tries, *_ in outbox(database)] == [0, 1]
    redis.delete(post.outside.queue.key, post.queue.queue.key)
    assert post.sweep(now=later + timedelta(hours=1)) == 2
