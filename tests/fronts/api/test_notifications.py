"""What the payment provider tells us: believed only with its signature, and once in effect."""

import hashlib
import hmac
import json
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from center_core import order
from center_core.kit import Database, utcnow

from .conftest import PAYMENT_SECRET, Shop
from .test_refusals import refused


@pytest.fixture
def asked(database: Database, shop: Shop) -> dict[str, Any]:
    """An order from afar whose payment was asked for: what the provider says of it when it is paid."""
    with database.transaction() as db:
        placed = order.place(
            db,
            store_id=shop.store.id,
            member_id=shop.member.member_id,
            lines=[order.SaleLine(shop.sku.code, 1)],
            now=shop.at,
        )
        payment = order.start_payment(
            db, member_id=placed.member_id, order_id=placed.id, provider="http", now=shop.at
        )
        return {
            "payment": str(payment.id),
            "order": placed.number,
            "state": "paid",
            "reference": "ch_1",
            "amount_fen": payment.amount_fen,
        }


def tell(
    app: Flask, said: dict[str, Any], *, secret: str = PAYMENT_SECRET, late: int = 0, **headers: str
) -> TestResponse:
    body, timestamp = json.dumps(said).encode(), str(int(utcnow().timestamp()) - late)
    signature = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    signed = {"Timestamp": timestamp, "Signature": signature, "Content-Type": "application/json", **headers}
    return app.test_client().post("/v1/payments/notifications", data=body, headers=signed)


def test_paid_is_paid_however_often_it_is_told(app: Flask, asked: dict[str, Any]) -> None:
    for _ in range(2):
        assert tell(app, asked).json == {"order": asked["order"], "state": "paid"}


def test_a_declined_payment_leaves_the_order_open(app: Flask, asked: dict[str, Any]) -> None:
    assert tell(app, {**asked, "state": "declined"}).json["state"] == "placed"
    assert tell(app, asked).json["state"] == "paid"


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "guessed"},
        {"late": 301},
        {"late": -301},
        {"Signature": ""},
        {"Signature": "签"},
        {"Timestamp": "now"},
        {"Timestamp": "9" * 40},
    ],
)
def test_what_is_not_signed_now_is_not_believed(
    app: Flask, asked: dict[str, Any], wrong: dict[str, Any]
) -> None:
    wrong = {
        name: value.encode().decode("latin-1") if name == "Signature" else value
        for name, value in wrong.items()
    }
    assert refused(tell(app, asked, **wrong)) == (401, "signature_wrong")
    assert tell(app, {**asked, "state": "declined"}).json["state"] == "placed"


def test_another_amount_or_payment_is_refused(app: Flask, asked: dict[str, Any]) -> None:
    assert refused(tell(app, {**asked, "amount_fen": 1})) == (409, "payment_amount_wrong")
    assert refused(tell(app, {**asked, "payment": str(uuid4())})) == (404, "payment_unknown")
    assert refused(tell(app, {**asked, "order": "another"})) == (404, "payment_unknown")
    assert refused(tell(app, {**asked, "state": "perhaps"})) == (422, "bad_input")
