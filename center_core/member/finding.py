"""Looking for members by what a person remembers of them: some of the name, the end of the phone number."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select

from center_core.kit import Page, Refused, Session, after_id

from .cards import is_card_number
from .models import Binding, Identity, Member
from .names import normal_phone


def search(
    db: Session,
    *,
    q: str | None = None,
    staff_id: UUID | None = None,
    store_ids: Collection[UUID] | None = None,
    after: str | None = None,
    limit: int = 30,
) -> Page[Member]:
    """The members of one guide, of some stores, or (with neither) of the brand; the newest first.

    ``q`` is four digits that end the phone number, a whole phone or card number, or letters: among the
    members of a guide or of stores they may stand anywhere in the name, among all of the brand they must
    begin it, since only that is quick among millions.
    """
    found = select(Member).where(Member.kind == "person", Member.status != "erased")
    few = staff_id is not None or store_ids is not None
    if few:
        found = found.join(Binding, (Binding.member_id == Member.member_id) & Binding.until.is_(None))
    if staff_id is not None:
        found = found.where(Binding.staff_id == staff_id)
    if store_ids is not None:
        found = found.where(Binding.store_id.in_(store_ids))
    if q and q.strip():
        found = found.where(_matches(q.strip().lower(), anywhere=few))
    return _paged(db, found, after, limit)


def without_guide(
    db: Session,
    *,
    store_ids: Collection[UUID],
    after: str | None = None,
    limit: int = 30,
    q: str | None = None,
) -> Page[Member]:
    """Those who joined in these stores and whom nobody looks after, the newest first."""
    held = select(Binding.member_id).where(Binding.member_id == Member.member_id, Binding.until.is_(None))
    found = select(Member).where(
        Member.kind == "person",
        Member.status != "erased",
        Member.join_store_id.in_(store_ids),
        ~held.exists(),
    )
    if q and q.strip():
        found = found.where(_matches(q.strip().lower(), anywhere=True))
    return _paged(db, found, after, limit)


def members_of(
    db: Session, *, staff_id: UUID, after: str | None = None, limit: int = 30, q: str | None = None
) -> Page[Member]:
    """The members whom this guide looks after, the newest first."""
    return search(db, staff_id=staff_id, q=q, after=after, limit=limit)


def _paged(db: Session, found: Select[Member], after: str | None, limit: int) -> Page[Member]:
    if after:
        found = found.where(Member.member_id < after_id(after))
    rows = db.scalars(found.order_by(Member.member_id.desc()).limit(limit + 1)).all()
    return Page(rows[:limit], str(rows[limit - 1].member_id) if len(rows) > limit else None)


def _matches(q: str, *, anywhere: bool) -> ColumnElement[bool]:
    digits = "".join(q.split()).removeprefix("+")
    if digits.isascii() and digits.isdigit():
        return _matches_digits(digits)
    literal = q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    typed = literal.replace(" ", "")
    if not anywhere:
        return or_(Member.name.like(f"{literal}%"), Member.name_pinyin.like(f"{typed}%"))
    return or_(
        Member.name.ilike(f"%{literal}%"),
        Member.name_pinyin.like(f"{typed}%"),
        Member.name_pinyin.like(f"% {typed}%"),
    )


def _matches_digits(digits: str) -> ColumnElement[bool]:
    if is_card_number(digits):
        return _is_listed("card", digits)
    try:
        return _is_listed("phone", normal_phone(digits))
    except Refused:
        return Member.phone_tail == digits


def _is_listed(kind: str, value: str) -> ColumnElement[bool]:
    """Whom the directory names: among millions of members only that is indexed by what identifies one."""
    listed = select(Identity.member_id).where(Identity.kind == kind, Identity.value == value)
    return Member.member_id == listed.scalar_subquery()
