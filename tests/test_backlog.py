"""What was given up on is brought back once."""

import pytest
from sqlalchemy import text

from center_core.kit import NotFound, Session, uuid7
from scrm import backlog


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
