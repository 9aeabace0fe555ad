"""What was given up on is brought back once, and nobody reads what was delivered to find what was not."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, text

from center_core.kit import NotFound, Session, uuid7
from scrm import backlog, doctor


def test_only_what_is_parked_is_brought_back(db: Session) -> None:
    event_id = uuid7()
    db.execute(
        text("insert into outbox (id, name, body, occurred_at, parked_at) values (:id, 'X', '{}', now(), now())"),
        {"id": event_id},
    )  # fmt: skip
    assert backlog.retry(db, event_id=event_id).parked_at is None
    for gone in (event_id, uuid7()):
        with pytest.raises(NotFound, match="event_not_parked"):
            backlog.retry(db, event_id=gone)


@pytest.fixture
def week(db: Session, now: datetime) -> datetime:
    """Thousands of events that were delivered; of the last minutes two wait, one is under way, one is parked."""
    db.execute(
        text("insert into outbox (id, name, body, occurred_at, relayed_at, done_at) "
             "select gen_random_uuid(), 'X', '{}', :at, :at, :at from generate_series(1, 5000)"),
        {"at": now - timedelta(days=1)},
    )  # fmt: skip
    for minutes, relayed, parked in ((4, True, False), (3, False, False), (2, False, False), (5, True, True)):
        at = now - timedelta(minutes=minutes)
        db.execute(
            text("insert into outbox (id, name, body, occurred_at, relayed_at, parked_at) "
                 "values (:id, 'X', '{}', :at, :relayed, :parked)"),
            {"id": uuid7(), "at": at, "relayed": at if relayed else None, "parked": at if parked else None},
        )  # fmt: skip
    db.execute(text("analyze outbox"))
    return now


def test_the_backlog_by_state(db: Session, week: datetime) -> None:
    assert backlog.backlog(db) == backlog.Backlog(
        waiting=2, under_way=1, parked=1, oldest=week - timedelta(minutes=4)
    )
    assert backlog.waiting_since(db) == week - timedelta(minutes=3)


@pytest.mark.usefixtures("week")
@pytest.mark.parametrize(
    ("ask", "found"),
    [
        (lambda db: backlog.backlog(db).parked, 1),
        (lambda db: backlog.waiting_since(db) is not None, True),
        (lambda db: len(backlog.parked(db)), 1),
        (backlog.retry_all, 1),
        (lambda db: len(list(doctor.check_events(db))), 1),
    ],
    ids=["backlog", "waiting since", "parked", "retry all", "doctor"],
)
def test_what_was_delivered_is_not_read(db: Session, ask: Callable[[Session], int], found: int) -> None:
    connection = db.connection()
    seen: list[tuple[str, object]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        seen.append((statement, parameters))

    event.listen(connection.engine, "before_cursor_execute", note)
    assert ask(db) == found
    event.remove(connection.engine, "before_cursor_execute", note)
    assert seen
    for statement, parameters in seen:
        with connection.connection.cursor() as cursor:
            plan = "\n".join(line for (line,) in cursor.execute("explain " + statement, parameters))
        assert "Seq Scan" not in plan, plan
        assert "outbox_open_idx" in plan or "outbox_parked_idx" in plan, plan
