"""Using coupons with an order, once, and giving them back when the order comes to nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, insert, select, update

from center_core.kit import N_, Refused, Session, publish, uuid7

from .events import CouponRedeemed, CouponRolledBack
from .models import Coupon, CouponDirectory, CouponTemplate, Redemption
from .pricing import Basket, Offered, Quote, Quoted, quote_for


def quote(
    db: Session, *, member_id: UUID, codes: Sequence[str], basket: Basket, store_id: UUID, now: datetime
) -> Quote:
    """What ``codes`` would take off ``basket`` for this member in this store; changes nothing."""
    return quote_for(_offered(db, member_id, codes, ()), basket, store_id=store_id, at=now)


def redeem(
    db: Session,
    *,
    member_id: UUID,
    codes: Sequence[str],
    basket: Basket,
    store_id: UUID,
    order_number: str,
    now: datetime,
) -> Quote:
    """Use all of ``codes`` with an order, or refuse with the reason of the first that may not be used.

    A coupon already redeemed with this very order counts as redeemed now, so that a till may ask again; for
    another discount than then it is refused with ``coupon_order_differs``. Two orders that use one coupon at
    once wait for each other at the coupon's row, and the second is refused with ``coupon_used``.
    """
    here = {
        used.coupon_id: used.amount_fen
        for used in redemptions(db, member_id=member_id, store_id=store_id, order_number=order_number)
        if used.rolled_back_at is None
    }
    offered = _offered(db, member_id, codes, here)
    priced = quote_for(offered, basket, store_id=store_id, at=now)
    if priced.refusal:
        raise priced.refusal
    origins = {each.coupon.id: each.coupon.origin_id for each in offered if each.coupon}
    for used in sorted(priced.coupons, key=lambda each: str(each.coupon_id)):
        if used.coupon_id is None or used.template_id is None:
            continue
        if used.coupon_id in here:
            _refuse_other_discount(used, here[used.coupon_id])
            continue
        _mark_redeemed(db, member_id, used, now)
        origin_id = origins[used.coupon_id]
        db.execute(
            insert(Redemption).values(
                member_id=member_id,
                id=uuid7(),
                coupon_id=used.coupon_id,
                template_id=used.template_id,
                origin_id=origin_id,
                store_id=store_id,
                order_number=order_number,
                amount_fen=used.discount_fen,
                at=now,
            )
        )
        publish(
            db,
            CouponRedeemed(
                member_id=member_id,
                coupon_id=used.coupon_id,
                template_id=used.template_id,
                store_id=store_id,
                order_number=order_number,
                amount_fen=used.discount_fen,
                origin_id=origin_id,
            ),
            now=now,
        )
    return priced


def roll_back(
    db: Session, *, member_id: UUID, store_id: UUID, order_number: str, now: datetime
) -> list[UUID]:
    """Give the coupons of an order back, with the validity they had; returns which were given back now."""
    undone = db.execute(
        update(Redemption)
        .where(
            Redemption.member_id == member_id,
            Redemption.store_id == store_id,
            Redemption.order_number == order_number,
            Redemption.rolled_back_at.is_(None),
        )
        .values(rolled_back_at=now)
        .returning(Redemption.coupon_id, Redemption.template_id)
    ).all()
    for coupon_id, template_id in sorted(undone):
        state = db.scalar(
            update(Coupon)
            .where(Coupon.member_id == member_id, Coupon.id == coupon_id, Coupon.state == "redeemed")
            .values(state=case((Coupon.valid_until > now, "issued"), else_="expired"))
            .returning(Coupon.state)
        )
        publish(
            db,
            CouponRolledBack(
                member_id=member_id,
                coupon_id=coupon_id,
                template_id=template_id,
                store_id=store_id,
                order_number=order_number,
                usable=state == "issued",
            ),
            now=now,
        )
    return [coupon_id for coupon_id, _ in undone]


def redemptions(db: Session, *, member_id: UUID, store_id: UUID, order_number: str) -> list[Redemption]:
    """The coupons that an order used, rolled back ones included."""
    query = select(Redemption).where(
        Redemption.member_id == member_id,
        Redemption.store_id == store_id,
        Redemption.order_number == order_number,
    )
    return list(db.scalars(query.order_by(Redemption.id)))


def _offered(db: Session, member_id: UUID, codes: Sequence[str], here: Iterable[UUID]) -> list[Offered]:
    """The coupons under ``codes``, once each, however often and in which case they were typed or scanned."""
    wanted = list(dict.fromkeys(code.strip().upper() for code in codes))
    if not wanted:
        return []
    by_id = {
        coupon_id: code
        for code, coupon_id in db.execute(
            select(CouponDirectory.code, CouponDirectory.coupon_id).where(
                CouponDirectory.code.in_(wanted), CouponDirectory.member_id == member_id
            )
        )
    }
    found: dict[str, tuple[Coupon, CouponTemplate]] = {}
    rows = db.execute(
        select(Coupon, CouponTemplate)
        .join(CouponTemplate, CouponTemplate.id == Coupon.template_id)
        .where(Coupon.member_id == member_id, Coupon.id.in_(by_id))
        .execution_options(populate_existing=True)
    )
    for coupon, template in rows:
        found[by_id[coupon.id]] = (coupon, template)
    already = set(here)
    return [
        Offered(code, *found[code], redeemed_here=found[code][0].id in already)
        if code in found
        else Offered(code, None, None)
        for code in wanted
    ]


def _mark_redeemed(db: Session, member_id: UUID, used: Quoted, now: datetime) -> None:
    redeemed = db.scalar(
        update(Coupon)
        .where(
            Coupon.member_id == member_id,
            Coupon.id == used.coupon_id,
            Coupon.state == "issued",
            Coupon.valid_until > now,
        )
        .values(state="redeemed")
        .returning(Coupon.id)
    )
    if redeemed is None:
        raise Refused("coupon_used", N_("This coupon has already been used."), code=used.code)


def _refuse_other_discount(used: Quoted, amount_fen: int) -> None:
    if used.discount_fen != amount_fen:
        raise Refused(
            "coupon_order_differs",
            N_("This coupon was already used with this order, for another basket."),
            code=used.code,
            amount_fen=amount_fen,
        )
