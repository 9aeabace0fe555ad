"""A receipt is one thing, an order or one coupon at the counter, whoever else sends its number meanwhile."""

from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from center_core import channel, marketing, member, order, product
from center_core.kit import Database
from center_core.order import counter, draft
from tests import make

from .at_once import Act, overtaking

NUMBER = "N-1"


@dataclass(frozen=True)
class Counter:
    """A store, its goods, and a member with two coupons of 50 yuan."""

    store: channel.Store
    sku: product.Sku
    owner: member.Member
    codes: tuple[str, str]
    now: datetime

    def redeem(self, which: int = 0) -> Act:
        """A till that sends no orders uses a coupon with the receipt."""
        lines = [order.SaleLine(self.sku.code, 1)]
        return lambda db: order.redeem_alone(
            db, store_id=self.store.id, number=NUMBER, code=self.codes[which], lines=lines, now=self.now
        )

    def give_back(self) -> Act:
        return lambda db: order.give_back_alone(
            db, store_id=self.store.id, number=NUMBER, code=self.codes[0], now=self.now
        )

    def sell(self, which: int = 0) -> Act:
        """Another sends the order of the receipt, with a coupon."""
        return lambda db: order.record_sale(
            db,
            store_id=self.store.id,
            number=NUMBER,
            lines=[order.SaleLine(self.sku.code, 1)],
            paid=[("cash", 15_000)],
            member_id=self.owner.member_id,
            coupon_codes=[self.codes[which]],
            now=self.now,
        )

    def sell_without(self) -> Act:
        """Another sends it as a sale without a member and without coupons."""
        return lambda db: order.record_sale(
            db,
            store_id=self.store.id,
            number=NUMBER,
            lines=[order.SaleLine(self.sku.code, 1)],
            paid=[("cash", 20_000)],
            now=self.now,
        )


@pytest.fixture
def desk(database: Database, now: datetime) -> Counter:
    with database.transaction() as db:
        store, sku, owner = make.store(db), make.sku(db, price_fen=20_000), make.member(db)
        make.stock(db, store, sku, 5)
        one, other = (make.coupon(db, owner, stacking="alone").code for _ in range(2))
        return Counter(store, sku, owner, (one, other), now)


@pytest.fixture
def redeemed(database: Database, desk: Counter) -> Counter:
    """The first coupon was used with the receipt."""
    with database.transaction() as db:
        desk.redeem()(db)
    return desk


@pytest.fixture
def unheld(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody holds a receipt's number."""
    monkeypatch.setattr(draft, "CLAIM", draft.CLAIM.replace(draft.HOLD, "select 1"))
    monkeypatch.setattr(counter, "hold_number", lambda *_, **__: None)


def findings(database: Database) -> list[str]:
    with database.transaction() as db:
        return [finding.check for part in (order, marketing) for finding in part.check(db)]


def used(database: Database, desk: Counter) -> int:
    """How many coupons the receipt has."""
    with database.transaction() as db:
        uses = marketing.redemptions(
            db, member_id=desk.owner.member_id, store_id=desk.store.id, order_number=NUMBER
        )
        return sum(use.rolled_back_at is None for use in uses)


def test_a_coupon_that_an_order_counts_on_is_not_given_back(database: Database, redeemed: Counter) -> None:
    acts = redeemed.sell(), redeemed.give_back()
    assert overtaking(database, *acts) == ("done", "receipt_number_taken")
    assert used(database, redeemed) == 1
    assert findings(database) == []


def test_an_order_does_not_count_on_a_coupon_that_is_being_given_back(
    database: Database, redeemed: Counter
) -> None:
    """It is usable again when the order comes to it, and used anew."""
    assert overtaking(database, redeemed.give_back(), redeemed.sell()) == ("done", "done")
    assert used(database, redeemed) == 1
    assert findings(database) == []


@pytest.mark.usefixtures("unheld")
def test_without_holding_the_number_the_orders_coupon_is_in_the_wallet_again(
    database: Database, redeemed: Counter
) -> None:
    assert overtaking(database, redeemed.sell(), redeemed.give_back()) == ("done", "done")
    assert used(database, redeemed) == 0
    assert findings(database) == ["order.coupons"]


def test_one_receipt_has_one_coupon_at_the_counter(database: Database, desk: Counter) -> None:
    acts = desk.redeem(0), desk.redeem(1)
    assert overtaking(database, *acts) == ("done", "receipt_number_taken")
    assert used(database, desk) == 1


def test_an_order_does_not_come_between(database: Database, desk: Counter) -> None:
    acts = desk.redeem(0), desk.sell(1)
    assert overtaking(database, *acts) == ("done", "receipt_number_taken")
    assert overtaking(database, desk.sell(0), desk.redeem(1)) == ("done", "receipt_number_taken")
    assert used(database, desk) == 1
    assert findings(database) == []


def test_a_sale_without_coupons_leaves_none_on_its_receipt(database: Database, desk: Counter) -> None:
    acts = desk.redeem(), desk.sell_without()
    assert overtaking(database, *acts) == ("done", "receipt_number_taken")
    assert used(database, desk) == 1


def test_a_coupon_does_not_come_to_a_sale_without(database: Database, desk: Counter) -> None:
    acts = desk.sell_without(), desk.redeem()
    assert overtaking(database, *acts) == ("done", "receipt_number_taken")
    assert used(database, desk) == 0


@pytest.mark.usefixtures("unheld")
def test_without_holding_the_number_the_coupon_is_on_a_receipt_that_does_not_name_it(
    database: Database, desk: Counter
) -> None:
    assert overtaking(database, desk.redeem(), desk.sell_without()) == ("done", "done")
    assert used(database, desk) == 1


@pytest.fixture
def stranger(database: Database, desk: Counter) -> Counter:
    """Another member at the same counter."""
    with database.transaction() as db:
        owner = make.member(db)
        one, other = (make.coupon(db, owner).code for _ in range(2))
    return replace(desk, owner=owner, codes=(one, other))


def test_one_receipt_has_one_coupon_whoever_holds_it(
    database: Database, desk: Counter, stranger: Counter
) -> None:
    acts = desk.redeem(), stranger.redeem()
    assert overtaking(database, *acts) == ("done", "receipt_number_taken")
    assert (used(database, desk), used(database, stranger)) == (1, 0)


@pytest.mark.usefixtures("unheld")
def test_without_holding_the_number_two_members_share_it(
    database: Database, desk: Counter, stranger: Counter
) -> None:
    assert overtaking(database, desk.redeem(), stranger.redeem()) == ("done", "done")
    assert (used(database, desk), used(database, stranger)) == (1, 1)


@pytest.mark.usefixtures("unheld")
def test_without_holding_the_number_two_coupons_share_it_past_stacking(
    database: Database, desk: Counter
) -> None:
    assert overtaking(database, desk.redeem(0), desk.redeem(1)) == ("done", "done")
    assert used(database, desk) == 2
