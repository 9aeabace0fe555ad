"""Orders from afar: placed, paid through a provider, given up; in whatever order the provider answers."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from center_core import channel, inventory, marketing, member, order, product
from center_core.kit import Outbox, Refused, Session
from center_core.order.models import Refund
from tests import make


@pytest.fixture
def shop(db: Session) -> channel.Store:
    """The brand's e-shop."""
    return make.store(db, kind="eshop")


@pytest.fixture
def buyer(db: Session) -> member.Member:
    """Somebody who orders."""
    return make.member(db)


@pytest.fixture
def sku(db: Session, shop: channel.Store) -> product.Sku:
    """An article of which two pieces are there."""
    found = make.sku(db)
    make.stock(db, shop, found, 2)
    return found


def place(
    db: Session, shop: channel.Store, buyer: member.Member, sku: product.Sku, now: datetime, **of: Any
) -> order.Order:
    lines = [order.SaleLine(sku.code, of.pop("quantity", 1))]
    return order.place(db, store_id=shop.id, member_id=buyer.member_id, lines=lines, now=now, **of)


def available(db: Session, sku: product.Sku) -> tuple[int, int]:
    (found,) = inventory.available(db, sku_ids=[sku.id])
    return found.on_hand, found.available


def told(db: Session, name: str) -> list[dict[str, Any]]:
    return list(db.scalars(select(Outbox.body).where(Outbox.name == name).order_by(Outbox.id)))


def healthy(db: Session) -> bool:
    return not [finding for part in (order, inventory, marketing) for finding in part.check(db)]


def test_placed_paid_and_sold(
    db: Session, shop: channel.Store, buyer: member.Member, sku: product.Sku, now: datetime
) -> None:
    coupon = make.coupon(db, buyer)
    placed = place(db, shop, buyer, sku, now, coupon_codes=[coupon.code])
    assert (placed.state, placed.payable_fen) == ("placed", 194_900)
    assert available(db, sku) == (2, 1)
    mine = {"member_id": buyer.member_id, "now": now}
    payment = order.start_payment(db, order_id=placed.id, provider="sandbox", **mine)
    assert order.start_payment(db, order_id=placed.id, provider="sandbox", **mine).id == payment.id
    assert [each["amount_fen"] for each in told(db, "PaymentRequested")] == [194_900]
    for _ in range(2):
        paid = order.pay(db, payment_id=payment.id, reference="X1", amount_fen=194_900, **mine)
    assert paid.state == "paid"
    assert available(db, sku) == (1, 1)
    assert len(told(db, "OrderPaid")) == 1
    assert healthy(db)


def test_prices_are_the_shops_not_the_callers(
    db: Session, shop: channel.Store, buyer: member.Member, sku: product.Sku, now: datetime
) -> None:
    placed = order.place(
        db, store_id=shop.id, member_id=buyer.member_id, lines=[order.SaleLine(sku.code, 1, 1)], now=now
    )
    assert placed.payable_fen == sku.price_fen


def test_sold_out(
    db: Session, shop: channel.Store, buyer: member.Member, sku: product.Sku, now: datetime
) -> None:
    with pytest.raises(Refused, match="sold_out"):
        place(db, shop, buyer, sku, now, quantity=3)


def test_given_up(
    db: Session, shop: channel.Store, buyer: member.Member, sku: product.Sku, now: datetime
) -> None:
    coupon = make.coupon(db, buyer)
    placed = place(db, shop, buyer, sku, now, coupon_codes=[coupon.code])
    for _ in range(2):
        assert order.cancel(db, member_id=buyer.member_id, order_id=placed.id, now=now).state == "cancelled"
    assert available(db, sku) == (2, 2)
    assert marketing.by_code(db, coupon.code, now=now).state == "issued"
    assert len(told(db, "OrderCancelled")) == 1
    with pytest.raises(Refused, match="order_not_payable"):
        order.start_payment(db, member_id=buyer.member_id, order_id=placed.id, provider="sandbox", now=now)
    assert healthy(db)


def test_unpaid_orders_are_given_up_in_time(
    db: Session, shop: channel.Store, buyer: member.Member, sku: product.Sku, now: datetime
) -> None:
    placed = [place(db, shop, buyer, sku, now) for _ in range(2)]
    end = placed[0].pay_until
    assert end is not None
    assert order.expire_unpaid(db, now=end - timedelta(seconds=1)) == 0
    assert order.expire_unpaid(db, now=end) == 1
    assert order.expire_unpaid(db, now=end) == 1
    assert order.expire_unpaid(db, now=end) == 0
    assert available(db, sku) == (2, 2)
    with pytest.raises(Refused, match="order_not_payable"):
        order.start_payment(db, member_id=buyer.member_id, order_id=placed[0].id, provider="sandbox", now=end)


def test_money_that_comes_too_late_goes_back(
    db: Session, shop: channel.Store, buyer: member.Member, sku: product.Sku, now: datetime
) -> None:
    placed = place(db, shop, buyer, sku, now)
    mine = {"member_id": buyer.member_id, "now": now}
    payment = order.start_payment(db, order_id=placed.id, provider="sandbox", **mine)
    order.cancel(db, order_id=placed.id, **mine)
    for _ in range(2):
        order.pay(db, payment_id=payment.id, reference="X1", amount_fen=payment.amount_fen, **mine)
    assert placed.state == "cancelled"
    (due,) = told(db, "RefundDue")
    assert (due["reference"], due["amount_fen"]) == ("X1", payment.amount_fen)
    (refund,) = db.scalars(select(Refund)).all()
    order.refund_settled(db, refund_id=refund.id, reference="R1", **mine)
    db.refresh(refund)
    assert (refund.state, refund.reference) == ("done", "R1")
    assert healthy(db)


@pytest.fixture
def late(
    db: Session, shop: channel.Store, buyer: member.Member, sku: product.Sku, now: datetime
) -> tuple[order.Order, order.Payment, dict[str, Any]]:
    """An order of two articles, with a coupon, whose payment is under way while its goods have been free since long."""
    other = make.sku(db)
    make.stock(db, shop, other, 2)
    coupon = make.coupon(db, buyer)
    lines = [order.SaleLine(sku.code, 1), order.SaleLine(other.code, 2), order.SaleLine(sku.code, 1)]
    placed = order.place(
        db, store_id=shop.id, member_id=buyer.member_id, lines=lines, coupon_codes=[coupon.code], now=now
    )
    payment = order.start_payment(
        db, member_id=buyer.member_id, order_id=placed.id, provider="sandbox", now=now
    )
    at = now + timedelta(hours=2)
    assert inventory.expire_holds(db, now=at) == 2
    told = {"member_id": buyer.member_id, "payment_id": payment.id, "amount_fen": payment.amount_fen}
    return placed, payment, {**told, "reference": "X1", "now": at}


Late = tuple[order.Order, order.Payment, dict[str, Any]]


def test_money_that_comes_late_buys_goods_that_are_still_there(
    db: Session, late: Late, sku: product.Sku
) -> None:
    _, _, paid = late
    for _ in range(2):
        assert order.pay(db, **paid).state == "paid"
    assert available(db, sku) == (0, 0)
    assert len(told(db, "OrderPaid")) == 1
    assert told(db, "RefundDue") == []
    assert healthy(db)


def test_money_that_comes_after_the_goods_were_sold_goes_back(
    db: Session, shop: channel.Store, late: Late, sku: product.Sku
) -> None:
    """Also where only some of them are gone: nothing is sold by halves."""
    placed, payment, paid = late
    make.sale(db, shop, lines=[(sku, 1)], stocked=False)
    stock = available(db, sku)
    for _ in range(2):
        assert order.pay(db, **paid).state == "cancelled"
    assert available(db, sku) == stock
    assert told(db, "OrderPaid")[1:] == []
    assert [due["amount_fen"] for due in told(db, "RefundDue")] == [payment.amount_fen]
    (code,) = placed.coupon_codes
    assert marketing.by_code(db, code, now=paid["now"]).state == "issued"
    assert healthy(db)


def test_the_doctor_sees_goods_that_were_sold_and_are_still_there(db: Session, late: Late) -> None:
    placed, _, _ = late
    db.execute(update(order.Order).where(order.Order.id == placed.id).values(state="paid"))
    assert {found.check for found in order.check(db)} >= {"order.goods"}


def test_paid_twice_keeps_one_and_a_return_goes_through_the_one_kept(
    db: Session, shop: channel.Store, buyer: member.Member, sku: product.Sku, now: datetime
) -> None:
    placed = place(db, shop, buyer, sku, now)
    mine = {"member_id": buyer.member_id, "now": now}
    first = order.start_payment(db, order_id=placed.id, provider="wechat", **mine)
    second = order.start_payment(db, order_id=placed.id, provider="alipay", **mine)
    for payment, reference in ((second, "A1"), (first, "W1")):
        order.pay(db, payment_id=payment.id, reference=reference, amount_fen=payment.amount_fen, **mine)
    order.return_lines(
        db,
        store_id=shop.id,
        number=placed.number,
        return_number="T1",
        lines=[order.ReturnLine(sku.code, 1)],
        now=now,
    )
    assert [(due["provider"], due["reference"]) for due in told(db, "RefundDue")] == [
        ("wechat", "W1"),
        ("alipay", "A1"),
    ]
    assert healthy(db)


def test_another_amount_is_refused(
    db: Session, shop: channel.Store, buyer: member.Member, sku: product.Sku, now: datetime
) -> None:
    placed = place(db, shop, buyer, sku, now)
    mine = {"member_id": buyer.member_id, "now": now}
    payment = order.start_payment(db, order_id=placed.id, provider="sandbox", **mine)
    with pytest.raises(Refused, match="payment_amount_wrong"):
        order.pay(db, payment_id=payment.id, reference="X1", amount_fen=1, **mine)


def test_a_failed_try_leaves_the_order_open(
    db: Session, shop: channel.Store, buyer: member.Member, sku: product.Sku, now: datetime
) -> None:
    placed = place(db, shop, buyer, sku, now)
    mine = {"member_id": buyer.member_id, "now": now}
    failed = order.start_payment(db, order_id=placed.id, provider="sandbox", **mine)
    order.fail_payment(db, payment_id=failed.id, **mine)
    retry = order.start_payment(db, order_id=placed.id, provider="sandbox", **mine)
    assert retry.id != failed.id
    order.pay(db, payment_id=retry.id, reference="X2", amount_fen=retry.amount_fen, **mine)
    assert placed.state == "paid"
    assert healthy(db)


def test_an_order_that_costs_nothing_is_paid_at_once(
    db: Session, shop: channel.Store, buyer: member.Member, sku: product.Sku, now: datetime
) -> None:
    coupon = make.coupon(db, buyer, kind="percent", value=100)
    placed = place(db, shop, buyer, sku, now, coupon_codes=[coupon.code])
    assert (placed.state, placed.payable_fen) == ("paid", 0)
    assert available(db, sku) == (1, 1)
    assert healthy(db)


def test_a_paid_order_is_not_cancelled(
    db: Session, shop: channel.Store, buyer: member.Member, sku: product.Sku, now: datetime
) -> None:
    placed = place(db, shop, buyer, sku, now)
    placed.state = "paid"
    with pytest.raises(Refused) as refusal:
        order.cancel(db, member_id=buyer.member_id, order_id=placed.id, now=now)
    assert (refusal.value.key, refusal.value.reasons) == ("order_not_cancellable", {"state": "paid"})
