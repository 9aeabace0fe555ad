"""A coupon in somebody's hands, with its terms: how it is read, without the ORM, since every till asks for it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID


class Own(NamedTuple):
    """The coupon itself; see ``Coupon``."""

    id: UUID
    member_id: UUID
    code: str
    state: str
    issued_at: datetime
    valid_from: datetime
    valid_until: datetime
    origin_id: UUID | None


class Terms(NamedTuple):
    """What it is worth, and where; see ``CouponTemplate``."""

    id: UUID
    code: str
    name: dict[str, Any]
    terms: dict[str, Any]
    kind: str
    value: int
    cap_fen: int | None
    gift_sku_code: str | None
    minimum_fen: int
    scope: dict[str, Any]
    stacking: str
    stacking_group: str | None
    zone: str


class Held(NamedTuple):
    """A coupon with its terms; ``state`` is what it is at this moment, punctual to the second."""

    coupon: Own
    template: Terms
    state: str


COLUMNS = """
select coupon.id, coupon.member_id, coupon.code, coupon.state, coupon.issued_at, coupon.valid_from, coupon.valid_until,
coupon.origin_id, template.id, template.code, name, terms, kind, value, cap_fen, gift_sku_code, minimum_fen, scope,
stacking, stacking_group, zone
"""
"""How a statement begins that joins ``coupon`` with its ``template``; it may ask for more columns after these."""

OWN = len(Own._fields)
WIDTH = OWN + len(Terms._fields)


def held(row: Sequence[Any], now: datetime) -> Held:
    """What a row of such a statement says at ``now``."""
    own = Own(*row[:OWN])
    return Held(own, Terms(*row[OWN:WIDTH]), state_at(own, now))


def state_at(coupon: Own, now: datetime) -> str:
    """The coupon's state at this moment; the stored one lags until the next round of expiry."""
    return "expired" if coupon.state == "issued" and now >= coupon.valid_until else coupon.state
