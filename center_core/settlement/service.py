"""Whose sale it was: each order is posted once to a guide and store, and to what its coupons came from.

Postings are only ever added: a return posts the negative of its refund to the same guide and origins, so that
the sum is what was earned at any time. The reactions that call this may come late, twice, or a return before
its sale.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from center_core import marketing, member, order
from center_core.kit import Session, split, uuid7

from .models import Attribution, OriginSale


def attribute(db: Session, *, member_id: UUID, order_id: UUID, now: datetime) -> Attribution:
    """Post an order to the guide the member was bound to when it was paid, else to who sold it, else to its store."""
    attribute_all(db, {order_id: member_id}, now=now)
    return _posted(db, member_id, order_id)


def attribute_all(db: Session, order_ids: Mapping[UUID, UUID], *, now: datetime) -> None:
    """The same for several orders, each given with its member."""
    sales = order.orders(db, order_ids)
    guides = member.guides_at(db, {(sale.member_id, sale.paid_at or now) for sale in sales})
    db.execute(
        insert(Attribution).on_conflict_do_nothing(),
        [_posting_of(sale, guides.get((sale.member_id, sale.paid_at or now)), now) for sale in sales],
    )
    for sale in sales:
        _post_origins(db, sale, (0, sale.payable_fen), source=("sale", sale.id), at=sale.paid_at or now)


def _posting_of(sale: order.Order, guide: member.Binding | None, now: datetime) -> dict[str, Any]:
    if guide is not None:
        staff_id, basis = guide.staff_id, "binding"
    elif sale.staff_id is not None:
        staff_id, basis = sale.staff_id, "seller"
    else:
        staff_id, basis = None, "store"
    return {
        "member_id": sale.member_id,
        "id": uuid7(),
        "order_id": sale.id,
        "source_kind": "sale",
        "source_id": sale.id,
        "staff_id": staff_id,
        "store_id": sale.store_id,
        "basis": basis,
        "amount_fen": sale.payable_fen,
        "at": sale.paid_at or now,
    }


def attribute_return(
    db: Session, *, member_id: UUID, order_id: UUID, return_id: UUID, refund_fen: int, now: datetime
) -> None:
    """Post a refund against whom its sale was posted to; the sale first, if that has not happened yet.

    It counts when the goods came back, however late that is told.
    """
    sale = order.order(db, member_id=member_id, order_id=order_id)
    back = order.returns_of(db, member_id=member_id, order_id=order_id)
    at = next(each.at for each in back if each.id == return_id)
    posted = attribute(db, member_id=member_id, order_id=order_id, now=now)
    db.execute(
        insert(Attribution)
        .values(
            member_id=member_id,
            id=uuid7(),
            order_id=order_id,
            source_kind="return",
            source_id=return_id,
            staff_id=posted.staff_id,
            store_id=posted.store_id,
            basis=posted.basis,
            amount_fen=-refund_fen,
            at=at,
        )
        .on_conflict_do_nothing()
    )
    before = sum(each.refund_fen for each in back if each.id < return_id)
    _post_origins(db, sale, (before, before + refund_fen), source=("return", return_id), at=at)


def attribution_of(db: Session, *, member_id: UUID, order_id: UUID) -> list[Attribution]:
    """The postings of one order, the sale first."""
    query = select(Attribution).where(Attribution.member_id == member_id, Attribution.order_id == order_id)
    return list(db.scalars(query.order_by(Attribution.id)))


def attributed(db: Session, *, origin_id: UUID) -> int:
    """The sales, in fen and less returns, of orders that used a coupon of this campaign or broadcast."""
    total = select(func.coalesce(func.sum(OriginSale.amount_fen), 0)).where(OriginSale.origin_id == origin_id)
    return int(db.scalar(total) or 0)


def _posted(db: Session, member_id: UUID, order_id: UUID) -> Attribution:
    return db.scalars(
        select(Attribution).where(
            Attribution.member_id == member_id,
            Attribution.source_kind == "sale",
            Attribution.source_id == order_id,
        )
    ).one()


def _coupons_of(db: Session, sale: order.Order) -> list[marketing.Use]:
    """The order's own coupons, each as it was last used with its number, even if a return has given it back since.

    A till may have redeemed and given back others with that number before the order came, or these for another basket:
    that took nothing off.
    """
    if not sale.coupon_codes:
        return []
    uses = marketing.redemptions(
        db, member_id=sale.member_id, store_id=sale.store_id, order_number=sale.number
    )
    newest = {used.coupon_id: used for used in uses}
    own = marketing.ids_of(db, member_id=sale.member_id, codes=sale.coupon_codes)
    return [used for coupon_id, used in newest.items() if coupon_id in own]


def _post_origins(
    db: Session, sale: order.Order, span: tuple[int, int], *, source: tuple[str, UUID], at: datetime
) -> None:
    """Share an amount out to the origins of the order's coupons, by what each coupon took off.

    ``span`` is how much was sold, or had come back, before and after: what rounding leaves is shared over all returns
    together, so that once everything is back no origin has a fen too many.
    """
    weight: dict[UUID, int] = {}
    for used in _coupons_of(db, sale):
        if used.origin_id is not None:
            weight[used.origin_id] = weight.get(used.origin_id, 0) + used.amount_fen
    if not weight:
        return
    origins = sorted(weight)
    before, after = (split(fen, [weight[each] for each in origins]) for fen in span)
    for origin_id, had, has in zip(origins, before, after, strict=True):
        posting = insert(OriginSale).values(
            member_id=sale.member_id,
            id=uuid7(),
            order_id=sale.id,
            source_kind=source[0],
            source_id=source[1],
            origin_id=origin_id,
            amount_fen=had - has if source[0] == "return" else has - had,
            at=at,
        )
        db.execute(posting.on_conflict_do_nothing())
