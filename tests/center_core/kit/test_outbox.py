"""Events survive the trip through JSON, and are there exactly if the transaction is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select

from center_core.kit import Database, Event, Outbox, publish, uuid7


@dataclass(frozen=True)
class KettleBoiled(Event):
    kettle: UUID
    at: datetime
    cups: tuple[tuple[UUID, int], ...] = ()
    note: str | None = None


def test_an_event_is_the_same_after_its_trip(now: datetime) -> None:
    event = KettleBoiled(uuid7(), now, ((uuid7(), 3),), "热")
    assert KettleBoiled.from_body(event.body()) == event


def test_an_older_row_lacks_newer_fields(now: datetime) -> None:
    body = KettleBoiled(uuid7(), now).body()
    del body["note"]
    assert KettleBoiled.from_body(body).note is None


def test_two_events_may_not_share_a_name() -> None:
    with pytest.raises(TypeError, match="two events"):
        type("KettleBoiled", (Event,), {"__module__": "elsewhere"})


def test_no_event_without_its_transaction(database: Database, now: datetime) -> None:
    def boil_and_fail() -> None:
        with database.transaction() as db:
            publish(db, KettleBoiled(uuid7(), now), now=now)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        boil_and_fail()
    with database.transaction() as db:
        assert db.scalar(select(func.count()).select_from(Outbox)) == 0
        publish(db, KettleBoiled(uuid7(), now), now=now)
    with database.transaction() as db:
        assert db.scalar(select(func.count()).select_from(Outbox)) == 1
