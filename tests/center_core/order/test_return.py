"""Returns: never more pieces or money than were sold, and coupons back when nothing is left."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from center_core import inventory, marketing, order
from center_core.kit import Fault, Outbox, Refused, Session
from tests import make


def test_a_return_gives_back_what_was_really_paid(db: Session, now: datetime) -> None:
    store, buyer, sku = make.store(db), make.member(db), make.sku(db, price_fen=10_000)
    coupon = make.coupon(db, buyer, value=1_000)
    sale = make.sale(db, store, buyer=buyer, lines=[(sku, 3)], coupons=[coupon])
    numbers = {"store_id": store.id, "number": sale.number}

    one = order.return_lines(
        db, return_number="T1", lines=[order.ReturnLine(sku.barcode, 1)], now=now, **numbers
    )
    assert one.refund_fen == 9_666
    assert sale.state == "part_returned"
    assert marketing.by_code(db, coupon.code, now=now).state == "redeemed"
    assert inventory.available(db, sku_ids=[sku.id])[0].available == 1

    rest = order.return_lines(
        db, return_number="T2", lines=[order.ReturnLine(sku.code, 2)], now=now, **numbers
    )
    assert one.refund_fen + rest.refund_fen == sale.payable_fen == 29_000
    assert sale.state == "returned"
    assert marketing.by_code(db, coupon.code, now=now).state == "issued"
    assert inventory.available(db, sku_ids=[sku.id])[0].available == 3
    told = db.scalars(select(Outbox.body).where(Outbox.name == "OrderReturned").order_by(Outbox.id)).all()
    assert [(each["refund_fen"], each["whole"]) for each in told] == [(9_666, False), (19_334, True)]
    for check in (order.check, inventory.check, marketing.check):
        assert list(check(db)) == []


def test_the_same_return_again_changes_nothing(db: Session, now: datetime) -> None:
    store, sku = make.store(db), make.sku(db)
    sale = make.sale(db, store, lines=[(sku, 2)])
    said = {"store_id": store.id, "number": sale.number, "return_number": "T1"}
    first = order.return_lines(db, lines=[order.ReturnLine(sku.code, 1)], now=now, **said)
    again = order.return_lines(db, lines=[order.ReturnLine(sku.barcode, 1)], now=now, **said)
    assert first.id == again.id
    assert sale.refunded_fen == sku.price_fen
    assert db.scalar(select(func.count()).where(Outbox.name == "OrderReturned")) == 1
    with pytest.raises(Refused, match="return_number_taken"):
        order.return_lines(db, lines=[order.ReturnLine(sku.code, 2)], now=now, **said)


@pytest.mark.parametrize(
    ("pieces", "key"),
    [(3, "return_too_much"), (0, "quantity_wrong"), (-1, "quantity_wrong")],
)
def test_no_more_than_was_sold(db: Session, now: datetime, pieces: int, key: str) -> None:
    store, sku = make.store(db), make.sku(db)
    sale = make.sale(db, store, lines=[(sku, 2)])
    with pytest.raises(Refused, match=key):
        order.return_lines(
            db,
            store_id=store.id,
            number=sale.number,
            return_number="T1",
            lines=[order.ReturnLine(sku.code, pieces)],
            now=now,
        )


def test_only_what_was_in_the_order(db: Session, now: datetime) -> None:
    store = make.store(db)
    sale = make.sale(db, store, lines=[(make.sku(db), 1)])
    said = {"store_id": store.id, "number": sale.number, "return_number": "T1", "now": now}
    with pytest.raises(Refused, match="return_too_much"):
        order.return_lines(db, lines=[order.ReturnLine(make.sku(db).code, 1)], **said)
    with pytest.raises(Fault, match="order_unknown"):
        order.return_lines(db, lines=[order.ReturnLine(make.sku(db).code, 1)], **{**said, "number": "NOPE"})


def test_a_returned_order_is_over(db: Session, now: datetime) -> None:
    store, sku = make.store(db), make.sku(db)
    sale = make.sale(db, store, lines=[(sku, 1)])
    said = {"store_id": store.id, "number": sale.number, "lines": [order.ReturnLine(sku.code, 1)], "now": now}
    order.return_lines(db, return_number="T1", **said)
    with pytest.raises(Refused, match="order_not_returnable"):
        order.return_lines(db, return_number="T2", **said)


def test_goods_may_come_back_to_another_store(db: Session, now: datetime) -> None:
    store, other, sku = make.store(db), make.store(db), make.sku(db)
    make.location(db, other)
    sale = make.sale(db, store, lines=[(sku, 1)])
    order.return_lines(
        db,
        store_id=store.id,
        number=sale.number,
        return_number="T1",
        lines=[order.ReturnLine(sku.code, 1)],
        to_store_id=other.id,
        now=now,
    )
    there = inventory.available(db, sku_ids=[sku.id], store_id=other.id)
    assert [each.available for each in there] == [1]


def test_a_coupon_past_its_time_comes_back_expired(db: Session, now: datetime) -> None:
    store, buyer, sku = make.store(db), make.member(db), make.sku(db)
    coupon = make.coupon(db, buyer, valid_days=0)
    sale = make.sale(db, store, buyer=buyer, lines=[(sku, 1)], coupons=[coupon])
    later = now + timedelta(days=5)
    order.return_lines(
        db,
        store_id=store.id,
        number=sale.number,
        return_number="T1",
        lines=[order.ReturnLine(sku.code, 1)],
        now=later,
    )
    assert marketing.by_code(db, coupon.code, now=later).state == "expired"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sold=st.lists(st.tuples(st.integers(1, 3), st.integers(0, 100_000)), min_size=1, max_size=3),
    off=st.integers(1, 30_000),
    back=st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3)), max_size=6),
)
def test_refunds_add_up_to_what_was_paid(
    db: Session, now: datetime, sold: list[tuple[int, int]], off: int, back: list[tuple[int, int]]
) -> None:
    undo = db.begin_nested()
    store, buyer = make.store(db), make.member(db)
    skus = [make.sku(db) for _ in sold]
    coupon = make.coupon(db, buyer, value=off)
    lines = [order.SaleLine(sku.code, n, price) for sku, (n, price) in zip(skus, sold, strict=True)]
    for sku, (quantity, _) in zip(skus, sold, strict=True):
        make.stock(db, store, sku, quantity)
    total = sum(quantity * price for quantity, price in sold)
    payable = total - min(off, total)
    codes = [coupon.code] if total else []
    order.record_sale(
        db,
        store_id=store.id,
        number="P1",
        member_id=buyer.member_id,
        lines=lines,
        coupon_codes=codes,
        paid=[("cash", payable)] if payable else [],
        now=now,
    )
    sale = order.by_number(db, store_id=store.id, number="P1")
    left = [quantity for quantity, _ in sold]
    refunded = 0
    # Whatever comes back first, in the end everything does.
    everything = [(i, 1) for i, quantity in enumerate(left) for _ in range(quantity)]
    for number, (i, pieces) in enumerate([*back, *everything]):
        if i < len(left) and 0 < pieces <= left[i]:
            returned = order.return_lines(
                db,
                store_id=store.id,
                number="P1",
                return_number=f"T{number}",
                lines=[order.ReturnLine(skus[i].code, pieces)],
                now=now,
            )
            left[i] -= pieces
            refunded += returned.refund_fen
            assert returned.refund_fen >= 0
            assert sale.refunded_fen == refunded <= payable
    assert refunded == payable
    assert sale.state == "returned"
    assert list(order.check(db)) == []
    undo.rollback()
