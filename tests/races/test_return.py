"""A return is taken once, however often the till sends it, and no piece comes back twice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Barrier

import pytest
from sqlalchemy import func, select, text

from center_core import channel, inventory, order, product
from center_core.kit import Database, Finding, Outbox, Session
from center_core.order import returns
from center_core.order.models import OrderReturn
from tests import make

from .at_once import PATIENCE, at_once


@dataclass(frozen=True)
class Sold:
    """Three pieces, sold in one order."""

    store: channel.Store
    sku: product.Sku
    number: str

    def bring_back(self, return_number: str, now: datetime, pieces: int = 1) -> Callable[[Session], object]:
        return lambda db: order.return_lines(
            db,
            store_id=self.store.id,
            number=self.number,
            return_number=return_number,
            lines=[order.ReturnLine(self.sku.code, pieces)],
            now=now,
        )


@pytest.fixture
def sold(database: Database) -> Sold:
    with database.transaction() as db:
        store, sku = make.store(db), make.sku(db, price_fen=10_000)
        return Sold(store, sku, make.sale(db, store, lines=[(sku, 3)]).number)


def books(database: Database, sold: Sold) -> tuple[int, int, int, int]:
    """Returns on record, pieces back in the store, yuan given back, and returns told to the other centres."""
    with database.transaction() as db:
        it = order.by_number(db, store_id=sold.store.id, number=sold.number)
        shelf = inventory.available(db, sku_ids=[sold.sku.id])
        return (
            db.scalar(select(func.count()).select_from(OrderReturn)) or 0,
            sum(place.available for place in shelf),
            it.refunded_fen // 100,
            db.scalar(select(func.count()).where(Outbox.name == "OrderReturned")) or 0,
        )


def findings(database: Database) -> list[Finding]:
    with database.transaction() as db:
        return [*order.check(db), *inventory.check(db)]


def test_one_return_sent_many_times_at_once_is_taken_once(
    database: Database, sold: Sold, now: datetime
) -> None:
    assert at_once(database, *[sold.bring_back("R1", now)] * 6) == {"done": 6}
    assert books(database, sold) == (1, 1, 100, 1)
    assert findings(database) == []


def test_returns_at_once_bring_back_no_more_than_was_sold(
    database: Database, sold: Sold, now: datetime
) -> None:
    outcome = at_once(database, *[sold.bring_back(f"R{n}", now) for n in range(5)])
    assert outcome == {"done": 3, "order_not_returnable": 2}
    assert books(database, sold) == (3, 3, 300, 3)
    assert findings(database) == []


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two tills of which both have looked for the return before either records it, with no lock on the order."""
    both_have_looked, look = Barrier(2), returns._earlier

    def look_together(db: Session, it: order.Order, number: str) -> OrderReturn | None:
        found = look(db, it, number)
        both_have_looked.wait(PATIENCE)
        return found

    monkeypatch.setattr(returns, "_locked", lambda db, it: it)
    monkeypatch.setattr(returns, "_earlier", look_together)


@pytest.mark.usefixtures("unlocked")
def test_without_the_lock_the_second_till_fails(database: Database, sold: Sold, now: datetime) -> None:
    """The number's key still keeps the books; but the till gets an error where its return should be."""
    outcome = at_once(database, *[sold.bring_back("R1", now)] * 2)
    assert outcome.pop("done") == 1
    (error,) = outcome
    assert error.startswith("IntegrityError")
    assert books(database, sold) == (1, 1, 100, 1)


@pytest.mark.usefixtures("unlocked")
def test_without_lock_and_key_one_piece_comes_back_twice(
    database: Database, sold: Sold, now: datetime
) -> None:
    with database.transaction() as db:
        key = "select conname from pg_constraint where conrelid = 'order_return'::regclass and contype = 'u'"
        db.execute(text(f"alter table order_return drop constraint {db.scalar(text(key))}"))
    assert at_once(database, *[sold.bring_back("R1", now)] * 2) == {"done": 2}
    on_record, on_shelf, yuan, told = books(database, sold)
    assert (on_record, on_shelf, told) == (2, 2, 2)
    assert yuan == 100, "one refund is lost from the order, though both were paid out"
    assert findings(database) != []
