"""What follows from a join, a sale and a return: points and attribution, in whatever order they are told."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from sqlalchemy import select

from center_core import channel, inventory, member, order, policies, settlement
from center_core.kit import Event, NotFound, Outbox, Session, uuid7
from tests import make

EVENTS = {each.__name__: each for each in policies.WHEN}


def told(db: Session) -> list[Event]:
    """What was published that policies react to, the first first."""
    rows = db.execute(select(Outbox.name, Outbox.body).where(Outbox.name.in_(EVENTS)).order_by(Outbox.id))
    return [EVENTS[name].from_body(body) for name, body in rows]


def react(db: Session, events: list[Event], now: datetime) -> None:
    for event in events:
        for handler in policies.WHEN[type(event)]:
            assert callable(handler)
            handler(db, event, now=now)


def test_a_new_member_is_welcomed_once(db: Session, now: datetime) -> None:
    newcomer = make.member(db)
    for _ in range(2):
        react(db, told(db), now)
    assert member.balance(db, newcomer.member_id).available == policies.WELCOME_POINTS


@pytest.fixture
def store(db: Session) -> channel.Store:
    """A store, and tiers to climb."""
    make.tiers(db)
    return make.store(db)


def test_a_purchase_earns_a_point_for_each_yuan_after_a_week(
    db: Session, store: channel.Store, now: datetime
) -> None:
    buyer = make.member(db)
    sale = make.sale(db, store, buyer=buyer, lines=[(make.sku(db, price_fen=88_850), 1)])
    (paid,) = [event for event in told(db) if isinstance(event, order.OrderPaid)]
    for _ in range(2):
        react(db, [paid], now)
    assert member.balance(db, buyer.member_id) == member.points.Balance(0, 888, 888)
    (posted,) = settlement.attribution_of(db, member_id=buyer.member_id, order_id=sale.id)
    assert posted.amount_fen == 88_850
    week = now + policies.POINTS_PENDING
    member.release_points(db, now=week - timedelta(seconds=1), limit=10)
    assert member.balance(db, buyer.member_id).available == 0
    member.release_points(db, now=week, limit=10)
    assert member.balance(db, buyer.member_id).available == 888


def test_purchases_told_together_count_as_if_told_one_by_one(
    db: Session, store: channel.Store, now: datetime
) -> None:
    twice, rising, erased = (make.member(db) for _ in range(3))
    article = make.sku(db, price_fen=88_850)
    pieces = [(twice, 1), (rising, 10), (twice, 1), (erased, 1), (None, 1)]
    for buyer, number in pieces:
        make.sale(db, store, buyer=buyer, lines=[(article, number)])
    member.erase(db, member_id=erased.member_id, now=now)
    paid = [event for event in told(db) if isinstance(event, order.OrderPaid)]
    assert len(paid) == len(pieces)
    for _ in range(2):
        policies.earn_points.call(db, paid, now=now)
        policies.attribute.call(db, paid[::-1], now=now)
    assert [member.balance(db, who.member_id).pending for who in (twice, rising, erased)] == [1_776, 8_885, 0]
    db.expire_all()
    for who, points in ((twice, 1_776), (rising, 8_885)):
        now_is = member.member(db, who.member_id)
        reached = max((it for it in member.tiers(db) if it.threshold <= points), key=lambda it: it.rank)
        assert (now_is.growth, now_is.tier) == (points, reached.code)
    assert member.member(db, rising.member_id).tier != member.member(db, twice.member_id).tier
    for event in paid:
        (posted,) = settlement.attribution_of(db, member_id=event.member_id, order_id=event.order_id)
        assert posted.amount_fen == event.payable_fen
    told_of = db.scalars(select(Outbox.body).where(Outbox.name == "PointsPosted")).all()
    assert sorted(body["amount"] for body in told_of) == [888, 888, 8_885]


def test_an_order_that_is_not_there_is_no_purchase(db: Session, store: channel.Store, now: datetime) -> None:
    buyer = make.member(db)
    make.sale(db, store, buyer=buyer, lines=[(make.sku(db, price_fen=88_850), 1)])
    (paid,) = [event for event in told(db) if isinstance(event, order.OrderPaid)]
    for reaction in (policies.earn_points, policies.attribute):
        with pytest.raises(NotFound):
            reaction.call(db, [paid, replace(paid, order_id=uuid7())], now=now)


def test_a_purchase_may_lift_the_tier_and_the_next_earns_more(
    db: Session, store: channel.Store, now: datetime
) -> None:
    buyer, sku = make.member(db), make.sku(db, price_fen=100_000)
    make.sale(db, store, buyer=buyer, lines=[(sku, 1)])
    react(db, told(db), now)
    assert member.member(db, buyer.member_id).tier == "ice"
    make.sale(db, store, buyer=buyer, lines=[(sku, 1)])
    react(db, told(db), now)
    assert member.balance(db, buyer.member_id).pending == 1_000 + 1_200


def test_a_walk_in_account_earns_nothing(db: Session, store: channel.Store, now: datetime) -> None:
    sale = make.sale(db, store, lines=[(make.sku(db), 1)])
    react(db, told(db), now)
    assert member.balance(db, sale.member_id).lifetime == 0
    assert [each.basis for each in settlement.attribution_of(db, member_id=sale.member_id, order_id=sale.id)]


@pytest.mark.parametrize("turn", range(6))
def test_a_returned_purchase_keeps_no_points_in_any_order(
    db: Session, store: channel.Store, now: datetime, turn: int
) -> None:
    buyer, sku = make.member(db), make.sku(db, price_fen=33_333)
    sale = make.sale(db, store, buyer=buyer, lines=[(sku, 3)])
    for number, pieces in (("T1", 1), ("T2", 2)):
        order.return_lines(
            db,
            store_id=store.id,
            number=sale.number,
            return_number=number,
            lines=[order.ReturnLine(sku.code, pieces)],
            now=now,
        )
    happened = [event for event in told(db) if not isinstance(event, member.MemberJoined)]
    events = list(list(permutations(happened))[turn])
    react(db, [*events, *events], now)
    assert member.balance(db, buyer.member_id) == member.points.Balance(0, 0, 0)
    postings = settlement.attribution_of(db, member_id=buyer.member_id, order_id=sale.id)
    assert sum(posting.amount_fen for posting in postings) == 0
    for part in (member, settlement, order):
        assert list(part.check(db)) == []


def test_a_part_returned_keeps_its_share(db: Session, store: channel.Store, now: datetime) -> None:
    buyer, sku = make.member(db), make.sku(db, price_fen=10_000)
    sale = make.sale(db, store, buyer=buyer, lines=[(sku, 3)])
    order.return_lines(
        db,
        store_id=store.id,
        number=sale.number,
        return_number="T1",
        lines=[order.ReturnLine(sku.code, 1)],
        now=now,
    )
    react(db, told(db), now)
    assert member.balance(db, buyer.member_id).pending == 200


@pytest.mark.parametrize("turn", [1, -1])
def test_a_room_follows_its_store_in_any_order(db: Session, now: datetime, turn: int) -> None:
    store = make.store(db)
    room = make.location(db, store)
    names = [{"zh": "新店", "en": "New"}, {"zh": "旗舰店", "en": "Flagship"}]
    for name in names:
        channel.update_store(db, store_id=store.id, changes={"name": name, "phone": "021-1"}, now=now)
    channel.update_store(db, store_id=store.id, changes={"name": names[-1], "phone": "021-2"}, now=now)
    events = told(db)
    assert len(events) == 2
    react(db, events[::turn], now)
    assert room.name == names[-1]


def test_a_room_that_was_named_otherwise_keeps_its_name(db: Session, now: datetime) -> None:
    store, roomless = make.store(db), make.store(db)
    cellar = {"zh": "地下室", "en": "Cellar"}
    room = inventory.rename_location(db, location_id=make.location(db, store).id, name=cellar)
    for each in (store, roomless):
        channel.update_store(db, store_id=each.id, changes={"name": {"zh": "新店", "en": "New"}}, now=now)
    react(db, told(db), now)
    assert room.name == cellar
