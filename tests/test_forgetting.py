"""Who asks to be forgotten is named nowhere any more: not in events, stored answers or messages either."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import orjson
import pytest
from sqlalchemy import text

from center_core import member
from center_core.kit import Database, Session, publish, uuid7
from scrm import forgetting
from scrm.adapters.sms import Inbox
from scrm.engagement import conversation, note
from scrm.engagement.conversation import TEXT, Draft, Sender
from scrm.engagement.feed import FeedPosted
from scrm.jobs import Courier
from scrm.wiring import WHEN, Wiring
from tests import make

NAME, PINYIN, PHONE = "欧阳雪见", "ouyangxuejian", "13912345678"
MAY_STAY = {
    ("one_time_code", "phone"): "counts what was asked for this phone, and goes within a day",
}
COLUMNS = text(
    "select table_name, column_name from information_schema.columns join information_schema.tables "
    "using (table_schema, table_name) where table_schema = 'public' and table_type = 'BASE TABLE' "
    "and (data_type in ('text', 'json', 'jsonb', 'bytea', 'character varying') or data_type = 'ARRAY')"
)
WIRING = Wiring.of_map(WHEN)


class Silence:
    """Nobody's phone is connected."""

    def tell_all(self, calls: object) -> None:
        list(calls)  # type: ignore[call-overload]

    order_all = tell_all


def deliver_all(database: Database, now: datetime) -> None:
    """Everything to everybody, as relay and workers do; what was given up on stays."""
    outside = SimpleNamespace(live=Silence(), sms=Inbox(database), brand="雪笺", database=database)
    courier = Courier(database, WIRING, outside)
    undone = text("select id, name from outbox where done_at is null and parked_at is null order by id")
    for _ in range(4):
        with database.transaction() as db:
            events = db.execute(undone).all()
        for event_id, kind in events:
            for reaction in WIRING.of(kind):
                courier.deliver(kind, reaction, [event_id], now=now)


def where_named(db: Session) -> set[tuple[str, str]]:
    """The tables and columns in which the name or the phone stands, also as bytes."""
    words = [NAME, PINYIN, PHONE, NAME.encode().hex(), PHONE.encode().hex()]
    found = set()
    for table, column in db.execute(COLUMNS):
        asked = f'select exists (select from "{table}" where "{column}"::text ~ :words)'
        if db.scalar(text(asked), {"words": "|".join(words)}):
            found.add((table, column))
    return found


def say(db: Session, member_id: UUID, words: str, now: datetime) -> None:
    row = conversation.of_member(db, member_id)
    assert row
    conversation.post(
        db,
        Draft(
            member_id=member_id, conversation_id=row.id, client_id=uuid4(), sender=Sender("member", member_id),
            kind=TEXT, body={"text": words},
        ),
        now=now,
    )  # fmt: skip


def give_up_on_all(db: Session, now: datetime) -> None:
    db.execute(text("update outbox set parked_at = :now, error = 'x' where done_at is null"), {"now": now})


def keep_answer(db: Session, member_id: UUID, now: datetime) -> None:
    """As a till's joining left it."""
    card = {"id": str(member_id), "name": NAME, "phone_tail": PHONE[-4:], "points": {"available": 100}}
    db.execute(
        text(
            "insert into idempotent_request values ('api:1', 'k', '', 201, 'application/json', :answer, :at)"
        ),
        {"answer": orjson.dumps(card), "at": now},
    )


def test_no_column_of_any_table_names_who_was_forgotten(database: Database, now: datetime) -> None:
    with database.transaction() as db:
        make.tiers(db)
        store = make.store(db)
        guide = make.guide(db, store)
        who = make.member(db, name=NAME, phone=PHONE, store=store, guide=guide, now=now)
        make.sale(db, store, buyer=who, lines=[(make.sku(db, price_fen=88_850), 1)])
        member.request_code(db, phone=PHONE, purpose="sign_in", locale="zh", origin="10.0.0.1", now=now)
        keep_answer(db, who.member_id, now)
    deliver_all(database, now)
    with database.transaction() as db:
        note.write(db, member_id=who.member_id, staff_id=guide.id, text=f"{NAME}: {PHONE}", now=now)
        say(db, who.member_id, f"I am {NAME}, {PHONE}", now)
        lines = [{"staff_id": str(guide.id), "member_id": str(who.member_id), "body": {"name": NAME}}]
        publish(db, FeedPosted(lines=lines), now=now)
        later = now + timedelta(minutes=2)
        member.request_code(db, phone=PHONE, purpose="sign_in", locale="zh", origin="10.0.0.1", now=later)
        give_up_on_all(db, now)
        named = where_named(db)
    assert {
        ("outbox", "body"), ("sms_inbox", "phone"), ("idempotent_request", "answer"), ("message", "body"),
    } <= named, "the search finds what is there"  # fmt: skip
    with database.transaction() as db:
        member.erase(db, member_id=who.member_id, now=now)
    deliver_all(database, now)
    with database.transaction() as db:
        assert where_named(db) == set(MAY_STAY)
        answer = orjson.loads(db.scalar(text("select answer from idempotent_request")))
    assert answer == {"id": str(who.member_id), "name": "", "phone_tail": "", "points": {"available": 100}}


@pytest.mark.parametrize(("age", "left"), [(timedelta(hours=23), 1), (timedelta(hours=25), 0)])
def test_the_demos_inbox_forgets_after_a_day(db: Session, now: datetime, age: timedelta, left: int) -> None:
    db.execute(
        text("insert into sms_inbox (id, key, phone, text, at) values (:id, 'k', '+86', 'Hi', :at)"),
        {"id": uuid7(), "at": now - age},
    )
    assert forgetting.forget_messages(db, now=now, limit=10) == 1 - left
    assert db.scalar(text("select count(*) from sms_inbox")) == left
