"""Members: found by what people type or scan, changed by themselves, frozen, forgotten; and their tags."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from center_core.kit import N_, Refused, Session, look_up, publish

from .cards import is_card_number
from .events import MemberErased, MemberFrozen
from .models import Binding, Consent, Identity, Member, Tag
from .names import normal_name, normal_phone, pinyin_of
from .standing import unknown

GENDERS = ("female", "male", "other")
LONGEST_TAG = 30


def member(db: Session, member_id: UUID) -> Member:
    """One member, or a store's walk-in account."""
    row = db.get(Member, member_id)
    if row is None:
        raise unknown()
    return row


def members(db: Session, member_ids: Collection[UUID]) -> dict[UUID, Member]:
    """Several members at once, by id; unknown ids are left out."""
    found = db.scalars(select(Member).where(Member.member_id.in_(member_ids)))
    return {row.member_id: row for row in found}


def names_of(db: Session, member_ids: Collection[UUID]) -> dict[UUID, str]:
    """What several members are called, for lists such as a leaderboard; unknown ids are left out."""
    statement = "select member_id, name from member where member_id = any(%(member_ids)s)"
    return dict(map(tuple, look_up(db, statement, member_ids=list(member_ids)))) if member_ids else {}


def by_identity(db: Session, *, kind: str, value: str) -> Member | None:
    """The member whom the directory names under ``kind`` (``phone``, ``card``, ``walk_in``) and ``value``."""
    member_id = db.scalar(select(Identity.member_id).where(Identity.kind == kind, Identity.value == value))
    return db.get(Member, member_id) if member_id is not None else None


def by_phone(db: Session, phone: str) -> Member | None:
    """The member with this phone number, however it is written."""
    return by_identity(db, kind="phone", value=normal_phone(phone))


def by_card(db: Session, number: str) -> Member | None:
    """The member with this card number; a mistyped digit is noticed without a query."""
    return by_identity(db, kind="card", value=number) if is_card_number(number) else None


def change_profile(
    db: Session,
    *,
    member_id: UUID,
    name: str | None = None,
    gender: str | None = None,
    birthday: date | None = None,
    locale: str | None = None,
) -> Member:
    """Change what is given; refuses ``birthday_fixed``, since presents depend on the birthday set once."""
    row = member(db, member_id)
    if name is not None:
        row.name = normal_name(name, phone=row.phone or "")
        row.name_pinyin = pinyin_of(row.name)
    if gender is not None:
        row.gender = gender if gender in GENDERS else None
    if birthday is not None and birthday != row.birthday:
        if row.birthday is not None:
            raise Refused("birthday_fixed", N_("A birthday is set once. Our service desk can correct it."))
        row.birthday = birthday
    if locale is not None:
        row.locale = locale
    db.flush()
    return row


def freeze(db: Session, *, member_id: UUID, now: datetime) -> None:
    """Until ``unfreeze`` the member cannot sign in, and the till does not know them; who was erased stays so."""
    row = member(db, member_id)
    if row.status == "active":
        row.status = "frozen"
        db.flush()
        publish(db, MemberFrozen(member_id=member_id), now=now)


def unfreeze(db: Session, *, member_id: UUID) -> None:
    """Undo ``freeze``; who was erased stays erased."""
    row = member(db, member_id)
    if row.status == "frozen":
        row.status = "active"
        db.flush()


def erase(db: Session, *, member_id: UUID, now: datetime) -> None:
    """Forget the person, as they may ask by law; the ledgers stay, under an id that names nobody any more."""
    row = member(db, member_id)
    phone = row.phone
    row.status, row.name, row.name_pinyin = "erased", "", ""
    row.phone = row.phone_tail = row.gender = row.birthday = row.number = row.join_code = None
    row.card_secret = b""
    db.flush()
    db.execute(delete(Identity).where(Identity.member_id == member_id))
    db.execute(delete(Tag).where(Tag.member_id == member_id))
    for ended, column in ((Consent, "withdrawn_at"), (Binding, "until")):
        still_open = getattr(ended, column).is_(None)
        db.execute(update(ended).where(ended.member_id == member_id, still_open).values({column: now}))
    publish(db, MemberErased(member_id=member_id, phone=phone), now=now)


def tags(db: Session, member_id: UUID) -> list[str]:
    """The member's tags, in the order of the alphabet."""
    return list(db.scalars(select(Tag.tag).where(Tag.member_id == member_id).order_by(Tag.tag)))


def add_tag(db: Session, *, member_id: UUID, tag: str, now: datetime) -> None:
    """Put the member into the group ``tag``; doing it again changes nothing. Refuses ``tag_invalid``."""
    word = " ".join(tag.split())
    if not word or len(word) > LONGEST_TAG:
        raise Refused("tag_invalid", N_("A tag has one to %(longest)s characters."), longest=LONGEST_TAG)
    db.execute(insert(Tag).values(member_id=member_id, tag=word, added_at=now).on_conflict_do_nothing())


def remove_tag(db: Session, *, member_id: UUID, tag: str) -> None:
    """Take the member out of the group ``tag``."""
    db.execute(delete(Tag).where(Tag.member_id == member_id, Tag.tag == tag))
