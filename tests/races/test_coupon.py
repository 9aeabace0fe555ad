"""One coupon is redeemed once, and no more coupons are issued than there are, however many try at once."""

from collections.abc import Sequence
from datetime import datetime
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, text, update

from center_core import marketing
from center_core.kit import Database, Refused, Session, uuid7
from center_core.marketing import issuing, redemption
from center_core.marketing.models import Coupon, CouponAllowance, CouponStock, CouponTemplate, Redemption
from tests import make

from .at_once import PATIENCE, at_once, overtaking

BASKET = make.basket((1, 60_000))


def use(coupon: marketing.Coupon, store_id: UUID, now: datetime) -> Any:
    """Use the coupon with an order that nobody else has."""

    def act(db: Session) -> None:
        marketing.redeem(
            db,
            member_id=coupon.member_id,
            codes=[coupon.code],
            basket=BASKET,
            store_id=store_id,
            order_number=str(uuid7()),
            now=now,
        )

    return act


def give(template: marketing.CouponTemplate, member_id: UUID, now: datetime) -> Any:
    """Issue one coupon of the template."""

    def act(db: Session) -> None:
        source = ("gift", uuid7())
        marketing.issue(db, member_id=member_id, template_id=template.id, source=source, now=now)

    return act


def take_back(coupon: marketing.Coupon, now: datetime) -> Any:
    """Undo its issue."""
    return lambda db: marketing.void(db, member_id=coupon.member_id, coupon_id=coupon.id, now=now)


def healthy(database: Database) -> bool:
    with database.transaction() as db:
        return not list(marketing.check(db))


@pytest.fixture
def coupon(database: Database) -> marketing.Coupon:
    """A coupon that may be used."""
    with database.transaction() as db:
        return make.coupon(db, make.member(db))


@pytest.fixture
def store_id(database: Database) -> UUID:
    """Where it is used."""
    with database.transaction() as db:
        return make.store(db).id


def redemptions(database: Database) -> int:
    with database.transaction() as db:
        return db.scalar(select(func.count()).select_from(Redemption)) or 0


def test_one_coupon_is_redeemed_once(
    database: Database, coupon: marketing.Coupon, store_id: UUID, now: datetime
) -> None:
    assert at_once(database, *[use(coupon, store_id, now)] * 8) == {"done": 1, "coupon_used": 7}
    assert redemptions(database) == 1
    assert healthy(database)


def test_of_two_orders_with_one_coupon_in_common_one_uses_all_of_its_own(
    database: Database, store_id: UUID, now: datetime
) -> None:
    with database.transaction() as db:
        owner = make.member(db)
        shared, mine, yours = (make.coupon(db, owner) for _ in range(3))

    def use_both(codes: list[str]) -> Any:
        return lambda db: marketing.redeem(
            db,
            member_id=owner.member_id,
            codes=codes,
            basket=BASKET,
            store_id=store_id,
            order_number=str(uuid7()),
            now=now,
        )

    acts = [use_both([mine.code, shared.code]), use_both([shared.code, yours.code])] * 3
    assert at_once(database, *acts) == {"done": 1, "coupon_used": 5}
    assert redemptions(database) == 2
    assert healthy(database)


def test_without_its_guards_one_coupon_is_redeemed_twice(
    database: Database,
    coupon: marketing.Coupon,
    store_id: UUID,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both_have_looked = Barrier(2)

    def mark_unasked(db: Session, member_id: UUID, using: Sequence[marketing.Quoted], _now: datetime) -> None:
        both_have_looked.wait(PATIENCE)
        mine = (Coupon.member_id == member_id, Coupon.id == using[0].coupon_id)
        db.execute(update(Coupon).where(*mine).values(state="redeemed"))

    monkeypatch.setattr(redemption, "_mark_redeemed", mark_unasked)
    with database.transaction() as db:
        db.execute(text("drop index redemption_open_idx"))
    assert at_once(database, *[use(coupon, store_id, now)] * 2) == {"done": 2}
    assert redemptions(database) == 2
    assert not healthy(database)


@pytest.fixture
def last_coupon(database: Database) -> marketing.CouponTemplate:
    """A template of which one coupon is left."""
    with database.transaction() as db:
        return make.template(db, stock_total=1)


def members(database: Database, count: int) -> list[UUID]:
    with database.transaction() as db:
        return [make.member(db).member_id for _ in range(count)]


def test_the_last_coupon_is_issued_once(
    database: Database, last_coupon: marketing.CouponTemplate, now: datetime
) -> None:
    acts = [give(last_coupon, owner, now) for owner in members(database, 8)]
    assert at_once(database, *acts) == {"done": 1, "coupon_sold_out": 7}
    assert healthy(database)


def test_without_its_guard_the_last_coupon_is_issued_twice(
    database: Database,
    last_coupon: marketing.CouponTemplate,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both_have_looked = Barrier(2)

    def look_then_take(db: Session, offer: CouponTemplate) -> None:
        left = db.scalar(select(CouponStock.left_over).where(CouponStock.template_id == offer.id)) or 0
        both_have_looked.wait(PATIENCE)
        if left <= 0:
            raise Refused("coupon_sold_out", "")
        this = CouponStock.template_id == offer.id
        db.execute(update(CouponStock).where(this).values(left_over=CouponStock.left_over - 1))

    monkeypatch.setattr(issuing, "_take_stock", look_then_take)
    with database.transaction() as db:
        db.execute(text("alter table coupon_stock drop constraint coupon_stock_left_over_check"))
    acts = [give(last_coupon, owner, now) for owner in members(database, 2)]
    assert at_once(database, *acts) == {"done": 2}
    with database.transaction() as db:
        assert marketing.stock_left(db, [last_coupon.id]) == {last_coupon.id: -1}


@pytest.fixture
def one_each(database: Database) -> marketing.CouponTemplate:
    """A template of which each member may have one."""
    with database.transaction() as db:
        return make.template(db, member_limit=1)


def test_one_member_gets_no_more_than_the_limit(
    database: Database, one_each: marketing.CouponTemplate, now: datetime
) -> None:
    (owner,) = members(database, 1)
    acts = [give(one_each, owner, now)] * 6
    assert at_once(database, *acts) == {"done": 1, "coupon_member_limit": 5}
    assert healthy(database)


def test_without_its_guard_one_member_gets_two(
    database: Database,
    one_each: marketing.CouponTemplate,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (owner,) = members(database, 1)
    both_have_looked = Barrier(2)

    def look_then_count(db: Session, member_id: UUID, offer: CouponTemplate) -> None:
        mine = (CouponAllowance.member_id == member_id, CouponAllowance.template_id == offer.id)
        issued = db.scalar(select(CouponAllowance.issued).where(*mine)) or 0
        both_have_looked.wait(PATIENCE)
        if offer.member_limit is not None and issued >= offer.member_limit:
            raise Refused("coupon_member_limit", "")
        db.execute(issuing._COUNT, {"member_id": member_id, "template_id": offer.id, "limit": None})

    monkeypatch.setattr(issuing, "_count", look_then_count)
    assert at_once(database, *[give(one_each, owner, now)] * 2) == {"done": 2}


def test_one_source_at_once_gives_one_coupon(
    database: Database, last_coupon: marketing.CouponTemplate, now: datetime
) -> None:
    (owner,) = members(database, 1)
    source = ("message", uuid7())
    given = []

    def act(db: Session) -> None:
        coupon = marketing.issue(db, member_id=owner, template_id=last_coupon.id, source=source, now=now)
        given.append(coupon.id)

    assert at_once(database, *[act] * 5) == {"done": 5}
    assert len(set(given)) == 1
    assert healthy(database)


def test_without_its_key_one_source_at_once_gives_two(database: Database, now: datetime) -> None:
    (owner,) = members(database, 1)
    with database.transaction() as db:
        template = make.template(db)
        db.execute(text("alter table coupon drop constraint coupon_member_id_source_kind_source_id_key"))
    source = ("message", uuid7())
    given = []

    def act(db: Session) -> None:
        coupon = marketing.issue(db, member_id=owner, template_id=template.id, source=source, now=now)
        given.append(coupon.id)

    assert overtaking(database, act, act) == ("done", "done")
    assert len(set(given)) == 2


@pytest.fixture
def only_one(database: Database) -> marketing.Coupon:
    """All that there is of its template, and all that the member may have."""
    with database.transaction() as db:
        return make.coupon(db, make.member(db), stock_total=1, member_limit=1)


def left(database: Database, coupon: marketing.Coupon) -> int:
    """How many of its template can be issued."""
    with database.transaction() as db:
        return marketing.stock_left(db, [coupon.template_id])[coupon.template_id]


def test_one_coupon_is_taken_back_once(database: Database, only_one: marketing.Coupon, now: datetime) -> None:
    assert at_once(database, *[take_back(only_one, now)] * 6) == {"done": 1, "coupon_used": 5}
    assert left(database, only_one) == 1
    assert healthy(database)


@pytest.mark.parametrize(("used_first", "stock"), [(True, 0), (False, 1)])
def test_a_coupon_is_used_or_taken_back(
    database: Database,
    only_one: marketing.Coupon,
    store_id: UUID,
    now: datetime,
    used_first: bool,
    stock: int,
) -> None:
    acts = use(only_one, store_id, now), take_back(only_one, now)
    assert overtaking(database, *(acts if used_first else acts[::-1])) == ("done", "coupon_used")
    assert left(database, only_one) == stock
    assert healthy(database)


@pytest.fixture
def void_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the coupon can still be used is asked beforehand."""

    def look_then_mark(
        db: Session, member_id: UUID, coupon_id: UUID, _now: datetime
    ) -> tuple[UUID, bool] | None:
        this = (Coupon.member_id == member_id, Coupon.id == coupon_id)
        found = db.execute(
            select(Coupon.template_id, Coupon.from_stock).where(*this, Coupon.state == "issued")
        ).one_or_none()
        if found is None:
            return None
        db.execute(update(Coupon).where(*this).values(state="void"))
        return found.template_id, found.from_stock

    monkeypatch.setattr(issuing, "_mark_void", look_then_mark)


@pytest.mark.usefixtures("void_unasked")
def test_without_its_guard_one_coupon_is_taken_back_twice(
    database: Database, only_one: marketing.Coupon, now: datetime
) -> None:
    assert overtaking(database, *[take_back(only_one, now)] * 2) == ("done", "done")
    assert left(database, only_one) == 2


@pytest.mark.usefixtures("void_unasked")
def test_without_its_guard_a_used_coupon_is_taken_back(
    database: Database, only_one: marketing.Coupon, store_id: UUID, now: datetime
) -> None:
    assert overtaking(database, use(only_one, store_id, now), take_back(only_one, now)) == ("done", "done")
    assert left(database, only_one) == 1
    assert not healthy(database)
