"""The money of an order arrives while it is being given up: it is one or the other, and no money is lost."""

from datetime import datetime, timedelta
from itertools import permutations

import pytest
from sqlalchemy import func, select

from center_core import inventory, order
from center_core.kit import Database, Outbox, Session
from center_core.order import purchase
from tests import make

from .at_once import at_once, overtaking


class Placed:
    """An order whose payment is under way and whose time has just run out, and what may become of it."""

    def __init__(self, database: Database, now: datetime) -> None:
        with database.transaction() as db:
            store, self.sku, self.buyer = make.store(db), make.sku(db), make.member(db).member_id
            make.stock(db, store, self.sku, 1)
            lines = [order.SaleLine(self.sku.code, 1)]
            it = order.place(db, store_id=store.id, member_id=self.buyer, lines=lines, now=now)
            self.id = it.id
            self.payment = order.start_payment(
                db, member_id=self.buyer, order_id=it.id, provider="sandbox", now=now
            )
        self.now = now + timedelta(minutes=30)

    def pay(self, db: Session) -> None:
        order.pay(
            db,
            member_id=self.buyer,
            payment_id=self.payment.id,
            reference="X1",
            amount_fen=self.payment.amount_fen,
            now=self.now,
        )

    def cancel(self, db: Session) -> None:
        order.cancel(db, member_id=self.buyer, order_id=self.id, now=self.now)

    def expire(self, db: Session) -> None:
        order.expire_unpaid(db, now=self.now)

    def books(self, database: Database) -> tuple[str, int, int]:
        """Its state, the pieces left, and the refunds due."""
        with database.transaction() as db:
            assert [*order.check(db), *inventory.check(db)] == []
            state = order.order(db, member_id=self.buyer, order_id=self.id).state
            (shelf,) = inventory.available(db, sku_ids=[self.sku.id])
            due = db.scalar(select(func.count()).where(Outbox.name == "RefundDue")) or 0
            return state, shelf.available, due


PAID, GIVEN_UP, MONEY_BACK = ("paid", 0, 0), ("cancelled", 1, 0), ("cancelled", 1, 1)
ENDS = {
    ("pay", "cancel"): ("order_not_cancellable", PAID),
    ("pay", "expire"): ("done", PAID),
    ("cancel", "pay"): ("done", MONEY_BACK),
    ("expire", "pay"): ("done", MONEY_BACK),
    ("cancel", "expire"): ("done", GIVEN_UP),
    ("expire", "cancel"): ("done", GIVEN_UP),
}


@pytest.mark.parametrize("which", list(permutations(("pay", "cancel", "expire"), 2)))
def test_whoever_holds_the_order_first_decides(
    database: Database, now: datetime, which: tuple[str, str]
) -> None:
    placed = Placed(database, now)
    second, books = ENDS[which]
    assert overtaking(database, *(getattr(placed, name) for name in which)) == ("done", second)
    assert placed.books(database) == books


def test_all_three_at_once(database: Database, now: datetime) -> None:
    placed = Placed(database, now)
    outcomes = at_once(database, placed.pay, placed.cancel, placed.expire)
    assert set(outcomes) <= {"done", "order_not_cancellable"}
    assert placed.books(database) in (PAID, MONEY_BACK)


@pytest.mark.parametrize("give_up", ["cancel", "expire"])
def test_without_holding_the_order_it_is_paid_and_given_up(
    database: Database, now: datetime, give_up: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the money is kept for an order that came to nothing."""
    monkeypatch.setattr(
        purchase,
        "_locked",
        lambda db, member_id, order_id: order.order(db, member_id=member_id, order_id=order_id),
    )
    placed = Placed(database, now)
    assert overtaking(database, placed.pay, getattr(placed, give_up)) == ("done", "done")
    with database.transaction() as db:
        assert {finding.check for finding in order.check(db)} == {"order.payments", "order.goods"}
