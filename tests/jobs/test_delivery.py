"""From the outbox to the reactions' effects: each once, whatever is lost, doubled or failing on the way."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from redis import Redis
from sqlalchemy import text

from center_core.kit import Database, Session, publish, utcnow, uuid7
from scrm import backlog
from scrm.jobs import Courier, EventQueue, Relay, work
from scrm.jobs.queue import Parcel
from scrm.jobs.relay import JOBS_AHEAD, TRIES
from scrm.wiring import Wiring, name_of
from tests.jobs import happenings
from tests.jobs.happenings import WIRING, BellRang, Whispered, ids, outbox, ring, traces, wiring_with


@pytest.fixture
def database(database: Database) -> Database:
    happenings.make_trace_table(database)
    return database


@pytest.fixture
def queue(redis: "Redis[bytes]") -> EventQueue:
    return EventQueue(redis)


@pytest.fixture
def relay(database: Database, queue: EventQueue) -> Relay:
    return Relay(database, queue, WIRING)


@pytest.fixture
def courier(database: Database) -> Courier:
    return Courier(database, WIRING, None)


def later(seconds: float = 0) -> datetime:
    """The relay compares with RQ's own clock, so these tests run on the real one."""
    return utcnow() + timedelta(seconds=seconds)


NOTE_RING = "tests.jobs.happenings.note_ring"


def tried_at(database: Database) -> datetime:
    """When the only event was last relayed; a slow machine cannot shift it."""
    with database.transaction() as db:
        return db.scalars(text("select relayed_at from outbox")).one()


def test_each_event_reaches_each_reaction_once(
    database: Database, redis: "Redis[bytes]", relay: Relay, courier: Courier
) -> None:
    rings = ring(database, 20, now=later())
    assert relay.relay_new(now=later()) == 20
    assert relay.queue.length() == 1
    work(redis, courier, until_empty=True)
    assert sorted(traces(database, "note")) == sorted(rings)
    assert sorted(traces(database, "answer")) == sorted(rings)
    assert outbox(database) == [(0, True, False, None)] * 20


def test_what_was_rolled_back_is_never_told(database: Database, relay: Relay) -> None:
    with database.transaction() as db:
        publish(db, BellRang(uuid7()), now=later())
        db.rollback()
    assert relay.relay_new(now=later()) == 0


def test_a_wiped_redis_loses_nothing(
    database: Database, redis: "Redis[bytes]", relay: Relay, courier: Courier
) -> None:
    rings = ring(database, 10, now=later())
    relay.relay_new(now=later())
    redis.flushall()
    work(redis, courier, until_empty=True)
    assert traces(database) == []
    with database.transaction() as db:
        first, last = db.execute(text("select min(relayed_at), max(relayed_at) from outbox")).one()
    assert relay.sweep(now=first + timedelta(seconds=19)) == 0, "nothing is given up on within seconds"
    assert relay.sweep(now=last + timedelta(seconds=21)) == 10
    work(redis, courier, until_empty=True)
    assert sorted(traces(database)) == sorted(rings)


def test_a_wiped_redis_is_noticed_at_once(
    database: Database, redis: "Redis[bytes]", relay: Relay, courier: Courier
) -> None:
    relay.take_back()
    rings = ring(database, 5, now=later())
    relay.relay_new(now=later())
    assert relay.take_back() == 0, "while Redis remembers, nothing is taken from the workers"
    redis.flushall()
    assert relay.take_back() == 5
    assert relay.take_back() == 0
    assert relay.relay_new(now=later()) == 5
    work(redis, courier, until_empty=True)
    assert sorted(traces(database, "note")) == sorted(rings)
    assert outbox(database) == [(0, True, False, None)] * 5
    redis.flushall()
    assert relay.take_back() == 0, "what is done stays done"


def test_what_waits_in_a_long_queue_is_not_enqueued_again(database: Database, relay: Relay) -> None:
    ring(database, 10, now=later())
    relay.relay_new(now=later())
    assert relay.sweep(now=later(3600)) == 0
    assert relay.queue.length() == 1


def test_only_what_is_missing_is_enqueued_again(
    database: Database, redis: "Redis[bytes]", relay: Relay, courier: Courier
) -> None:
    ring(database, 1, now=later())
    relay.relay_new(now=later())
    courier.deliver("BellRang", NOTE_RING, ids(database), now=later())
    redis.flushall()
    relay.sweep(now=later(21))
    assert relay.queue.length() == 1
    work(redis, courier, until_empty=True)
    assert len(traces(database, "note")) == len(traces(database, "answer")) == 1
    assert outbox(database) == [(1, True, False, None)]


class Careless(Courier):
    """The unguarded twin: it looks whether somebody delivered, and does not claim."""

    def _claim(
        self, db: Session, event_ids: Sequence[UUID], reaction_name: str, *, now: datetime
    ) -> Sequence[Any]:
        unseen = text(
            "select id, body from outbox where id = any(:ids) "
            "and not exists (select from delivery where event_id = id and handler = :reaction)"
        )
        rows = db.execute(unseen, {"ids": event_ids, "reaction": reaction_name}).all()
        time.sleep(0.1)
        return rows


@pytest.mark.parametrize(("kind", "once"), [(Courier, True), (Careless, False)])
def test_a_job_that_runs_four_times_at_once_has_one_effect(
    database: Database, kind: type[Courier], once: bool
) -> None:
    courier = kind(database, WIRING, None)
    rings = ring(database, 10, now=later())
    bundle = ids(database)
    start = threading.Barrier(4)

    def run(turn: int) -> None:
        start.wait()
        # Each has other neighbours, in another order.
        courier.deliver("BellRang", NOTE_RING, random.Random(turn).sample(bundle, 8), now=later())
        courier.deliver("BellRang", NOTE_RING, bundle[::-1], now=later())

    threads = [threading.Thread(target=run, args=(turn,)) for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(traces(database)) == sorted(rings)) is once


def test_two_relays_share_the_work(database: Database, queue: EventQueue) -> None:
    ring(database, 200, now=later())
    start = threading.Barrier(2)
    relayed: list[int] = []

    def run() -> None:
        relay = Relay(database, queue, WIRING)
        start.wait()
        relayed.append(relay.relay_new(now=later()))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(relayed) == 200
    assert sum(len(ids) for job in queue.queue.jobs for _, _, ids in job.args[0]) == 400


def test_an_event_without_reactions_is_done_at_once(database: Database, queue: EventQueue) -> None:
    ring(database, 1, now=later())
    Relay(database, queue, wiring_with()).relay_new(now=later())
    assert outbox(database) == [(0, True, False, None)]
    assert queue.length() == 0


def test_an_event_of_a_newer_version_waits(database: Database, relay: Relay) -> None:
    with database.transaction() as db:
        db.execute(
            text("insert into outbox (id, name, body, occurred_at) values (:id, 'NotKnownYet', '{}', now())"),
            {"id": uuid7()},
        )
    assert relay.relay_new(now=later()) == 0
    assert outbox(database) == [(0, False, False, None)]


def test_a_failing_reaction_is_repeated_then_parked_and_brought_back(
    database: Database, redis: "Redis[bytes]", queue: EventQueue
) -> None:
    wiring = wiring_with(happenings.note_ring, happenings.refuse)
    relay, courier = Relay(database, queue, wiring), Courier(database, wiring, None)
    ring(database, 1, now=later())
    relay.relay_new(now=later())
    work(redis, courier, until_empty=True)
    assert traces(database, "refuse") == [], "what a failed reaction wrote is undone"
    assert len(traces(database)) == 1, "its neighbour is not held up"
    [(tries, done, parked, error)] = outbox(database)
    assert (tries, done, parked) == (0, False, False)
    assert error == "tests.jobs.happenings.refuse: ValueError: nobody is at home"

    soon = tried_at(database) + timedelta(seconds=1.9)
    assert relay.sweep(now=soon) == 0, "it waits before it tries again"
    for hour in range(1, TRIES):
        assert relay.sweep(now=later(3600 * hour)) == 1
        work(redis, courier, until_empty=True)
    assert relay.sweep(now=later(3600 * TRIES)) == 0
    assert outbox(database)[0][:3] == (TRIES, False, True)
    assert relay.sweep(now=later(36000 * TRIES)) == 0

    with database.transaction() as db:
        assert backlog.retry_all(db) == 1
    mended = wiring_with(happenings.note_ring, happenings.answer_door)
    Relay(database, queue, mended).relay_new(now=later())
    work(redis, Courier(database, mended, None), until_empty=True)
    assert outbox(database) == [(0, True, False, None)]
    assert len(traces(database)) == 1, "what had succeeded is not repeated"


def test_each_failure_waits_longer(database: Database, redis: "Redis[bytes]", queue: EventQueue) -> None:
    wiring = wiring_with(happenings.refuse)
    relay, courier = Relay(database, queue, wiring), Courier(database, wiring, None)
    ring(database, 1, now=later())
    relay.relay_new(now=later())
    for pause in (2, 4, 8, 16, 32):
        work(redis, courier, until_empty=True)
        before = tried_at(database)
        assert relay.sweep(now=before + timedelta(seconds=pause - 0.1)) == 0
        assert relay.sweep(now=before + timedelta(seconds=pause + 0.1)) == 1


def test_the_outside_is_called_with_one_key_and_no_transaction(
    database: Database, redis: "Redis[bytes]", queue: EventQueue
) -> None:
    calls: list[tuple[str, object]] = []

    def send(adapters: object, event: BellRang, *, key: str, now: datetime) -> None:
        with database.transaction() as db:
            busy = db.scalar(
                text("select count(*) from pg_stat_activity where state like 'idle in transaction%' "
                     "and datname = current_database()")
            )  # fmt: skip
        assert busy == 0
        calls.append((key, adapters))
        if len(calls) == 1:
            raise TimeoutError("the gateway did not answer")

    wiring = wiring_with(happenings.outside("send_sms", send))
    relay, courier = Relay(database, queue, wiring), Courier(database, wiring, "the adapters")
    ring(database, 1, now=later())
    relay.relay_new(now=later())
    work(redis, courier, until_empty=True)
    relay.sweep(now=later(10))
    work(redis, courier, until_empty=True)
    relay.sweep(now=later(3600))
    work(redis, courier, until_empty=True)
    with database.transaction() as db:
        event_id = db.scalar(text("select id from outbox"))
    assert calls == [(f"{event_id}:send_sms", "the adapters")] * 2
    assert outbox(database)[0][1:] == (True, False, None)


def test_a_reaction_that_runs_wild_is_ended(
    database: Database, redis: "Redis[bytes]", queue: EventQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def loop(db: Session, event: BellRang, *, now: datetime) -> None:
        while True:
            pass

    monkeypatch.setattr("scrm.jobs.queue.SECONDS_FOR_A_JOB", 1)
    wiring = wiring_with(loop)
    ring(database, 1, now=later())
    Relay(database, queue, wiring).relay_new(now=later())
    work(redis, Courier(database, wiring, None), until_empty=True)
    [(_, done, _, error)] = outbox(database)
    assert not done
    assert error is not None
    assert "took too long" in error


def test_what_travelled_with_a_wild_one_is_brought_again(
    database: Database, redis: "Redis[bytes]", queue: EventQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[UUID] = []

    def loop_once(db: Session, event: BellRang, *, now: datetime) -> None:
        while not rung:
            pass
        rung.append(event.ring_id)

    monkeypatch.setattr("scrm.jobs.queue.SECONDS_FOR_A_JOB", 1)
    wiring = wiring_with(loop_once)
    relay, courier = Relay(database, queue, wiring), Courier(database, wiring, None)
    rings = ring(database, 3, now=later())
    relay.relay_new(now=later())
    work(redis, courier, until_empty=True)
    assert [(done, error and error.partition(": ")[2]) for _, done, _, error in outbox(database)] == [
        (False, "took too long")
    ] * 3
    rung.append(uuid7())
    assert relay.sweep(now=later(60)) == 3
    assert queue.length() == 3, "what may bring down its neighbours comes again alone"
    work(redis, courier, until_empty=True)
    assert sorted(rung[1:]) == sorted(rings)


LOADS = [
    ("what is quick travels together", "abab", ["aabb"]),
    ("but never too much", "a" * 30 + "b" * 30, ["a" * 30 + "b" * 20, "b" * 10]),
    ("what may take its time travels alone, and last", "aSaSSab", ["aaab", "S", "S", "S"]),
    ("nothing", "", []),
]


@pytest.mark.parametrize(("parcels", "loads"), [row[1:] for row in LOADS], ids=[row[0] for row in LOADS])
def test_what_travels_together(queue: EventQueue, parcels: str, loads: list[str]) -> None:
    sent = [Parcel(uuid7(), "BellRang", to, alone=to == "S") for to in parcels]
    queue.put(sent)
    jobs = [job.args[0] for job in queue.queue.jobs]
    assert ["".join(to * len(ids) for _, to, ids in bundles) for bundles in jobs] == loads
    for to in set(parcels):
        arrived = [id for bundles in jobs for _, its, ids in bundles for id in ids if its == to]
        assert arrived == [str(parcel.event_id) for parcel in sent if parcel.reaction == to]


def test_the_relay_is_woken_by_what_is_published(
    database: Database, queue: EventQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scrm.jobs.relay.SECONDS_BETWEEN_POLLS", 600)
    monkeypatch.setattr("scrm.jobs.relay.JOBS_AHEAD", 9)
    with running(Relay(database, queue, WIRING)):
        for rung in (1, 2, 3):
            ring(database, 1, now=later())
            assert happens(lambda rung=rung: queue.length() == rung, within=60)


def test_the_relay_does_not_run_ahead_of_the_workers(
    database: Database, redis: "Redis[bytes]", queue: EventQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits in the outbox meanwhile travels in one job, once there is room."""
    monkeypatch.setattr("scrm.jobs.relay.SECONDS_TO_GATHER", 0.01)
    looks: list[int] = []

    class Watched(EventQueue):
        def length(self) -> int:
            looks.append(super().length())
            return looks[-1]

    relay = Relay(database, Watched(redis), WIRING)
    relay.take_back()
    for _ in range(JOBS_AHEAD):
        ring(database, 1, now=later())
        relay.relay_new(now=later())
    with running(relay):
        for _ in range(10):
            ring(database, 1, now=later())
        looks.clear()
        assert happens(lambda: len(looks) > 3, within=60)
        assert set(looks) == {JOBS_AHEAD}
        redis.delete(queue.queue.key)
        assert happens(lambda: queue.length() == 1, within=60)
    assert [len(ids) for _, _, ids in queue.queue.jobs[0].args[0]] == [10, 10]


@contextmanager
def running(relay: Relay) -> Iterator[None]:
    """A relay at work in a thread of its own."""
    stop = threading.Event()
    thread = threading.Thread(target=relay.run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        ring(relay.database, 1, now=later())
        thread.join()


def happens(condition: Callable[[], bool], *, within: float) -> bool:
    """Whether it becomes true in time."""
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


@pytest.mark.parametrize("by_the_relay", [False, True])
def test_what_was_said_in_confidence_is_blanked_when_all_have_heard_it(
    database: Database, queue: EventQueue, by_the_relay: bool
) -> None:
    heard: list[str] = []

    def hear(_db: Session, event: Whispered, *, now: datetime) -> None:
        heard.append(event.secret)

    wiring = Wiring.of_map({Whispered: (hear,)})
    with database.transaction() as db:
        publish(db, Whispered("0042"), now=later())
    (event_id,) = ids(database)
    if by_the_relay:
        Relay(database, queue, Wiring.of_map({})).relay_new(now=later())
    else:
        Courier(database, wiring, None).deliver("Whispered", name_of(hear), [event_id], now=later())
    with database.transaction() as db:
        assert db.execute(text("select body, done_at is not null from outbox")).one() == ({}, True)
    assert heard == ([] if by_the_relay else ["0042"])


def test_the_error_beside_an_event_tells_nothing_of_whom_it_concerns(database: Database) -> None:
    def list_again(db: Session, _event: BellRang, *, now: datetime) -> None:
        db.execute(text("create table listed (phone text primary key)"))
        for _ in range(2):
            db.execute(text("insert into listed values (:phone)"), {"phone": "+8613800138000"})

    ring(database, 1, now=later())
    courier = Courier(database, wiring_with(list_again), None)
    courier.deliver("BellRang", name_of(list_again), ids(database), now=later())
    [(_, _, _, error)] = outbox(database)
    assert "duplicate key" in (error or "")
    assert "13800138000" not in (error or "")
