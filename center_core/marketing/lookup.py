"""Looking at coupons: a member's wallet, one coupon, and the counts that reports are made of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from center_core.kit import N_, NotFound, Page, Session, after_id, look_up

from .held import COLUMNS, Held, held
from .models import Coupon, Redemption

WALLET_LIMIT = 200


@dataclass(frozen=True)
class Tally:
    """What became of one template's coupons, those taken away aside; ``amount_fen`` is what they took off."""

    template_id: UUID
    issued: int
    redeemed: int
    amount_fen: int


class TicketCoupon(NamedTuple):
    """Which coupon a ticket stands for, and until when."""

    id: UUID
    valid_until: datetime


class TicketTerms(NamedTuple):
    """What it is worth; see ``CouponTemplate``."""

    kind: str
    value: int
    minimum_fen: int
    name: dict[str, Any]


class Ticket(NamedTuple):
    """So much of a usable coupon as a ticket shows: what ``Held`` has, and no more, for the wallet's page."""

    coupon: TicketCoupon
    template: TicketTerms
    state: str


TICKETS = """
select coupon.id, coupon.valid_until, kind, value, minimum_fen, name
from coupon join coupon_template on coupon_template.id = template_id
where member_id = %(member_id)s and coupon.state = 'issued' and coupon.valid_until > %(now)s
order by coupon.valid_until, coupon.id limit %(limit)s
"""


def tickets(db: Session, *, member_id: UUID, now: datetime, limit: int = WALLET_LIMIT) -> list[Ticket]:
    """The first ``limit`` of a member's ``wallet``."""
    rows = look_up(db, TICKETS, member_id=member_id, now=now, limit=limit)
    return [Ticket(TicketCoupon(*row[:2]), TicketTerms(*row[2:]), "issued") for row in rows]


OF_MEMBER = f"""
{COLUMNS} from coupon join coupon_template template on template.id = template_id
where member_id = %(member_id)s
"""
WALLET = f"""
{OF_MEMBER} and coupon.state = 'issued' and coupon.valid_until > %(now)s
order by coupon.valid_until, coupon.id limit %(limit)s
"""
PAST = f"""
{OF_MEMBER} and (coupon.state in ('redeemed', 'expired') or coupon.state = 'issued' and coupon.valid_until <= %(now)s)
and (%(after)s::uuid is null or coupon.id < %(after)s) order by coupon.id desc limit %(limit)s
"""
ONE = f"{OF_MEMBER} and coupon.id = %(coupon_id)s"
# What people scan names the member; the member's own rows say the rest (docs/adr/0003-key-families.md).
WHOSE = "select member_id, coupon_id from coupon_directory where code = %(code)s"


def wallet(db: Session, *, member_id: UUID, now: datetime) -> list[Held]:
    """What a member can use now or soon, the first to expire first."""
    rows = look_up(db, WALLET, member_id=member_id, now=now, limit=WALLET_LIMIT)
    return [held(row, now) for row in rows]


def past(
    db: Session, *, member_id: UUID, now: datetime, after: str | None = None, limit: int = 30
) -> Page[Held]:
    """What a member has used or let expire, the newest first."""
    last_seen = after_id(after) if after else None
    rows = look_up(db, PAST, member_id=member_id, now=now, after=last_seen, limit=limit + 1)
    shown = [held(row, now) for row in rows[:limit]]
    return Page(shown, str(shown[-1].coupon.id) if len(rows) > limit else None)


def coupon(db: Session, *, member_id: UUID, coupon_id: UUID, now: datetime) -> Held:
    """One coupon of a member with its terms, or NotFound."""
    rows = look_up(db, ONE, member_id=member_id, coupon_id=coupon_id)
    if not rows:
        raise NotFound("coupon_unknown", N_("There is no such coupon."))
    return held(rows[0], now)


def by_code(db: Session, code: str, *, now: datetime) -> Held:
    """The coupon that was scanned or typed, whoever's it is, or NotFound."""
    entries = look_up(db, WHOSE, code=code.strip().upper())
    if not entries:
        raise NotFound("coupon_unknown", N_("There is no such coupon."))
    [(member_id, coupon_id)] = entries
    return coupon(db, member_id=member_id, coupon_id=coupon_id, now=now)


IDS = "select id from coupon where member_id = %(member_id)s and code = any(%(codes)s)"


def ids_of(db: Session, *, member_id: UUID, codes: Collection[str]) -> set[UUID]:
    """Which of a member's coupons have these codes."""
    return {coupon_id for (coupon_id,) in look_up(db, IDS, member_id=member_id, codes=list(codes))}


def issued_and_redeemed(
    db: Session, *, origin_id: UUID | None = None, template_id: UUID | None = None
) -> list[Tally]:
    """How many coupons of a campaign or of a template were issued and used, by template."""
    used = (
        select(
            Redemption.template_id,
            func.count().label("redeemed"),
            func.sum(Redemption.amount_fen).label("fen"),
        )
        .where(Redemption.rolled_back_at.is_(None), *_only(Redemption, origin_id, template_id))
        .group_by(Redemption.template_id)
        .subquery()
    )
    issued = (
        select(Coupon.template_id, func.count().label("issued"))
        .where(Coupon.state != "void", *_only(Coupon, origin_id, template_id))
        .group_by(Coupon.template_id)
        .subquery()
    )
    query = select(
        issued.c.template_id, issued.c.issued, func.coalesce(used.c.redeemed, 0), func.coalesce(used.c.fen, 0)
    ).outerjoin(used, used.c.template_id == issued.c.template_id)
    return [Tally(found, count, redeemed, int(fen)) for found, count, redeemed, fen in db.execute(query)]


def _only(
    table: type[Coupon] | type[Redemption], origin_id: UUID | None, template_id: UUID | None
) -> list[ColumnElement[bool]]:
    conditions = []
    if origin_id is not None:
        conditions.append(table.origin_id == origin_id)
    if template_id is not None:
        conditions.append(table.template_id == template_id)
    return conditions
