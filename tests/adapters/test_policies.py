"""From the event to the outside and back: codes are sent, payments charged, refunds settled."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from center_core import member, order
from center_core.kit import Database, Session
from center_core.member import OneTimeCodeRequested
from center_core.order import PaymentRequested, RefundDue
from scrm.adapters import Outside, http, open_outside, payment, policies, sms
from scrm.config import Config
from tests import make

from .provider import Provider

PHONE = "+8613800138000"


def code_event(now, *, locale: str = "en") -> OneTimeCodeRequested:
    return OneTimeCodeRequested(
        phone=PHONE, code="012345", locale=locale, purpose="join", expires_at=now + timedelta(minutes=5)
    )


def told(db: Session, event: type) -> list:
    rows = db.scalars(
        text("select body from outbox where name = :name order by id"), {"name": event.__name__}
    )
    return [event.from_body(body) for body in rows]


def test_a_code_is_sent_by_sms_once(outside: Outside, provider: Provider, now) -> None:
    for _ in range(2):
        policies.send_code(outside, code_event(now), key="e1:sms_code", now=now)
    assert len(provider.messages) == 1
    assert provider.messages[0]["phone"] == PHONE
    assert "012345" in provider.messages[0]["text"]
    assert "SNOWLETTER" in provider.messages[0]["text"]


def test_a_worthless_code_is_not_sent(outside: Outside, provider: Provider, now) -> None:
    policies.send_code(outside, code_event(now), key="e1:sms_code", now=now + timedelta(minutes=5))
    assert provider.messages == []


def test_what_the_member_centre_asks_for_is_what_the_inbox_gets(
    config: Config, database: Database, now
) -> None:
    outside = open_outside(config)
    with database.transaction() as db:
        member.request_code(db, phone=PHONE, purpose="join", origin=None, locale="zh", now=now)
        (event,) = told(db, OneTimeCodeRequested)
    for _ in range(2):
        policies.send_code(outside, event, key="e1:sms_code", now=now)
    with database.transaction() as db:
        (message,) = sms.inbox(db)
        assert (message.phone, message.at) == (PHONE, now)
        assert event.code in message.text
        member.check_code(db, phone=PHONE, code=event.code, purpose="join", now=now)
    outside.database.close()


@pytest.fixture
def placed(database: Database, now):
    """An order of 129 yuan at the e-shop whose payment was asked of the gateway."""
    with database.transaction() as db:
        sku = make.sku(db)
        store = make.store(db)
        make.stock(db, store, sku, 5)
        who = make.member(db)
        line = order.SaleLine(sku.code, 1)
        row = order.place(db, store_id=store.id, member_id=who.member_id, lines=[line], now=now)
        order.start_payment(db, member_id=who.member_id, order_id=row.id, provider="http", now=now)
        (event,) = told(db, PaymentRequested)
        return event


def state_of(database: Database, event: PaymentRequested) -> tuple[str, str]:
    with database.transaction() as db:
        row = order.order(db, member_id=event.member_id, order_id=event.order_id)
        (paid,) = order.payments_of(db, member_id=event.member_id, order_id=event.order_id)
        return row.state, paid.state


def test_a_charge_pays_the_order(outside: Outside, provider: Provider, database, placed, now) -> None:
    for _ in range(2):
        policies.charge(outside, placed, key="e1:payment_charge", now=now)
    assert state_of(database, placed) == ("paid", "paid")
    assert [charge["amount_fen"] for charge in provider.charges] == [placed.amount_fen]


def test_a_lost_answer_is_asked_for_again_and_pays_once(outside, provider, database, placed, now) -> None:
    provider.misbehave = ["lose the answer", "refuse"]
    for _ in range(2):
        with pytest.raises(http.ProviderFailed):
            policies.charge(outside, placed, key="e1:payment_charge", now=now)
    assert state_of(database, placed) == ("placed", "pending")
    policies.charge(outside, placed, key="e1:payment_charge", now=now)
    assert state_of(database, placed) == ("paid", "paid")
    assert len(provider.charges) == 1


def test_a_declined_charge_leaves_the_order_open(outside, provider, database, placed, now) -> None:
    provider.misbehave = ['{"state": "declined", "reference": "c0", "amount_fen": 1}']
    policies.charge(outside, placed, key="e1:payment_charge", now=now)
    assert state_of(database, placed) == ("placed", "failed")


def test_a_payment_for_an_order_given_up_is_sent_back(outside, provider, database, placed, now) -> None:
    with database.transaction() as db:
        order.cancel(db, member_id=placed.member_id, order_id=placed.order_id, now=now)
    policies.charge(outside, placed, key="e1:payment_charge", now=now)
    with database.transaction() as db:
        (due,) = told(db, RefundDue)
    for _ in range(2):
        policies.refund(outside, due, key="e2:payment_refund", now=now)
    assert provider.refunds == [{"charge": due.reference, "amount_fen": placed.amount_fen}]
    with database.transaction() as db:
        assert db.scalar(text("select state from refund")) == "done"


def test_a_gateway_stays_known_while_its_address_is_configured(config: Config) -> None:
    assert set(payment.providers(config)) == {"sandbox"}
    both = config.model_copy(update={"payment_url": "https://pay.example.com", "payment_secret": "s"})
    assert set(payment.providers(both)) == {"sandbox", "http"}
    live = both.model_copy(update={"payment_provider": "http"})
    assert set(payment.providers(live)) == {"http"}
