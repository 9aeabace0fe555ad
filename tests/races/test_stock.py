"""The last piece of stock is sold once, however many reach for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text, update

from center_core import inventory, member, order
from center_core.inventory import booking, service
from center_core.inventory.models import Stock
from center_core.kit import Database, Session, uuid7
from center_core.order import sale
from tests import make

from .at_once import PATIENCE, at_once, overtaking


@pytest.fixture
def last_piece(database: Database) -> tuple[UUID, UUID]:
    """Where the last piece of a SKU lies, and which SKU it is."""
    with database.transaction() as db:
        sku = make.sku(db)
        return make.stock(db, make.store(db), sku, 1).id, sku.id


def take(shelf: tuple[UUID, UUID], now: datetime) -> Any:
    def act(db: Session) -> None:
        inventory.take(
            db, location_id=shelf[0], sku_id=shelf[1], quantity=1, source=("order", uuid7()), now=now
        )

    return act


def hold(shelf: tuple[UUID, UUID], now: datetime) -> Any:
    def act(db: Session) -> None:
        inventory.hold(
            db,
            location_id=shelf[0],
            sku_id=shelf[1],
            quantity=1,
            source=("order", uuid7()),
            expires_at=now,
            now=now,
        )

    return act


def on_hand(database: Database, shelf: tuple[UUID, UUID]) -> int:
    with database.transaction() as db:
        return inventory.available(db, sku_ids=[shelf[1]])[0].on_hand


def test_the_last_piece_is_taken_once(
    database: Database, last_piece: tuple[UUID, UUID], now: datetime
) -> None:
    assert at_once(database, *[take(last_piece, now)] * 8) == {"done": 1, "sold_out": 7}
    assert on_hand(database, last_piece) == 0
    with database.transaction() as db:
        assert list(inventory.check(db)) == []


@pytest.fixture
def unguarded(database: Database, last_piece: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch) -> None:
    """Two look at what is there before either takes it."""
    both_have_looked = Barrier(2)

    def look_then_take(
        db: Session, _kind: str, *, location_id: UUID, changes: Sequence[service.Change], **_rest: Any
    ) -> set[UUID]:
        [change] = changes
        shelf = (Stock.location_id == location_id, Stock.sku_id == change.sku_id)
        there = db.scalar(select(Stock.on_hand - Stock.reserved).where(*shelf)) or 0
        both_have_looked.wait(PATIENCE)
        if there + change.on_hand - change.reserved < 0:
            return set()
        after = {"on_hand": Stock.on_hand + change.on_hand, "reserved": Stock.reserved + change.reserved}
        db.execute(update(Stock).where(*shelf).values(after))
        return {change.sku_id}

    monkeypatch.setattr(service, "_change_all", look_then_take)
    with database.transaction() as db:
        for (name,) in db.execute(
            text("select conname from pg_constraint where conrelid = 'stock'::regclass and contype = 'c'")
        ).all():
            db.execute(text(f"alter table stock drop constraint {name}"))


@pytest.mark.usefixtures("unguarded")
def test_without_its_guard_the_last_piece_is_taken_twice(
    database: Database, last_piece: tuple[UUID, UUID], now: datetime
) -> None:
    assert at_once(database, *[take(last_piece, now)] * 2) == {"done": 2}
    assert on_hand(database, last_piece) == -1


def test_a_sale_and_a_hold_do_not_share_a_piece(
    database: Database, last_piece: tuple[UUID, UUID], now: datetime
) -> None:
    outcome = at_once(database, *[take(last_piece, now), hold(last_piece, now)] * 3)
    assert outcome == {"done": 1, "sold_out": 5}


@pytest.mark.usefixtures("unguarded")
def test_without_its_guard_a_sale_and_a_hold_share_a_piece(
    database: Database, last_piece: tuple[UUID, UUID], now: datetime
) -> None:
    assert at_once(database, take(last_piece, now), hold(last_piece, now)) == {"done": 2}
    with database.transaction() as db:
        (shelf,) = inventory.available(db, sku_ids=[last_piece[1]])
    assert (shelf.on_hand, shelf.reserved) == (0, 1)


def test_two_baskets_of_the_same_skus_do_not_wait_in_a_circle(database: Database, now: datetime) -> None:
    with database.transaction() as db:
        store, skus = make.store(db), [make.sku(db) for _ in range(4)]
        for sku in skus:
            make.stock(db, store, sku, 6)

    def sell(number: int, codes: list[str]) -> Any:
        def act(db: Session) -> None:
            order.record_sale(
                db,
                store_id=store.id,
                number=f"C{number}",
                lines=[order.SaleLine(code, 1, 100) for code in codes],
                paid=[("cash", 400)],
                now=now,
            )

        return act

    codes = [sku.code for sku in skus]
    sales = [sell(i, codes if i % 2 else codes[::-1]) for i in range(6)]
    assert at_once(database, *sales) == {"done": 6}
    with database.transaction() as db:
        assert {each.on_hand for each in inventory.available(db, sku_ids=[sku.id for sku in skus])} == {0}


class Circle:
    """Two unpaid orders, the first due of the SKU that is locked last, and a till that sells both SKUs."""

    def __init__(self, database: Database, now: datetime) -> None:
        with database.transaction() as db:
            self.store, buyer = make.store(db), make.member(db)
            self.skus = sorted((make.sku(db) for _ in range(2)), key=lambda sku: sku.id)
            for sku, minutes in zip(self.skus[::-1], (1, 0), strict=True):
                make.stock(db, self.store, sku, 2)
                self.last_due = order.place(
                    db,
                    store_id=self.store.id,
                    member_id=buyer.member_id,
                    lines=[order.SaleLine(sku.code, 1)],
                    now=now - timedelta(minutes=minutes),
                )
        self.end = now + timedelta(hours=1)

    def give_up(self, db: Session) -> None:
        db.execute(text("set local deadlock_timeout = '10ms'"))
        assert order.expire_unpaid(db, now=self.end) == 1

    def give_up_the_other(self, db: Session) -> None:
        order.cancel(db, member_id=self.last_due.member_id, order_id=self.last_due.id, now=self.end)

    def sell(self, db: Session) -> None:
        db.execute(text("set local deadlock_timeout = '10ms'"))
        lines = [order.SaleLine(sku.code, 1, 100) for sku in self.skus]
        order.record_sale(
            db, store_id=self.store.id, number="C1", lines=lines, paid=[("cash", 200)], now=self.end
        )


def test_giving_up_orders_and_a_till_do_not_wait_in_a_circle(database: Database, now: datetime) -> None:
    circle = Circle(database, now)
    assert overtaking(database, circle.give_up, circle.sell) == ("done", "done")
    with database.transaction() as db:
        circle.give_up(db)
        assert [
            (each.on_hand, each.reserved)
            for each in inventory.available(db, sku_ids=[sku.id for sku in circle.skus])
        ] == [(1, 0)] * 2
        assert list(inventory.check(db)) == []


def test_giving_up_two_orders_at_once_and_a_till_wait_in_a_circle(database: Database, now: datetime) -> None:
    """The twin: the goods of both are freed in one transaction, the first due first."""
    circle = Circle(database, now)
    outcomes = overtaking(database, circle.give_up, circle.sell, then=circle.give_up_the_other)
    assert any("DeadlockDetected" in outcome for outcome in outcomes)


class Receipt:
    """One receipt that a till sends again and again; ``sold`` are the orders it was told of."""

    def __init__(self, database: Database, now: datetime) -> None:
        with database.transaction() as db:
            self.store, self.sku = make.store(db), make.sku(db)
            make.stock(db, self.store, self.sku, 5)
        self.now = now
        self.sold: list[UUID] = []

    def send(self, db: Session) -> None:
        line = order.SaleLine(self.sku.code, 1, 100)
        sale = order.record_sale(
            db, store_id=self.store.id, number="R1", lines=[line], paid=[("cash", 100)], now=self.now
        )
        self.sold.append(sale.id)


def test_one_receipt_sent_twice_at_once_is_one_sale(database: Database, now: datetime) -> None:
    receipt = Receipt(database, now)
    assert at_once(database, *[receipt.send] * 5) == {"done": 5}
    assert len(set(receipt.sold)) == 1
    with database.transaction() as db:
        assert inventory.available(db, sku_ids=[receipt.sku.id])[0].on_hand == 4


def test_without_claiming_its_number_one_receipt_is_two_sales(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = Receipt(database, now)
    with database.transaction() as db:
        member.walk_in(db, store_id=receipt.store.id, now=now)
    monkeypatch.setattr(sale, "claim_number", lambda *_, **__: True)
    assert overtaking(database, receipt.send, receipt.send) == ("done", "done")
    assert len(set(receipt.sold)) == 2
    with database.transaction() as db:
        assert inventory.available(db, sku_ids=[receipt.sku.id])[0].on_hand == 3
        assert {finding.check for finding in order.check(db)} == {"order.directory"}


def test_one_return_sent_twice_at_once_is_one_return(database: Database, now: datetime) -> None:
    with database.transaction() as db:
        store, sku = make.store(db), make.sku(db)
        sale = make.sale(db, store, lines=[(sku, 2)])

    def bring_back(number: str) -> Any:
        def act(db: Session) -> None:
            order.return_lines(
                db,
                store_id=store.id,
                number=sale.number,
                return_number=number,
                lines=[order.ReturnLine(sku.code, 2)],
                now=now,
            )

        return act

    acts = [bring_back("T1"), bring_back("T1"), bring_back("T2")]
    outcome = at_once(database, *acts)
    assert outcome["done"] in (1, 2)
    assert outcome["done"] + outcome["order_not_returnable"] == 3
    with database.transaction() as db:
        assert inventory.available(db, sku_ids=[sku.id])[0].on_hand == 2
        for part in (order, inventory):
            assert list(part.check(db)) == []


class Delivery:
    """One delivery note, of whose articles the first or the second is said to have arrived."""

    def __init__(self, database: Database, now: datetime) -> None:
        with database.transaction() as db:
            store = make.store(db)
            self.skus = [make.sku(db) for _ in range(2)]
            self.room = make.location(db, store).id
        self.source = ("stock_movement", uuid7())
        self.now = now

    def book(self, which: int) -> Any:
        def act(db: Session) -> None:
            sku_id = self.skus[which].id
            if not inventory.is_booked(db, number="DN-1", differences={sku_id: 3}, source=self.source):
                inventory.receive(
                    db, location_id=self.room, sku_id=sku_id, quantity=3, source=self.source, now=self.now
                )

        return act

    def arrived(self, database: Database) -> list[int]:
        with database.transaction() as db:
            return [each.on_hand for each in inventory.available(db, sku_ids=[sku.id for sku in self.skus])]


def test_one_delivery_note_sent_twice_at_once_is_booked_once(database: Database, now: datetime) -> None:
    delivery = Delivery(database, now)
    assert at_once(database, *[delivery.book(0)] * 5) == {"done": 5}
    assert delivery.arrived(database) == [3]
    other = Delivery(database, now)
    assert overtaking(database, other.book(0), other.book(1)) == ("done", "movement_number_taken")
    assert other.arrived(database) == [3]


def test_without_holding_its_number_one_delivery_note_is_booked_twice(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = Delivery(database, now)
    monkeypatch.setattr(booking, "HOLD", "select 1")
    assert overtaking(database, delivery.book(0), delivery.book(1)) == ("done", "done")
    assert delivery.arrived(database) == [3, 3]
