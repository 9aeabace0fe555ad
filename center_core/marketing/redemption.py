"""Using coupons with an order, once, and giving them back when the order comes to nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from center_core import member
from center_core.kit import N_, Refused, Session, look_up, publish_all, uuid7

from .events import CouponRedeemed, CouponRolledBack
from .held import COLUMNS, WIDTH, Held, held
from .pricing import Basket, Offered, Quote, Quoted, quote_for


def quote(
    db: Session, *, member_id: UUID, codes: Sequence[str], basket: Basket, store_id: UUID, now: datetime
) -> Quote:
    """What ``codes`` would take off ``basket`` for this member in this store; changes nothing."""
    offered, _ = _offered(db, member_id, codes, store_id=store_id, order_number=None, now=now)
    return quote_for(offered, basket, store_id=store_id, at=now)


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

    Coupons that were used with its number before, whoever holds them, must be among these, else it is refused with
    ``receipt_number_taken``; the caller holds the number, by which they can also be given back.

    A coupon already redeemed with this very order counts as redeemed now, so that a till may ask again; for
    another discount than then it is refused with ``coupon_order_differs``. Two orders that use one coupon at
    once wait for each other at the coupon's row, and the second is refused with ``coupon_used``.
    """
    offered, here = _offered(db, member_id, codes, store_id=store_id, order_number=order_number, now=now)
    priced = quote_for(offered, basket, store_id=store_id, at=now)
    if priced.refusal:
        raise priced.refusal
    origins = {each.coupon.id: each.coupon.origin_id for each in offered if each.coupon}
    using = [used for used in priced.coupons if not _is_used_here(used, here)]
    if using:
        _mark_redeemed(db, member_id, using, now)
        told = [
            CouponRedeemed(
                member_id=member_id,
                coupon_id=used.coupon_id,
                template_id=used.template_id,
                store_id=store_id,
                order_number=order_number,
                amount_fen=used.discount_fen,
                origin_id=origins[used.coupon_id],
            )
            for used in using
            if used.coupon_id and used.template_id
        ]
        _write(db, told, now)
        publish_all(db, told, now=now)
    return priced


# Whoever changes several coupons of a member locks them in the order of their ids, so that two tills never wait
# for each other in a circle.
USE = """
with mine as materialized (
    select id from coupon where member_id = %(member_id)s and id = any(%(ids)s) order by id for update)
update coupon set state = 'redeemed' from mine
where coupon.member_id = %(member_id)s and coupon.id = mine.id
  and coupon.state = 'issued' and coupon.valid_until > %(now)s
returning coupon.id
"""


def _mark_redeemed(db: Session, member_id: UUID, using: Sequence[Quoted], now: datetime) -> None:
    """Use the coupons up, or refuse the first that somebody else used since it was looked at."""
    ids = [used.coupon_id for used in using]
    marked = {id for (id,) in look_up(db, USE, member_id=member_id, ids=ids, now=now)}
    for used in using:
        if used.coupon_id not in marked:
            raise Refused("coupon_used", N_("This coupon has already been used."), code=used.code)


WRITE = """
insert into redemption (member_id, id, coupon_id, template_id, origin_id, store_id, order_number, amount_fen, at)
select %(member_id)s, id, coupon_id, template_id, origin_id, %(store_id)s, %(order_number)s, amount_fen, %(now)s
from unnest(%(ids)s::uuid[], %(coupons)s::uuid[], %(templates)s::uuid[], %(origins)s::uuid[], %(amounts)s::bigint[])
  as used (id, coupon_id, template_id, origin_id, amount_fen)
returning id
"""


def _write(db: Session, told: Sequence[CouponRedeemed], now: datetime) -> None:
    """One redemption for each coupon that was used."""
    look_up(
        db,
        WRITE,
        member_id=told[0].member_id,
        store_id=told[0].store_id,
        order_number=told[0].order_number,
        ids=[uuid7() for _ in told],
        coupons=[each.coupon_id for each in told],
        templates=[each.template_id for each in told],
        origins=[each.origin_id for each in told],
        amounts=[each.amount_fen for each in told],
        now=now,
    )


UNDO = """
update redemption set rolled_back_at = %(now)s
where member_id = %(member_id)s and store_id = %(store_id)s and order_number = %(order_number)s
  and rolled_back_at is null
returning coupon_id, template_id
"""
GIVE_BACK = """
with mine as materialized (
    select id from coupon where member_id = %(member_id)s and id = any(%(ids)s) order by id for update)
update coupon set state = case when valid_until > %(now)s then 'issued' else 'expired' end from mine
where coupon.member_id = %(member_id)s and coupon.id = mine.id and coupon.state = 'redeemed'
returning coupon.id, coupon.state
"""


def roll_back(
    db: Session, *, member_id: UUID, store_id: UUID, order_number: str, now: datetime
) -> list[UUID]:
    """Give the coupons of an order back, with the validity they had; returns which were given back now.

    Among them may be some whose time has passed meanwhile; see ``given_back``.
    """
    undone = sorted(
        map(
            tuple,
            look_up(db, UNDO, member_id=member_id, store_id=store_id, order_number=order_number, now=now),
        )
    )
    ids = [coupon_id for coupon_id, _ in undone]
    if ids:
        states = dict(map(tuple, look_up(db, GIVE_BACK, member_id=member_id, ids=ids, now=now)))
        told = [
            CouponRolledBack(
                member_id=member_id,
                coupon_id=coupon_id,
                template_id=template_id,
                store_id=store_id,
                order_number=order_number,
                usable=states.get(coupon_id) == "issued",
            )
            for coupon_id, template_id in undone
        ]
        publish_all(db, told, now=now)
    return ids


GIVEN_BACK = """
select coupon.code from redemption used
join coupon on coupon.member_id = used.member_id and coupon.id = used.coupon_id
where used.member_id = %(member_id)s and used.store_id = %(store_id)s and used.order_number = %(order_number)s
  and used.rolled_back_at = %(at)s and coupon.valid_until > %(at)s
"""


def given_back(db: Session, *, member_id: UUID, store_id: UUID, order_number: str, at: datetime) -> set[str]:
    """The codes of an order's coupons that were rolled back ``at`` that moment and could be used again from then on."""
    key = {"member_id": member_id, "store_id": store_id, "order_number": order_number}
    return {code for (code,) in look_up(db, GIVEN_BACK, **key, at=at)}


class Use(NamedTuple):
    """A coupon that an order used, or had used before it was rolled back; see ``Redemption``."""

    coupon_id: UUID
    origin_id: UUID | None
    amount_fen: int
    rolled_back_at: datetime | None


USES = """
select coupon_id, origin_id, amount_fen, rolled_back_at from redemption
where member_id = %(member_id)s and store_id = %(store_id)s and order_number = %(order_number)s order by id
"""


def redemptions(db: Session, *, member_id: UUID, store_id: UUID, order_number: str) -> list[Use]:
    """The coupons that an order used, rolled back ones included."""
    rows = look_up(db, USES, member_id=member_id, store_id=store_id, order_number=order_number)
    return [Use(*row) for row in rows]


# What is in use with a receipt, whoever holds it.
IN_USE = """
from redemption where store_id = %(store_id)s and order_number = %(order_number)s::text and rolled_back_at is null
"""
IN_USE_AT_ALL = f"select coupon_id {IN_USE} limit 1"
# A member has few coupons, so they are looked through by their codes without asking the directory.
OFFERED = f"""
{COLUMNS}, used.amount_fen, standing.status, others.coupons
from coupon join coupon_template template on template.id = coupon.template_id
join member_standing standing on standing.member_id = coupon.member_id and standing.status <> 'erased'
left join redemption used
  on used.member_id = coupon.member_id and used.coupon_id = coupon.id and used.rolled_back_at is null
 and used.store_id = %(store_id)s and used.order_number = %(order_number)s::text
cross join (select count(*) as coupons {IN_USE} and member_id <> %(member_id)s) others
where coupon.member_id = %(member_id)s and (coupon.code = any(%(codes)s) or used.id is not null)
"""


def _offered(
    db: Session,
    member_id: UUID,
    codes: Sequence[str],
    *,
    store_id: UUID,
    order_number: str | None,
    now: datetime,
) -> tuple[list[Offered], dict[UUID, int]]:
    """The coupons under ``codes``, once each, however often and in which case they were typed or scanned.

    With them, what each took off that was redeemed with this very order before. Refused with ``receipt_number_taken``
    where any other coupon was.
    """
    wanted = list(dict.fromkeys(code.strip().upper() for code in codes))
    receipt = {"store_id": store_id, "order_number": order_number}
    if not wanted:
        if order_number is not None and look_up(db, IN_USE_AT_ALL, **receipt):
            raise _taken(order_number)
        return [], {}
    rows = look_up(db, OFFERED, member_id=member_id, codes=wanted, **receipt)
    frozen = member.frozen() if any(row[WIDTH + 1] == "frozen" for row in rows) else None
    here = {row[0]: row[WIDTH] for row in rows if row[WIDTH] is not None}
    mine = {each.coupon.code: each for each in (held(row, now) for row in rows)}
    if mine.keys() - set(wanted) or any(row[WIDTH + 2] for row in rows):
        raise _taken(order_number)
    return [_offer(code, mine.get(code), here, frozen) for code in wanted], here


def _taken(order_number: str | None) -> Refused:
    return Refused(
        "receipt_number_taken",
        N_("Receipt %(number)s has another coupon. Record an order of its member with all of them instead."),
        number=order_number,
    )


def _offer(code: str, mine: Held | None, here: Mapping[UUID, int], frozen: Refused | None) -> Offered:
    if mine is None:
        return Offered(code, None, None)
    return Offered(code, mine.coupon, mine.template, redeemed_here=mine.coupon.id in here, frozen=frozen)


def _is_used_here(used: Quoted, here: Mapping[UUID, int]) -> bool:
    """Whether it was redeemed with this order before; refused where it then took off something else."""
    if used.coupon_id is None or used.coupon_id not in here:
        return False
    if used.discount_fen != here[used.coupon_id]:
        raise Refused(
            "coupon_order_differs",
            N_("This coupon was already used with this order, for another basket."),
            code=used.code,
            amount_fen=here[used.coupon_id],
        )
    return True
