"""Sales at a till: what is written, what is refused, what is replayed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from center_core import inventory, marketing, member, order
from center_core.kit import Fault, Outbox, Refused, Session, uuid7
from center_core.order.models import Order
from tests import make


def left(db: Session, sale: order.Order) -> list[int]:
    lines = order.lines_of(db, member_id=sale.member_id, order_id=sale.id)
    stock = inventory.available(db, sku_ids=[line.sku_id for line in lines], store_id=sale.store_id)
    return [each.available for each in stock]


def test_a_sale_takes_goods_and_coupon_and_tells(db: Session, now: datetime) -> None:
    store, buyer, jacket, gloves = make.store(db), make.member(db), make.sku(db), make.sku(db, price_fen=100)
    coupon = make.coupon(db, buyer, value=5_000, minimum_fen=100_000)
    sale = make.sale(db, store, buyer=buyer, lines=[(jacket, 1), (gloves, 2)], coupons=[coupon])
    assert (sale.state, sale.total_fen, sale.discount_fen, sale.payable_fen) == (
        "paid",
        200_100,
        5_000,
        195_100,
    )
    lines = order.lines_of(db, member_id=buyer.member_id, order_id=sale.id)
    assert [(line.discount_fen, line.paid_fen) for line in lines] == [(4_995, 194_905), (5, 195)]
    assert left(db, sale) == [0, 0]
    assert marketing.by_code(db, coupon.code, now=now).state == "redeemed"
    told = db.scalars(select(Outbox.body).where(Outbox.name == "OrderPaid")).one()
    assert (told["payable_fen"], told["number"]) == (195_100, sale.number)
    assert [row.id for row in order.orders_of(db, member_id=buyer.member_id).rows] == [sale.id]
    assert list(order.check(db)) == []


def test_a_sale_without_a_member_is_the_walk_in_accounts(db: Session, now: datetime) -> None:
    store = make.store(db)
    sale = make.sale(db, store, lines=[(make.sku(db), 1)])
    assert sale.member_id == member.walk_in(db, store_id=store.id, now=now).member_id


def test_barcodes_and_till_prices(db: Session, now: datetime) -> None:
    store, sku = make.store(db), make.sku(db)
    make.stock(db, store, sku, 1)
    sale = order.record_sale(
        db,
        store_id=store.id,
        number="B1",
        lines=[order.SaleLine(sku.barcode, 1, 99_900)],
        paid=[("card", 90_000), ("cash", 9_900)],
        now=now,
    )
    assert sale.payable_fen == 99_900
    payments = order.payments_of(db, member_id=sale.member_id, order_id=sale.id)
    assert [(payment.provider, payment.amount_fen) for payment in payments] == [
        ("card", 90_000),
        ("cash", 9_900),
    ]


def test_the_same_number_again_is_the_same_sale(db: Session, now: datetime) -> None:
    store, buyer, sku = make.store(db), make.member(db), make.sku(db)
    make.stock(db, store, sku, 5)
    said = {
        "store_id": store.id,
        "number": "R1",
        "member_id": buyer.member_id,
        "lines": [order.SaleLine(sku.code, 2)],
        "paid": [("cash", 2 * sku.price_fen)],
    }
    first = order.record_sale(db, now=now, **said)
    again = order.record_sale(db, now=now + timedelta(minutes=1), **said)
    assert first.id == again.id
    assert left(db, first) == [3]
    for other in ({"lines": [order.SaleLine(sku.code, 1)]}, {"member_id": None}, {"coupon_codes": ["X"]}):
        with pytest.raises(Refused):
            order.record_sale(db, now=now, **{**said, **other})
    # Numbers are each store's own.
    elsewhere = make.store(db)
    make.stock(db, elsewhere, sku, 5)
    assert order.record_sale(db, now=now, **{**said, "store_id": elsewhere.id}).id != first.id


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        pytest.param({"paid": [("cash", 199_899)]}, "order_total_wrong", id="a fen too little"),
        pytest.param({"paid": [("cash", 199_901)]}, "order_total_wrong", id="a fen too much"),
        pytest.param({"paid": []}, "order_total_wrong", id="nothing paid"),
        pytest.param(
            {"paid": [("cash", 200_000), ("card", -100)]}, "order_total_wrong", id="a negative payment"
        ),
        pytest.param({"lines": []}, "order_lines_wrong", id="nothing bought"),
        pytest.param({"quantity": 0}, "quantity_wrong", id="no pieces"),
        pytest.param({"quantity": -1}, "quantity_wrong", id="negative pieces"),
        pytest.param({"price_fen": -1}, "price_wrong", id="negative price"),
        pytest.param({"sku_code": "NOPE"}, "sku_unknown", id="unknown article"),
        pytest.param({"quantity": 4, "paid": [("cash", 4 * 199_900)]}, "sold_out", id="more than there is"),
        pytest.param({"member_id": uuid7()}, "member_unknown", id="unknown member"),
        pytest.param({"number": " "}, "order_number_wrong", id="no number"),
        pytest.param({"number": "9" * 65}, "order_number_wrong", id="endless number"),
        pytest.param({"coupon_codes": ["NOSUCH"]}, "coupon_unknown", id="unknown coupon"),
        pytest.param(
            {"coupon_codes": ["NOSUCH"], "member_id": None}, "coupon_needs_member", id="coupon without member"
        ),
    ],
)
def test_what_a_till_may_not_send(db: Session, now: datetime, wrong: dict[str, Any], key: str) -> None:
    store, buyer, sku = make.store(db), make.member(db), make.sku(db)
    make.stock(db, store, sku, 3)
    coupon = make.coupon(db, buyer)
    line = {"sku_code": sku.code, "quantity": 1}
    line.update({name: wrong.pop(name) for name in ("sku_code", "quantity", "price_fen") if name in wrong})
    said: dict[str, Any] = {
        "number": "W1",
        "member_id": buyer.member_id,
        "lines": [order.SaleLine(**line)],
        "paid": [("cash", 199_900)],
    }
    with pytest.raises(Fault) as fault, db.begin_nested():
        order.record_sale(db, store_id=store.id, now=now, **{**said, **wrong})
    assert fault.value.key == key
    # Nothing is left half-written.
    assert db.scalar(select(func.count()).select_from(Order)) == 0
    assert marketing.by_code(db, coupon.code, now=now).state == "issued"
    assert inventory.available(db, sku_ids=[sku.id])[0].available == 3


def test_the_first_receipt_of_a_coupon_wins(db: Session, now: datetime) -> None:
    store, buyer, sku = make.store(db), make.member(db), make.sku(db)
    coupon = make.coupon(db, buyer)
    make.sale(db, store, buyer=buyer, lines=[(sku, 1)], coupons=[coupon])
    make.stock(db, store, sku, 1)
    with pytest.raises(Refused, match="coupon_used"):
        order.record_sale(
            db,
            store_id=store.id,
            number="SECOND",
            member_id=buyer.member_id,
            lines=[order.SaleLine(sku.code, 1)],
            coupon_codes=[coupon.code],
            paid=[("cash", 194_900)],
            now=now,
        )


def test_orders_are_paged_by_time(db: Session, now: datetime) -> None:
    store, buyer, sku = make.store(db), make.member(db), make.sku(db)
    sales = [
        make.sale(db, store, buyer=buyer, lines=[(sku, 1)], now=now + timedelta(hours=hour)).id
        for hour in range(3)
    ]
    first = order.orders_of(db, member_id=buyer.member_id, limit=2)
    rest = order.orders_of(db, member_id=buyer.member_id, limit=2, after=first.after)
    assert [row.id for row in (*first.rows, *rest.rows)] == sales[::-1]
    assert rest.after is None


def test_the_doctor_sees_totals_that_do_not_add_up(db: Session, now: datetime) -> None:
    buyer = make.member(db)
    sale = make.sale(db, make.store(db), buyer=buyer, lines=[(make.sku(db), 2)])
    (line,) = order.lines_of(db, member_id=buyer.member_id, order_id=sale.id)
    line.price_fen += 1
    db.flush()
    assert [finding.check for finding in order.check(db)] == ["order.lines"]


@pytest.mark.parametrize(
    ("terms", "later", "key"),
    [
        pytest.param({"minimum_fen": 199_901}, timedelta(), "coupon_minimum", id="too small a basket"),
        pytest.param({"scope": {"store_ids": ["elsewhere"]}}, timedelta(), "coupon_wrong_store", id="store"),
        pytest.param({"scope": {"categories": ["boots"]}}, timedelta(), "coupon_scope", id="other goods"),
        pytest.param({"valid_days": 0}, timedelta(days=1), "coupon_expired", id="expired"),
        pytest.param(
            {"valid_from": make.NOW + timedelta(days=2)}, timedelta(days=1), "coupon_not_yet", id="too early"
        ),
    ],
)
def test_a_coupon_that_may_not_be_used_stops_the_sale(
    db: Session, now: datetime, terms: dict[str, Any], later: timedelta, key: str
) -> None:
    store, buyer, sku = make.store(db), make.member(db), make.sku(db)
    make.stock(db, store, sku, 1)
    make.style(db, category="boots")
    coupon = make.coupon(db, buyer, **terms)
    state = marketing.by_code(db, coupon.code, now=now + later).state
    with pytest.raises(Refused) as refusal, db.begin_nested():
        order.record_sale(
            db,
            store_id=store.id,
            number="W1",
            member_id=buyer.member_id,
            lines=[order.SaleLine(sku.code, 1)],
            coupon_codes=[coupon.code],
            paid=[("cash", 194_900)],
            now=now + later,
        )
    assert (refusal.value.key, refusal.value.reasons["code"]) == (key, coupon.code)
    assert marketing.by_code(db, coupon.code, now=now + later).state == state
    assert inventory.available(db, sku_ids=[sku.id])[0].available == 1
