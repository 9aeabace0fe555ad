"""A request that is sent again: the same answer and one effect, whatever was lost on the way."""

from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from center_core.kit import Database
from tests import make

from .conftest import Shop, Till
from .test_counter import TERMS, code_for
from .test_journey import cash
from .test_refusals import order_for, refused

TOGETHER = 4


def test_the_same_key_and_body_replay_the_answer(till: Till, shop: Shop) -> None:
    sale, key = sale_of(shop), str(uuid4())
    first, again = till.post("/orders", sale, once=key), till.post("/orders", sale, once=key)
    assert (again.status_code, again.data) == (201, first.data)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert till.get("/stock", sku=shop.sku.code).json["here"]["on_hand"] == 9


def test_deliveries_have_no_number_so_the_key_alone_keeps_them_single(till: Till, shop: Shop) -> None:
    delivery = {"kind": "receive", "lines": [{"article": shop.sku.code, "quantity": 5}]}
    key = str(uuid4())
    for _ in range(3):
        assert till.post("/stock-movements", delivery, once=key).json["lines"][0]["stock"]["on_hand"] == 15
    assert till.post("/stock-movements", delivery).json["lines"][0]["stock"]["on_hand"] == 20


def test_another_body_under_the_same_key_is_refused(till: Till, shop: Shop) -> None:
    key = str(uuid4())
    till.post("/orders", sale_of(shop), once=key)
    assert refused(till.post("/orders", sale_of(shop), once=key)) == (422, "idempotency_key_reused")
    assert till.get("/stock", sku=shop.sku.code).json["here"]["on_hand"] == 9


def test_a_refusal_is_not_kept(till: Till, shop: Shop) -> None:
    key, sale = str(uuid4()), sale_of(shop)
    assert refused(till.post("/orders", {**sale, "payments": []}, once=key)) == (409, "order_total_wrong")
    assert till.post("/orders", sale, once=key).status_code == 201


def test_a_refusal_that_keeps_its_record_is_not_kept_as_an_answer(till: Till, database: Database) -> None:
    """The wrong guess is counted, and the key is as free as after any other refusal."""
    phone, key = make.phone_number(), str(uuid4())
    till.post("/one-time-codes", {"phone": phone})
    right = code_for(database, phone)
    newcomer = {"phone": phone, "code": "000000" if right != "000000" else "111111", "privacy_version": TERMS}
    assert refused(till.post("/members", newcomer, once=key)) == (409, "code_wrong")
    assert till.post("/members", newcomer, once=key).json["reasons"] == {"tries_left": 3}
    assert till.post("/members", {**newcomer, "code": right}, once=key).status_code == 201


def test_another_systems_key_is_another_key(app: Flask, till: Till, shop: Shop, database: Database) -> None:
    with database.transaction() as db:
        second = Till(app, make.api_key(db, shop.store))
    key = str(uuid4())
    assert till.post("/orders", sale_of(shop), once=key).status_code == 201
    assert second.post("/orders", sale_of(shop), once=key).status_code == 201


def test_what_moves_value_needs_a_key(till: Till, shop: Shop) -> None:
    for path in ("/orders", "/orders/1/returns", "/members", "/coupons/A/redemption", "/stock-movements"):
        assert refused(till.post(path, {}, once=None)) == (400, "idempotency_key_missing")
        assert refused(till.post(path, {}, once="k" * 201)) == (400, "idempotency_key_bad")


def test_while_one_is_at_work_the_same_is_told_to_wait(till: Till, shop: Shop, database: Database) -> None:
    """The stock row is locked by somebody else, so that the first request stands still half-way."""
    sale, key = sale_of(shop), str(uuid4())
    answers: list[TestResponse] = []
    first = Thread(target=lambda: answers.append(till.post("/orders", sale, once=key)))
    with database.transaction() as db:
        db.execute(text("select from stock where sku_id = :sku for update"), {"sku": shop.sku.id})
        first.start()
        wait_for_a_lock(database)
        waiting = till.post("/orders", sale, once=key)
        assert refused(waiting) == (409, "idempotency_in_flight")
        assert waiting.headers["Retry-After"] == "1"
    first.join(20)
    assert answers[0].status_code == 201
    assert till.post("/orders", sale, once=key).data == answers[0].data


def test_sent_several_times_at_once_it_happens_once(till: Till, shop: Shop) -> None:
    sale, key, start = sale_of(shop), str(uuid4()), Barrier(TOGETHER)
    answers: list[TestResponse] = []

    def send() -> None:
        start.wait(20)
        answers.append(till.post("/orders", sale, once=key))

    threads = [Thread(target=send) for _ in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(answers) == TOGETHER
    made = {answer.data for answer in answers if answer.status_code == 201}
    assert len(made) == 1
    assert {answer.json["key"] for answer in answers if answer.status_code != 201} <= {
        "idempotency_in_flight"
    }
    assert till.get("/stock", sku=shop.sku.code).json["here"]["on_hand"] == 9


def sale_of(shop: Shop) -> dict[str, Any]:
    return order_for(shop, [], payments=[cash(100_000)])


def wait_for_a_lock(database: Database) -> None:
    """Until somebody waits for a row."""
    for _ in range(2000):
        with database.engine.connect() as connection:
            found = connection.scalar(
                text(
                    "select count(*) from pg_stat_activity"
                    " where datname = current_database() and wait_event_type = 'Lock'"
                )
            )
        if found:
            return
    raise AssertionError("nobody waits")
