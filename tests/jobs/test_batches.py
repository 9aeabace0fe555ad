"""Events that travel together: one that fails or kills, one that comes twice or late, what a reaction publishes."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from redis import Redis
from sqlalchemy import event as sql_event
from sqlalchemy import text

from center_core.kit import (
    Database,
    Event,
    Handler,
    Session,
    Telling,
    Together,
    publish,
    publish_all,
    together,
    utcnow,
)
from scrm.jobs import Courier, EventQueue, Relay, work
from scrm.wiring import Wiring, name_of
from tests.jobs import happenings
from tests.jobs.happenings import BellRang, ids, outbox, ring, traces, wiring_with

TEN = 10
DONE = (0, True, False, None)
OPEN = (0, False, False, None)


@dataclass(frozen=True)
class DoorOpened(Event):
    """What comes of a ring."""

    ring_id: UUID


class Killed(BaseException):
    """The process ends here and now."""


@pytest.fixture
def database(database: Database) -> Database:
    happenings.make_trace_table(database)
    return database


@pytest.fixture
def rings(database: Database) -> list[UUID]:
    return ring(database, TEN, now=utcnow())


def one_by_one(write: Callable[[Session, UUID], None]) -> Handler:
    def note(db: Session, event: BellRang, *, now: datetime) -> None:
        write(db, event.ring_id)

    return note


def at_once(write: Callable[[Session, UUID], None]) -> Together:
    @together
    def note(db: Session, events: Sequence[BellRang], *, now: datetime) -> None:
        for event in events:
            write(db, event.ring_id)

    return note


def keep(db: Session, ring_id: UUID) -> None:
    db.execute(text("insert into trace values ('note', :ring)"), {"ring": ring_id})


both_ways = pytest.mark.parametrize("reacting", [one_by_one, at_once])
Reacting = Callable[[Callable[[Session, UUID], None]], Handler]


def deliver(database: Database, wiring: Wiring, event_ids: Sequence[UUID] | None = None) -> int:
    """What one bundle does, for the first reaction; all events if none are named."""
    name = next(iter(wiring.of("BellRang")))
    courier = Courier(database, wiring, None)
    return courier.deliver("BellRang", name, event_ids or ids(database), now=utcnow())


@both_ways
def test_one_of_ten_fails_and_the_others_take_effect(
    database: Database, rings: list[UUID], reacting: Reacting
) -> None:
    def write(db: Session, ring_id: UUID) -> None:
        keep(db, ring_id)
        if ring_id == rings[4]:
            raise ValueError("nobody is at home")

    assert deliver(database, wiring_with(reacting(write))) == TEN - 1
    assert sorted(traces(database)) == sorted(set(rings) - {rings[4]})
    states = outbox(database)
    assert states[4][:3] == OPEN[:3]
    assert (states[4][3] or "").endswith("ValueError: nobody is at home")
    assert states[:4] + states[5:] == [DONE] * (TEN - 1)


@both_ways
def test_a_kill_in_the_middle_leaves_nothing_and_all_comes_again(
    database: Database, redis: "Redis[bytes]", rings: list[UUID], reacting: Reacting
) -> None:
    alive = [False]

    def write(db: Session, ring_id: UUID) -> None:
        keep(db, ring_id)
        if ring_id == rings[4] and not alive:
            raise Killed

    alive.clear()
    wiring = wiring_with(reacting(write))
    relay = Relay(database, EventQueue(redis), wiring)
    relay.relay_new(now=utcnow())
    redis.flushall()  # The job went with its worker.
    with pytest.raises(Killed):
        deliver(database, wiring)
    assert traces(database) == []
    assert outbox(database) == [OPEN] * TEN
    alive.append(True)
    assert relay.sweep(now=utcnow() + timedelta(seconds=30)) == TEN
    work(redis, Courier(database, wiring, None), until_empty=True)
    assert sorted(traces(database)) == sorted(rings)


@both_ways
def test_doubled_and_reordered_deliveries_have_one_effect(
    database: Database, rings: list[UUID], reacting: Reacting
) -> None:
    # The door is not answered yet, so no event is done.
    wiring = wiring_with(reacting(keep), happenings.answer_door)
    chance, all_of_them = random.Random(3), ids(database)
    effects = 0
    for _ in range(TEN):
        some = chance.sample(all_of_them, 4)
        effects += deliver(database, wiring, [*some, some[0]])
    effects += deliver(database, wiring, all_of_them[::-1])
    assert effects == TEN
    assert sorted(traces(database)) == sorted(rings)
    assert outbox(database) == [OPEN] * TEN


def test_events_are_handled_in_the_order_of_their_publishing(database: Database, rings: list[UUID]) -> None:
    seen: list[UUID] = []
    deliver(database, wiring_with(at_once(lambda _db, ring_id: seen.append(ring_id))), ids(database)[::-1])
    assert seen == rings


def test_ten_cost_no_more_statements_than_one(database: Database) -> None:
    statements: list[str] = []

    @together
    def note(db: Session, events: Sequence[BellRang], *, now: datetime) -> None:
        rungs = [event.ring_id for event in events]
        db.execute(text("insert into trace select 'note', unnest(cast(:rings as uuid[]))"), {"rings": rungs})

    def count(*arguments: Any) -> None:
        statements.append(arguments[2])

    costs = []
    sql_event.listen(database.engine, "before_cursor_execute", count)
    for number in (1, TEN):
        ring(database, number, now=utcnow())
        event_ids = ids(database)
        statements.clear()
        deliver(database, wiring_with(note), event_ids)
        costs.append(len(statements))
    assert costs == [3, 3], "claim, note, finish"


@pytest.fixture
def hall(database: Database) -> "Hall":
    return Hall(database)


class Hall:
    """A ring opens the door, and an open door is told."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.told: list[UUID] = []
        self.falls: str | None = None
        opens = together(self.open_doors)
        self.wiring = Wiring.of_map({BellRang: (opens,), DoorOpened: (Telling("tell", self.tell),)})
        self.courier = Courier(database, self.wiring, None)
        self.opens = name_of(opens)

    def open_doors(self, db: Session, events: Sequence[BellRang], *, now: datetime) -> None:
        publish_all(db, [DoorOpened(event.ring_id) for event in events], now=now)
        if self.falls == "before the commit":
            raise Killed

    def tell(self, outside: object, events: Sequence[DoorOpened], *, now: datetime) -> None:
        if self.falls == "before the call":
            raise Killed
        self.told += [event.ring_id for event in events]
        if self.falls == "before its record":
            raise Killed

    def deliver(self) -> None:
        with self.database.transaction() as db:
            rung = db.scalars(text("select id from outbox where name = 'BellRang' order by id")).all()
        self.courier.deliver("BellRang", self.opens, rung, now=utcnow())


def test_what_a_reaction_publishes_does_not_wait_for_the_relay(hall: Hall, rings: list[UUID]) -> None:
    hall.deliver()
    assert sorted(hall.told) == sorted(rings)
    assert outbox(hall.database) == [DONE] * 2 * TEN


@pytest.mark.parametrize("falls", ["before the commit", "before the call", "before its record"])
def test_what_is_taken_along_is_not_lost_with_its_courier(
    hall: Hall, redis: "Redis[bytes]", rings: list[UUID], falls: str
) -> None:
    relay = Relay(hall.database, EventQueue(redis), hall.wiring)
    relay.relay_new(now=utcnow())
    redis.flushall()
    hall.falls = falls
    with pytest.raises(Killed):
        hall.deliver()
    hall.falls = None
    relay.sweep(now=utcnow() + timedelta(seconds=30))
    work(redis, hall.courier, until_empty=True)
    told_twice = falls == "before its record"
    assert sorted(hall.told) == sorted(rings * (2 if told_twice else 1)), (
        "a call is repeated, an effect never"
    )
    assert all(done for _tries, done, _parked, _error in outbox(hall.database))
    assert len(outbox(hall.database)) == 2 * TEN


def test_what_failed_to_commit_is_not_told(hall: Hall, rings: list[UUID]) -> None:
    def refuse(db: Session, events: Sequence[BellRang], *, now: datetime) -> None:
        publish(db, DoorOpened(events[0].ring_id), now=now)
        raise ValueError("nobody is at home")

    refuses = together(refuse)
    wiring = Wiring.of_map({BellRang: (refuses,), DoorOpened: (Telling("tell", hall.tell),)})
    Courier(hall.database, wiring, None).deliver(
        "BellRang", name_of(refuses), ids(hall.database), now=utcnow()
    )
    assert hall.told == []
    assert len(outbox(hall.database)) == TEN


def test_events_that_nobody_reacts_to_are_done_as_they_are_published(
    database: Database, rings: list[UUID]
) -> None:
    @together
    def open_doors(db: Session, events: Sequence[BellRang], *, now: datetime) -> None:
        publish_all(db, [DoorOpened(event.ring_id) for event in events], now=now)

    deliver(database, wiring_with(open_doors))
    assert outbox(database) == [DONE] * 2 * TEN


def test_a_failed_call_is_not_repeated_for_the_others(database: Database, rings: list[UUID]) -> None:
    told: list[UUID] = []

    def tell(outside: object, events: Sequence[BellRang], *, now: datetime) -> None:
        if rings[4] in [event.ring_id for event in events]:
            raise TimeoutError("it does not answer")
        told.extend(event.ring_id for event in events)

    wiring = Wiring.of_map({BellRang: (Telling("tell", tell),)})
    assert deliver(database, wiring) == TEN - 1
    assert deliver(database, wiring) == 0
    assert sorted(told) == sorted(set(rings) - {rings[4]})
