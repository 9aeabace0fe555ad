"""What falls due by time: run again while there is work, by one scheduler only, and past an error."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from center_core.kit import Database, Session, apart, least_id, utcnow, uuid7
from scrm.jobs import Periodic, Schedule
from scrm.jobs.periodic import (
    FORGET_EVENTS,
    KEEP_ANSWERS,
    KEEP_DELIVERED_EVENTS,
    forget_answers,
    forget_events,
    periodic_jobs,
)
from scrm.metrics import PERIODIC_FAILURES


def run_until(schedules: list[Schedule], done: Callable[[], bool]) -> None:
    """Each in a thread of its own, as each is a process of its own in production."""
    stop = threading.Event()
    threads = [threading.Thread(target=schedule.run, args=(stop,)) for schedule in schedules]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 60
    while not done() and time.monotonic() < deadline:
        time.sleep(0.02)
    stop.set()
    for thread in threads:
        thread.join()
    assert done()


def test_a_job_is_repeated_at_once_while_it_finds_something(database: Database) -> None:
    left = [3, 2, 1, 0]
    seen: list[int] = []

    def work_off(_db: Session, *, now: datetime) -> int:
        seen.append(left.pop(0))
        return seen[-1]

    run_until([Schedule(database, [Periodic("work off", 3600, work_off)])], lambda: len(seen) == 4)
    assert seen == [3, 2, 1, 0]


def test_two_schedulers_do_not_double_the_work(database: Database) -> None:
    workers: list[int] = []

    def note_who(_db: Session, *, now: datetime) -> int:
        workers.append(threading.get_ident())
        return 0

    schedules = [Schedule(database, [Periodic("note", 0.05, note_who)]) for _ in range(2)]
    run_until(schedules, lambda: len(workers) >= 10)
    assert len(set(workers)) == 1


def test_the_other_scheduler_takes_over(database: Database) -> None:
    ran: list[datetime] = []

    def note(_db: Session, *, now: datetime) -> int:
        ran.append(now)
        return 0

    def cut_off_holder() -> None:
        with database.transaction() as db:
            db.execute(
                text("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted "
                     "and database = (select oid from pg_database where datname = current_database())")
            )  # fmt: skip

    def done() -> bool:
        if len(ran) == 3:
            cut_off_holder()
        return len(ran) > 6

    run_until([Schedule(database, [Periodic("note", 0.05, note)]) for _ in range(2)], done)


def test_one_jobs_error_does_not_keep_the_others_from_running(database: Database) -> None:
    ran: list[str] = []

    def fail(_db: Session, *, now: datetime) -> int:
        raise ValueError("a defect")

    def succeed(_db: Session, *, now: datetime) -> int:
        ran.append("succeeded")
        return 0

    jobs = [Periodic("fail", 0.05, fail), Periodic("succeed", 0.05, succeed)]
    run_until([Schedule(database, jobs)], lambda: len(ran) >= 3)


def test_each_job_of_the_list_runs_on_an_empty_database(database: Database) -> None:
    for periodic in periodic_jobs():
        with database.transaction() as db:
            assert periodic.run(db, now=utcnow()) == 0, periodic.name


def id_of(at: datetime) -> UUID:
    """An id as if it had been made then."""
    return UUID(int=least_id(at).int | uuid7().int & (1 << 80) - 1)


def test_recent_events_are_not_read_to_forget_old_ones(db: Session, now: datetime) -> None:
    recent = [id_of(now - timedelta(minutes=minutes)) for minutes in range(500)]
    db.execute(
        text("insert into outbox (id, name, body, occurred_at, done_at) "
             "select id, 'BellRang', '{}', :at, :at from unnest(cast(:ids as uuid[])) as id"),
        {"ids": recent, "at": now},
    )  # fmt: skip
    before = now - KEEP_DELIVERED_EVENTS
    values = {"before": before, "least": least_id(before), "limit": 10}
    db.execute(text("set local enable_seqscan = off"))
    plan = "\n".join(db.scalars(text(f"explain (analyze) {FORGET_EVENTS.text}"), values))
    assert "Index Cond: (id < " in plan
    assert "Rows Removed by Filter" not in plan


def test_old_events_are_forgotten_unless_they_are_open_or_parked(db: Session, now: datetime) -> None:
    long_ago = now - KEEP_DELIVERED_EVENTS - timedelta(seconds=1)
    for done_at, parked_at in ((long_ago, None), (now, None), (None, None), (None, long_ago)):
        event_id = id_of(long_ago)
        db.execute(
            text("insert into outbox (id, name, body, occurred_at, done_at, parked_at) "
                 "values (:id, 'BellRang', '{}', :at, :done, :parked)"),
            {"id": event_id, "at": long_ago, "done": done_at, "parked": parked_at},
        )  # fmt: skip
        db.execute(
            text("insert into delivery (event_id, handler, delivered_at) values (:id, 'x', :at)"),
            {"id": event_id, "at": long_ago},
        )
    assert forget_events(db, now=now, limit=10) == 1
    assert forget_events(db, now=now, limit=10) == 0
    assert db.scalar(text("select count(*) from outbox")) == 3
    assert db.scalar(text("select count(*) from delivery")) == 3


def test_old_answers_are_forgotten(db: Session, now: datetime) -> None:
    for age in (KEEP_ANSWERS + timedelta(seconds=1), timedelta(0)):
        db.execute(
            text("insert into idempotent_request values ('test', :key, '', 200, 'text/plain', '', :at)"),
            {"key": str(age), "at": now - age},
        )
    assert forget_answers(db, now=now, limit=10) == 1
    assert db.scalar(text("select count(*) from idempotent_request")) == 1


def refused_by_postgresql(db: Session, *, now: datetime) -> int:
    db.execute(text("select 1 / 0"))
    return 1


def test_a_database_error_of_one_job_does_not_keep_the_others_from_running(database: Database) -> None:
    """Nor does it make the scheduler think that PostgreSQL is away, and begin its list anew."""
    tries: list[float] = []
    ran: list[str] = []

    def fail(db: Session, *, now: datetime) -> int:
        tries.append(time.monotonic())
        return refused_by_postgresql(db, now=now)

    def succeed(_db: Session, *, now: datetime) -> int:
        ran.append("succeeded")
        return 0

    jobs = [Periodic("fail", 0.01, fail), Periodic("succeed", 0.01, succeed)]
    run_until([Schedule(database, jobs)], lambda: len(tries) >= 2 and len(ran) >= 3)
    assert tries[1] - tries[0] >= 2


def test_a_job_that_goes_on_failing_is_tried_less_and_less(database: Database, now: datetime) -> None:
    broken = [True]

    def mended_later(db: Session, *, now: datetime) -> int:
        return refused_by_postgresql(db, now=now) if broken[0] else 0

    schedule, job = Schedule(database, []), Periodic("mended later", 5, mended_later)
    failures = PERIODIC_FAILURES.labels("mended later")._value
    before = failures.get()
    assert [schedule.run_once(job, now=now) for _ in range(8)] == [5, 5, 8, 16, 32, 60, 60, 60]
    assert failures.get() - before == 8
    broken[0] = False
    assert schedule.run_once(job, now=now) == 5
    broken[0] = True
    assert schedule.run_once(job, now=now) == 5


def test_a_job_goes_on_past_what_fails_apart_and_waits_when_nothing_else_is_left(
    database: Database, now: datetime
) -> None:
    left = ["bad", "good", "good"]

    def one_of_them(db: Session, *, now: datetime) -> int:
        for kind in list(left):
            with apart(db, kind):
                db.execute(text("select 1 / :divisor"), {"divisor": int(kind == "good")})
                left.remove(kind)
                return 1
        return 0

    schedule, job = Schedule(database, []), Periodic("one of them", 1, one_of_them)
    failures = PERIODIC_FAILURES.labels("one of them")._value
    before = failures.get()
    assert [schedule.run_once(job, now=now) for _ in range(4)] == [0, 0, 2, 4]
    assert (left, failures.get() - before) == (["bad"], 4)
