"""Stock: what each verb changes, what it refuses, and that balances are the sum of their movements."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from center_core import inventory
from center_core.inventory.models import Stock
from center_core.kit import Refused, Session, uuid7
from tests import make

SHELF = tuple[UUID, UUID]


@pytest.fixture
def shelf(db: Session) -> SHELF:
    """A store's room and a SKU of which ten pieces lie there."""
    store, sku = make.store(db), make.sku(db)
    return make.stock(db, store, sku, 10).id, sku.id


def balance(db: Session, shelf: SHELF) -> tuple[int, int, int]:
    (found,) = inventory.available(db, sku_ids=[shelf[1]], location_ids=[shelf[0]])
    return found.on_hand, found.reserved, found.available


def test_goods_come_and_go(db: Session, shelf: SHELF, now: datetime) -> None:
    place, sku = shelf
    inventory.take(db, location_id=place, sku_id=sku, quantity=10, source=("order", uuid7()), now=now)
    assert balance(db, shelf) == (0, 0, 0)
    inventory.put_back(db, location_id=place, sku_id=sku, quantity=2, source=("return", uuid7()), now=now)
    inventory.adjust(db, location_id=place, sku_id=sku, difference=3, source=("count", uuid7()), now=now)
    inventory.adjust(db, location_id=place, sku_id=sku, difference=-1, source=("count", uuid7()), now=now)
    assert balance(db, shelf) == (4, 0, 4)
    history = inventory.movements(db, location_id=place, sku_id=sku)
    assert [row.on_hand_change for row in history.rows] == [-1, 3, 2, -10, 10]
    assert list(inventory.check(db)) == []


def test_no_more_than_there_is(db: Session, shelf: SHELF, now: datetime) -> None:
    place, sku = shelf
    with pytest.raises(Refused) as refusal:
        inventory.take(db, location_id=place, sku_id=sku, quantity=11, source=("order", uuid7()), now=now)
    assert refusal.value.key == "sold_out"
    assert refusal.value.reasons == {"sku_id": str(sku), "wanted": 11, "available": 10}
    assert balance(db, shelf) == (10, 0, 10)


def test_a_sku_that_never_lay_there_is_sold_out(db: Session, shelf: SHELF, now: datetime) -> None:
    with pytest.raises(Refused, match="sold_out"):
        inventory.take(
            db, location_id=shelf[0], sku_id=make.sku(db).id, quantity=1, source=("order", uuid7()), now=now
        )


@pytest.mark.parametrize("quantity", [0, -1])
def test_quantities_are_at_least_one(db: Session, shelf: SHELF, now: datetime, quantity: int) -> None:
    for verb in (inventory.take, inventory.receive, inventory.put_back):
        with pytest.raises(Refused, match="quantity_wrong"):
            verb(
                db,
                location_id=shelf[0],
                sku_id=shelf[1],
                quantity=quantity,
                source=("order", uuid7()),
                now=now,
            )


def test_what_is_held_cannot_be_sold_or_counted_away(db: Session, shelf: SHELF, now: datetime) -> None:
    place, sku = shelf
    order = ("order", uuid7())
    inventory.hold(
        db,
        location_id=place,
        sku_id=sku,
        quantity=8,
        source=order,
        expires_at=now + timedelta(hours=1),
        now=now,
    )
    assert balance(db, shelf) == (10, 8, 2)
    with pytest.raises(Refused, match="sold_out"):
        inventory.take(db, location_id=place, sku_id=sku, quantity=3, source=("order", uuid7()), now=now)
    with pytest.raises(Refused, match="sold_out"):
        inventory.adjust(db, location_id=place, sku_id=sku, difference=-3, source=("count", uuid7()), now=now)
    for _ in range(2):
        inventory.consume(db, location_id=place, pieces=[(sku, 8)], source=order, now=now)
        assert balance(db, shelf) == (2, 0, 2)
    with pytest.raises(Refused, match="hold_over"):
        inventory.hold(db, location_id=place, sku_id=sku, quantity=8, source=order, expires_at=now, now=now)
    assert inventory.release(db, source=order, now=now) == 0
    assert list(inventory.check(db)) == []


def test_holds_end_by_themselves(db: Session, shelf: SHELF, now: datetime) -> None:
    place, sku = shelf
    until = now + timedelta(minutes=30)
    for _ in range(3):
        inventory.hold(
            db,
            location_id=place,
            sku_id=sku,
            quantity=2,
            source=("order", uuid7()),
            expires_at=until,
            now=now,
        )
    assert inventory.expire_holds(db, now=until - timedelta(seconds=1)) == 0
    assert inventory.expire_holds(db, now=until, limit=2) == 2
    assert inventory.expire_holds(db, now=until, limit=2) == 1
    assert inventory.expire_holds(db, now=until, limit=2) == 0
    assert balance(db, shelf) == (10, 0, 10)
    assert list(inventory.check(db)) == []


def test_the_same_source_takes_once(db: Session, shelf: SHELF, now: datetime) -> None:
    place, sku = shelf
    order = ("order", uuid7())
    for _ in range(2):
        inventory.take(db, location_id=place, sku_id=sku, quantity=6, source=order, now=now)
    assert balance(db, shelf) == (4, 0, 4)


def test_several_articles_are_taken_together_and_once(db: Session, shelf: SHELF, now: datetime) -> None:
    place, sku = shelf
    other = make.sku(db).id
    inventory.receive(db, location_id=place, sku_id=other, quantity=3, source=("delivery", uuid7()), now=now)
    basket = sorted([(sku, 4), (other, 3)])
    order = ("order", uuid7())
    for _ in range(2):
        inventory.take_all(db, location_id=place, pieces=basket, source=order, now=now)
    assert (balance(db, shelf), balance(db, (place, other))) == ((6, 0, 6), (0, 0, 0))
    with pytest.raises(Refused) as refusal, db.begin_nested():
        inventory.take_all(
            db, location_id=place, pieces=sorted([(sku, 1), (other, 1)]), source=("order", uuid7()), now=now
        )
    assert refusal.value.reasons == {"sku_id": str(other), "wanted": 1, "available": 0}
    assert balance(db, shelf) == (6, 0, 6)
    assert list(inventory.check(db)) == []


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["receive", "take", "adjust", "hold", "release", "consume", "expire"]),
        st.integers(1, 8),
    ),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_stock_is_never_negative_and_always_adds_up(
    db: Session, now: datetime, steps: list[tuple[str, int]]
) -> None:
    """Against a model in plain numbers: the same steps are refused, and the same is left."""
    undo = db.begin_nested()
    place, sku = make.location(db, make.store(db)).id, make.sku(db).id
    at = {"location_id": place, "sku_id": sku, "now": now}
    on_hand, held = 0, dict[inventory.Source, int]()
    for verb, quantity in steps:
        source = ("test", uuid7())
        free = on_hand - sum(held.values())
        if verb == "receive":
            inventory.receive(db, quantity=quantity, source=source, **at)
            on_hand += quantity
        elif verb in ("take", "adjust", "hold") and quantity > free:
            with pytest.raises(Refused, match="sold_out"):
                change(db, verb, quantity, source, at)
        elif verb in ("take", "adjust", "hold"):
            change(db, verb, quantity, source, at)
            on_hand -= 0 if verb == "hold" else quantity
            held.update({source: quantity} if verb == "hold" else {})
        elif verb == "expire":
            assert inventory.expire_holds(db, now=now) == len(held)
            held.clear()
        elif held:
            oldest = next(iter(held))
            if verb == "consume":
                sold = [(sku, held[oldest])]
                inventory.consume(db, location_id=place, pieces=sold, source=oldest, now=now)
            else:
                assert inventory.release(db, source=oldest, now=now) == 1
            on_hand -= held[oldest] if verb == "consume" else 0
            del held[oldest]
        left = [(row.on_hand, row.reserved) for row in inventory.available(db, sku_ids=[sku])]
        assert (left or [(0, 0)]) == [(on_hand, sum(held.values()))]
    assert list(inventory.check(db)) == []
    undo.rollback()


def change(db: Session, verb: str, quantity: int, source: inventory.Source, at: dict[str, Any]) -> None:
    """Take, hold or count away so many pieces."""
    if verb == "adjust":
        inventory.adjust(db, difference=-quantity, source=source, **at)
    elif verb == "hold":
        inventory.hold(db, quantity=quantity, source=source, expires_at=at["now"], **at)
    else:
        inventory.take(db, quantity=quantity, source=source, **at)


def test_the_doctor_sees_each_kind_of_difference(db: Session, shelf: SHELF, now: datetime) -> None:
    row = db.get_one(Stock, shelf)
    row.on_hand += 1
    row.reserved += 1
    db.flush()
    assert [finding.check for finding in inventory.check(db)] == [
        "inventory.on_hand",
        "inventory.reserved",
        "inventory.holds",
    ]
