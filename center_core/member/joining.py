"""Joining the club: one phone number, one member."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from center_core.kit import N_, Refused, Session, publish, uuid7

from .bindings import bind_in_store
from .cards import random_card_number
from .consents import give_consent
from .events import MemberJoined
from .models import Identity, Member
from .names import normal_name, normal_phone, pinyin_of, tail_of
from .service import by_identity
from .standing import frozen
from .tiers import lowest_tier

SECRET_BYTES = 20


def join(
    db: Session,
    *,
    phone: str,
    name: str = "",
    store_id: UUID | None = None,
    staff_id: UUID | None = None,
    channel_code: str | None = None,
    consent_version: str | None = None,
    locale: str = "zh",
    now: datetime,
) -> tuple[Member, bool]:
    """The member with this phone number, and whether they are new. The caller has checked the one-time code.

    A new member needs the version of the privacy terms that they agreed to, gets a card and the lowest tier,
    and is bound to the guide ``staff_id`` (whose channel code brought them), else to one of the store's. Who
    is a member already keeps guide and card. The directory's primary key decides between simultaneous joins:
    the later one waits for the earlier and finds its member.

    Refuses ``phone_invalid``, ``consent_missing`` and ``member_frozen``.
    """
    phone = normal_phone(phone)
    member_id = uuid7()
    # A look before the insert spares returning members its write; it decides nothing.
    known = by_identity(db, kind="phone", value=phone)
    if known is None and consent_version is None:
        raise Refused("consent_missing", N_("Please agree to the privacy terms first."))
    if known is None and not _claim(db, "phone", phone, member_id):
        known = by_identity(db, kind="phone", value=phone)
    if known is not None:
        if known.status != "active":
            raise frozen()
        if consent_version is not None:
            give_consent(db, member_id=known.member_id, document="privacy", version=consent_version, now=now)
        return known, False

    name = normal_name(name, phone=phone)
    row = Member(
        member_id=member_id,
        kind="person",
        number=_claim_card(db, member_id),
        name=name,
        name_pinyin=pinyin_of(name),
        phone=phone,
        phone_tail=tail_of(phone),
        tier=lowest_tier(db),
        growth=0,
        card_secret=secrets.token_bytes(SECRET_BYTES),
        join_store_id=store_id,
        join_code=channel_code,
        joined_at=now,
        locale=locale,
        status="active",
    )
    db.add(row)
    db.flush()
    if consent_version is not None:
        give_consent(db, member_id=member_id, document="privacy", version=consent_version, now=now)
    joined = MemberJoined(member_id=member_id, store_id=store_id, channel_code=channel_code, name=row.name)
    publish(db, joined, now=now)
    if store_id is not None:
        bind_in_store(db, member_id=member_id, store_id=store_id, staff_id=staff_id, reason="join", now=now)
    return row, True


def walk_in(db: Session, *, store_id: UUID, now: datetime) -> Member:
    """The account that this store's sales without a member belong to; made when it is first needed."""
    known = by_identity(db, kind="walk_in", value=str(store_id))
    if known is not None:
        return known
    member_id = uuid7()
    if not _claim(db, "walk_in", str(store_id), member_id):
        return walk_in(db, store_id=store_id, now=now)  # Somebody else made it meanwhile.
    row = Member(
        member_id=member_id,
        kind="walk_in",
        name="",
        name_pinyin="",
        growth=0,
        card_secret=b"",
        join_store_id=store_id,
        joined_at=now,
        locale="zh",
        status="active",
    )
    db.add(row)
    db.flush()
    return row


def _claim(db: Session, kind: str, value: str, member_id: UUID) -> bool:
    """Enter the directory; false if somebody is there, after having waited for their commit."""
    entry = insert(Identity).values(kind=kind, value=value, member_id=member_id)
    return db.scalar(entry.on_conflict_do_nothing().returning(Identity.member_id)) is not None


def _claim_card(db: Session, member_id: UUID) -> str:
    while not _claim(db, "card", number := random_card_number(), member_id):
        pass
    return number
