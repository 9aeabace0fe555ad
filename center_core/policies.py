"""When this happens in one centre, do that in another.

Each reaction runs in a transaction of its own, after the fact, at least once, and in any order; what it calls
is idempotent by the source it names.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from center_core import member, order, settlement
from center_core.kit import Event, Handler, Outside, Session

FEN_FOR_A_POINT = 100
POINTS_PENDING = timedelta(days=7)
"""Points of a purchase can be used once it is past the usual time for returns."""
WELCOME_POINTS = 100


def welcome(db: Session, event: member.MemberJoined, *, now: datetime) -> None:
    """A new member begins with some points."""
    source = ("welcome", event.member_id)
    member.earn(db, member_id=event.member_id, points=WELCOME_POINTS, source=source, now=now)


def earn_points(db: Session, event: order.OrderPaid, *, now: datetime) -> None:
    """A purchase earns a point for each yuan, more in a higher tier; growth may lift the tier in turn."""
    if _earn(db, order.order(db, member_id=event.member_id, order_id=event.order_id), now):
        member.recompute_tier(db, member_id=event.member_id, now=now)


def take_points_back(db: Session, event: order.OrderReturned, *, now: datetime) -> None:
    """A return takes its share of the points; the last one takes what rounding left as well."""
    sale = order.order(db, member_id=event.member_id, order_id=event.order_id)
    # The return may be told of before the sale: its points are posted first then, and only once.
    earned = _earn(db, sale, now)
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


def attribute(db: Session, event: order.OrderPaid, *, now: datetime) -> None:
    """A sale counts for a guide, a store, and the campaigns whose coupons it used."""
    settlement.attribute(db, member_id=event.member_id, order_id=event.order_id, now=now)


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


def _earn(db: Session, sale: order.Order, now: datetime) -> member.PointsPosting | None:
    """The points of a sale, posted now or before; none for a store's walk-in account or who was erased."""
    buyer = member.member(db, sale.member_id)
    if buyer.kind != "person" or buyer.status == "erased":
        return None
    percent = member.tier(db, buyer.tier).earn_percent if buyer.tier else 100
    return member.earn(
        db,
        member_id=sale.member_id,
        points=sale.payable_fen * percent // (100 * FEN_FOR_A_POINT),
        source=("order", sale.id),
        pending_until=(sale.paid_at or now) + POINTS_PENDING,
        now=now,
    )


WHEN: Mapping[type[Event], tuple[Handler | Outside, ...]] = {
    member.MemberJoined: (welcome,),
    order.OrderPaid: (earn_points, attribute),
    order.OrderReturned: (take_points_back, attribute_return),
}
