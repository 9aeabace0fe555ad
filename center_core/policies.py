"""When this happens in one centre, do that in another.

Each reaction runs in a transaction of its own, after the fact, at least once, and in any order; what it calls
is idempotent by the source it names.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from center_core import channel, inventory, member, order, settlement
from center_core.kit import Event, Handler, Session, together

FEN_FOR_A_POINT = 100
POINTS_PENDING = timedelta(days=7)
"""Points of a purchase can be used once it is past the usual time for returns."""
WELCOME_POINTS = 100


def welcome(db: Session, event: member.MemberJoined, *, now: datetime) -> None:
    """A new member begins with some points."""
    source = ("welcome", event.member_id)
    member.earn(db, member_id=event.member_id, points=WELCOME_POINTS, source=source, now=now)


@together
def earn_points(db: Session, events: Sequence[order.OrderPaid], *, now: datetime) -> None:
    """A purchase earns a point for each yuan, more in a higher tier; growth may lift the tier in turn."""
    sales = order.orders(db, {event.order_id: event.member_id for event in events})
    percents = member.earn_percents(db, {sale.member_id for sale in sales})
    earnings = [_earning(sale, percents[sale.member_id], now) for sale in sales if sale.member_id in percents]
    posted = member.earn_all(db, earnings, now=now)
    if posted:
        member.recompute_tiers(db, {earning.member_id for earning in posted}, now=now)


def take_points_back(db: Session, event: order.OrderReturned, *, now: datetime) -> None:
    """A return takes its share of the points; the last one takes what rounding left as well."""
    sale = order.order(db, member_id=event.member_id, order_id=event.order_id)
    percent = member.earn_percents(db, [sale.member_id]).get(sale.member_id)
    if percent is None:
        return
    # The return may be told of before the sale: its points are posted first then, and only once.
    earning = _earning(sale, percent, now)
    earned = member.earn(
        db,
        member_id=earning.member_id,
        points=earning.points,
        source=earning.source,
        pending_until=earning.pending_until,
        now=now,
    )
    if earned is None:
        return
    share = None if event.whole else earned.amount * event.refund_fen // sale.payable_fen
    member.reverse(
        db,
        member_id=event.member_id,
        source=("order", event.order_id),
        points=share,
        by=("return", event.return_id),
        now=now,
    )
    member.recompute_tier(db, member_id=event.member_id, now=now)


@together
def attribute(db: Session, events: Sequence[order.OrderPaid], *, now: datetime) -> None:
    """Sales count for a guide, a store, and the campaigns whose coupons they used."""
    settlement.attribute_all(db, {event.order_id: event.member_id for event in events}, now=now)


def attribute_return(db: Session, event: order.OrderReturned, *, now: datetime) -> None:
    """What came back no longer counts."""
    settlement.attribute_return(
        db,
        member_id=event.member_id,
        order_id=event.order_id,
        return_id=event.return_id,
        refund_fen=event.refund_fen,
        now=now,
    )


def rename_room(db: Session, event: channel.StoreRenamed, *, now: datetime) -> None:
    """The room where a store's goods lie is called as the store, unless the brand named it otherwise."""
    inventory.follow_store(db, store_id=event.store_id, before=event.before)


def _earning(sale: order.Order, percent: int, now: datetime) -> member.Earning:
    return member.Earning(
        sale.member_id,
        sale.payable_fen * percent // (100 * FEN_FOR_A_POINT),
        source=("order", sale.id),
        pending_until=(sale.paid_at or now) + POINTS_PENDING,
    )


WHEN: Mapping[type[Event], tuple[Handler, ...]] = {
    member.MemberJoined: (welcome,),
    order.OrderPaid: (earn_points, attribute),
    order.OrderReturned: (take_points_back, attribute_return),
    channel.StoreRenamed: (rename_room,),
}
