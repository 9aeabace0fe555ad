"""The member at a till: found by what they show, and read in one statement, without the ORM."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from center_core.kit import N_, Refused, Session, look_up

from .cards import NUMBER_DIGITS, TIME_DIGITS, is_card_number, is_fresh
from .joining import walk_in
from .names import normal_phone
from .standing import frozen, unknown


class TillCard(NamedTuple):
    """What a till needs to know of a member: who they are, tier and points, and whose they are."""

    member_id: UUID
    kind: str
    status: str
    number: str | None
    name: str
    phone_tail: str | None
    joined_at: datetime
    card_secret: bytes
    tier: str | None
    tier_name: dict[str, Any] | None
    earn_percent: int | None
    available: int
    pending: int
    guide_id: UUID | None
    guide_store_id: UUID | None


# What people type or scan names the member; the member's own rows say the rest (docs/adr/0003-key-families.md).
WHOSE = "select member_id from identity where kind = %(kind)s and value = %(value)s"
CARD = """
select member.member_id, kind, status, number, member.name, phone_tail, joined_at, card_secret,
       tier.code, tier.name, earn_percent, coalesce(available, 0), coalesce(pending, 0), staff_id, store_id
from member
left join tier on tier.code = member.tier
left join points_balance on points_balance.member_id = member.member_id
left join binding on binding.member_id = member.member_id and until is null
where member.member_id = %(member_id)s
"""


def till_card(db: Session, member_id: UUID) -> TillCard | None:
    """The card of one member, or of a store's walk-in account."""
    found = look_up(db, CARD, member_id=member_id)
    return TillCard(*found[0]) if found else None


def till_card_by_phone(db: Session, phone: str) -> TillCard | None:
    """The card of the member with this phone number, however it is written."""
    return _named(db, "phone", normal_phone(phone))


def till_card_by_number(db: Session, number: str) -> TillCard | None:
    """The card of that number; a mistyped digit is noticed without a query."""
    return _named(db, "card", number) if is_card_number(number) else None


def by_dynamic_code(db: Session, code: str, now: datetime) -> TillCard:
    """The member who shows this 18-digit code at the till.

    Refuses ``member_code_malformed`` and ``member_code_stale``: a photographed code is worth nothing a
    minute later.
    """
    code = code.replace(" ", "")
    number, time_code = code[:NUMBER_DIGITS], code[NUMBER_DIGITS:]
    if len(time_code) != TIME_DIGITS or not is_card_number(number):
        raise Refused("member_code_malformed", N_("This is not a member code."))
    found = _named(db, "card", number)
    if found is None:
        raise unknown()
    if not is_fresh(found.card_secret, time_code, now):
        raise Refused("member_code_stale", N_("This member code has changed since. Please scan it again."))
    if found.status != "active":
        raise frozen()
    return found


def walk_in_id(db: Session, *, store_id: UUID, now: datetime) -> UUID:
    """The account that this store's sales without a member belong to; made when it is first needed."""
    found = look_up(db, WHOSE, kind="walk_in", value=str(store_id))
    return found[0][0] if found else walk_in(db, store_id=store_id, now=now).member_id


def _named(db: Session, kind: str, value: str) -> TillCard | None:
    found = look_up(db, WHOSE, kind=kind, value=value)
    return till_card(db, found[0][0]) if found else None
