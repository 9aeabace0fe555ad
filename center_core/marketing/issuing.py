"""Giving coupons to members, and taking back what was never used."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from center_core import member
from center_core.kit import N_, Refused, Session, publish, random_code, uuid7

from .events import CouponExpired, CouponIssued
from .models import Coupon, CouponAllowance, CouponDirectory, CouponStock, CouponTemplate
from .offer import template

Source = tuple[str, UUID]

_COUNT = text("""
    insert into coupon_allowance as a (member_id, template_id, issued)
    values (:member_id, :template_id, 1)
    on conflict (member_id, template_id) do update set issued = a.issued + 1
    where cast(:limit as integer) is null or a.issued < :limit
    returning issued
""")


def issue(
    db: Session,
    *,
    member_id: UUID,
    template_id: UUID,
    source: Source,
    now: datetime,
    origin_id: UUID | None = None,
) -> Coupon:
    """Give a member one coupon; the same ``source`` again gives back the same coupon.

    Refused with ``template_closed``, ``member_frozen``, ``coupon_member_limit`` or ``coupon_sold_out``; a
    refusal leaves nothing behind, so a caller may go on to the next member. Holds the template's terms, then locks
    the member's allowance, then the template's stock.
    """
    offer = template(db, template_id, hold=True)
    refusal = member.standing(db, member_id).refusal or _closed(offer, now)
    if refusal:
        given = _of_source(db, member_id, source)
        if given:
            return given
        raise refusal
    # The savepoint undoes the coupon when its limit or stock refuses it.
    with db.begin_nested():
        fresh = _write(db, offer, member_id=member_id, source=source, origin_id=origin_id, now=now)
        if fresh is None:
            given = _of_source(db, member_id, source)
            assert given is not None  # noqa: S101 - it was what kept this one from being written
            return given
        _count(db, member_id, offer)
        _take_stock(db, offer)
    publish(
        db,
        CouponIssued(
            member_id=member_id,
            coupon_id=fresh.id,
            template_id=template_id,
            source_kind=source[0],
            source_id=source[1],
            origin_id=origin_id,
        ),
        now=now,
    )
    return fresh


def void(db: Session, *, member_id: UUID, coupon_id: UUID, now: datetime) -> None:
    """Undo the issue of a coupon that can still be used, say after it was given by mistake.

    The member may have another in its place, and the template's stock has it back; a prize was counted against
    neither. Refused with ``coupon_used``. Locks the coupon, then the member's allowance, then the template's stock,
    in the order of ``issue``.
    """
    voided = _mark_void(db, member_id, coupon_id, now)
    if voided is None:
        raise Refused("coupon_used", N_("Only a coupon that can still be used can be taken away."))
    template_id, from_stock = voided
    if from_stock:
        _give_back(db, member_id, template_id)


def expire_coupons(db: Session, *, now: datetime, limit: int = 200) -> int:
    """Mark coupons whose time has passed; returns how many, so that the caller repeats until 0.

    Nothing depends on it being punctual: every use checks the time itself.
    """
    due = db.execute(
        select(Coupon.member_id, Coupon.id)
        .where(Coupon.state == "issued", Coupon.valid_until <= now)
        .order_by(Coupon.valid_until)
        .limit(limit)
    ).all()
    # One UPDATE by keys, which repeats the condition instead of locking rows of many members beforehand.
    expired = db.execute(
        update(Coupon)
        .where(
            Coupon.member_id.in_([row.member_id for row in due]),
            Coupon.id.in_([row.id for row in due]),
            Coupon.state == "issued",
            Coupon.valid_until <= now,
        )
        .values(state="expired")
        .returning(Coupon.member_id, Coupon.id, Coupon.template_id)
    ).all()
    for member_id, coupon_id, template_id in expired:
        publish(db, CouponExpired(member_id, coupon_id, template_id), now=now)
    return len(expired)


def _mark_void(db: Session, member_id: UUID, coupon_id: UUID, now: datetime) -> tuple[UUID, bool] | None:
    """Of which template it was and whether out of its stock, or None where the coupon cannot be used any more."""
    marked = db.execute(
        update(Coupon)
        .where(
            Coupon.member_id == member_id,
            Coupon.id == coupon_id,
            Coupon.state == "issued",
            Coupon.valid_until > now,
        )
        .values(state="void")
        .returning(Coupon.template_id, Coupon.from_stock)
    )
    return marked.tuples().one_or_none()


def _give_back(db: Session, member_id: UUID, template_id: UUID) -> None:
    """Undo ``_count`` and ``_take_stock``; a template without a limit has no stock to find."""
    allowance = (CouponAllowance.member_id == member_id, CouponAllowance.template_id == template_id)
    db.execute(update(CouponAllowance).where(*allowance).values(issued=CouponAllowance.issued - 1))
    stock = CouponStock.template_id == template_id
    db.execute(update(CouponStock).where(stock).values(left_over=CouponStock.left_over + 1))


def _write(
    db: Session,
    offer: CouponTemplate,
    *,
    member_id: UUID,
    source: Source,
    origin_id: UUID | None,
    now: datetime,
) -> Coupon | None:
    """The new coupon with its code, or None when the source already has one."""
    valid_from, valid_until = offer.window(now)
    fresh = db.scalar(
        upsert(Coupon)
        .values(
            member_id=member_id,
            id=uuid7(),
            template_id=offer.id,
            code=random_code(),
            state="issued",
            issued_at=now,
            valid_from=valid_from,
            valid_until=valid_until,
            source_kind=source[0],
            source_id=source[1],
            origin_id=origin_id,
            from_stock=True,
        )
        .on_conflict_do_nothing()
        .returning(Coupon)
    )
    if fresh is not None:
        row = {"code": fresh.code, "member_id": member_id, "coupon_id": fresh.id}
        db.execute(insert(CouponDirectory).values(row))
    return fresh


def _closed(offer: CouponTemplate, now: datetime) -> Refused | None:
    if offer.state == "active" and now < offer.valid_until:
        return None
    return Refused("template_closed", N_("This coupon is no longer given out."))


def _of_source(db: Session, member_id: UUID, source: Source) -> Coupon | None:
    query = select(Coupon).where(
        Coupon.member_id == member_id, Coupon.source_kind == source[0], Coupon.source_id == source[1]
    )
    return db.scalar(query)


def _count(db: Session, member_id: UUID, offer: CouponTemplate) -> None:
    key = {"member_id": member_id, "template_id": offer.id}
    if db.scalar(_COUNT, {**key, "limit": offer.member_limit}) is None:
        raise Refused(
            "coupon_member_limit",
            N_("This coupon is limited to %(limit)s for each member."),
            limit=offer.member_limit,
        )


def _take_stock(db: Session, offer: CouponTemplate) -> None:
    if offer.stock_total is None:
        return
    left = db.scalar(
        update(CouponStock)
        .where(CouponStock.template_id == offer.id, CouponStock.left_over > 0)
        .values(left_over=CouponStock.left_over - 1)
        .returning(CouponStock.left_over)
    )
    if left is None:
        raise Refused("coupon_sold_out", N_("All of these coupons have been given out."))
