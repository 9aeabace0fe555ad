"""Two phones write into one conversation at once: each message has its own number, and the same one is stored once."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text

from center_core.kit import Database, Session, uuid7
from scrm.engagement import conversation
from scrm.engagement.conversation import TEXT, Conversation, Draft, Message, Sender, written

from .at_once import at_once

MANY = 6


@pytest.fixture
def row(database: Database, now: datetime) -> Conversation:
    """A conversation that was just opened."""
    row = Conversation(
        member_id=uuid7(), id=uuid7(), kind="guide", staff_id=uuid7(), store_id=uuid7(), last_seq=0, last_at=now,
        member_read_seq=0, staff_read_seq=0, opened_at=now,
    )  # fmt: skip
    with database.transaction() as db:
        db.add(row)
    return row


def post(row: Conversation, client_id: UUID, now: datetime) -> Any:
    def act(db: Session) -> None:
        sender = Sender("member", row.member_id)
        body = written("Hello")
        draft = Draft(row.member_id, row.id, client_id, sender, TEXT, body)
        conversation.post(db, draft, now=now)

    return act


def numbers(database: Database) -> list[int]:
    with database.transaction() as db:
        return list(db.scalars(select(Message.seq).order_by(Message.seq)))


def test_messages_of_one_moment_get_their_own_numbers(
    database: Database, row: Conversation, now: datetime
) -> None:
    outcome = at_once(database, *(post(row, uuid4(), now) for _ in range(MANY)))
    assert outcome == {"done": MANY}
    assert numbers(database) == list(range(1, MANY + 1))


def test_the_same_message_at_once_is_stored_once(
    database: Database, row: Conversation, now: datetime
) -> None:
    client_id = uuid4()
    assert at_once(database, *(post(row, client_id, now) for _ in range(MANY))) == {"done": MANY}
    assert numbers(database) == [1]


def test_batches_that_cross_do_not_block_each_other_for_ever(
    database: Database, row: Conversation, now: datetime
) -> None:
    with database.transaction() as db:
        other = Conversation(
            member_id=uuid7(), id=uuid7(), kind="guide", staff_id=uuid7(), store_id=uuid7(), last_seq=0,
            last_at=now, member_read_seq=0, staff_read_seq=0, opened_at=now,
        )  # fmt: skip
        db.add(other)

    def batch(rows: list[Conversation]) -> Any:
        def act(db: Session) -> None:
            drafts = [
                Draft(one.member_id, one.id, uuid4(), Sender("member", one.member_id), TEXT, written("Hi"))
                for one in rows
            ]
            conversation.post_batch(db, drafts, now=now)

        return act

    acts = [batch([row, other]) if n % 2 else batch([other, row]) for n in range(MANY)]
    assert at_once(database, *acts) == {"done": MANY}
    assert numbers(database) == sorted([*range(1, MANY + 1)] * 2)


def test_without_the_lock_two_messages_want_one_number(
    database: Database, row: Conversation, now: datetime
) -> None:
    """The unguarded twin: the function without its ``for update``."""
    with database.transaction() as db:
        source = db.scalar(text("select pg_get_functiondef('message_post_batch'::regproc)"))
        unguarded = source.replace("for update;", ";").replace(
            "insert into message", "perform pg_sleep(0.1); insert into message"
        )
        assert unguarded != source
        db.connection().exec_driver_sql(unguarded)
    outcome = at_once(database, *(post(row, uuid4(), now) for _ in range(MANY)))
    assert outcome["done"] < MANY
    with database.transaction() as db:
        assert (db.scalar(select(func.count()).select_from(Message)) or 0) < MANY
