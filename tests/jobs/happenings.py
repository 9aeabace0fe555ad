"""An event of the tests' own, with reactions that leave a trace in the database."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import text

from center_core.kit import Database, Event, Outside, Session, publish, uuid7
from scrm.wiring import Wiring


@dataclass(frozen=True)
class BellRang(Event):
    """Somebody rang."""

    ring_id: UUID


@dataclass(frozen=True)
class Whispered(Event):
    """Somebody said what is nobody else's business."""

    private: ClassVar[bool] = True

    secret: str


def note_ring(db: Session, event: BellRang, *, now: datetime) -> None:
    """Not idempotent on purpose: a second effect is a second row."""
    db.execute(text("insert into trace values ('note', :ring)"), {"ring": event.ring_id})


def answer_door(db: Session, event: BellRang, *, now: datetime) -> None:
    db.execute(text("insert into trace values ('answer', :ring)"), {"ring": event.ring_id})


def refuse(db: Session, event: BellRang, *, now: datetime) -> None:
    """Writes, and fails: what it wrote must not stay."""
    db.execute(text("insert into trace values ('refuse', :ring)"), {"ring": event.ring_id})
    raise ValueError("nobody is at home")


WIRING = Wiring.of_map({BellRang: (note_ring, answer_door)})


def wiring_with(*reactions: object) -> Wiring:
    return Wiring.of_map({BellRang: reactions})  # type: ignore[dict-item]


def make_trace_table(database: Database) -> None:
    with database.transaction() as db:
        db.execute(text("create table trace (what text, ring uuid)"))


def ring(database: Database, count: int, *, now: datetime) -> list[UUID]:
    rings = [uuid7() for _ in range(count)]
    with database.transaction() as db:
        for ring_id in rings:
            publish(db, BellRang(ring_id), now=now)
    return rings


def ids(database: Database) -> list[UUID]:
    """Of all events, in the order in which they were published."""
    with database.transaction() as db:
        return list(db.scalars(text("select id from outbox order by id")))


def traces(database: Database, what: str = "note") -> list[UUID]:
    with database.transaction() as db:
        return list(db.scalars(text("select ring from trace where what = :what"), {"what": what}))


def outbox(database: Database) -> list[tuple[int, bool, bool, str | None]]:
    """Of each event in order: tries, whether done, whether parked, the error."""
    with database.transaction() as db:
        rows = db.execute(
            text("select tries, done_at is not null, parked_at is not null, error from outbox order by id")
        )
        return [(row[0], row[1], row[2], row[3]) for row in rows]


def outside(name: str, call: object) -> Outside:
    return Outside(name, call)  # type: ignore[arg-type]
