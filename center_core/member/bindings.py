"""Whose member this is: every member has at most one guide at a time."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from center_core import user
from center_core.kit import N_, NotFound, Session, publish, uuid7

from .events import MemberBound
from .models import Binding, Member


def bind(
    db: Session, *, member_id: UUID, staff_id: UUID, store_id: UUID, reason: str, now: datetime
) -> Binding:
    """Make ``staff_id`` the member's guide, in that store; ends the binding that was open.

    Locks the member, so that two of these at once come one after the other. Binding again to the same guide in
    the same store changes nothing.
    """
    # Not so tightly that a handover of many waits for it when it names the member: the two would wait for each other.
    locked = select(Member.member_id).where(Member.member_id == member_id).with_for_update(key_share=True)
    if db.scalar(locked) is None:
        raise NotFound("member_unknown", N_("There is no such member."))
    open_one = guide_of(db, member_id)
    if open_one is not None:
        if (open_one.staff_id, open_one.store_id) == (staff_id, store_id):
            return open_one
        open_one.until = now
        db.flush()
    opened = (
        insert(Binding)
        .values(
            member_id=member_id, id=uuid7(), staff_id=staff_id, store_id=store_id, since=now, reason=reason
        )
        .on_conflict_do_nothing(index_elements=["member_id"], index_where=Binding.until.is_(None))
        .returning(Binding)
    )
    row = db.scalar(opened)
    if row is None:
        # Meanwhile the former guide has left and the member was handed over with all the others.
        return bind(db, member_id=member_id, staff_id=staff_id, store_id=store_id, reason=reason, now=now)
    bound = MemberBound(member_id=member_id, staff_id=staff_id, store_id=store_id, reason=reason)
    publish(db, bound, now=now)
    return row


def bind_in_store(
    db: Session, *, member_id: UUID, store_id: UUID, staff_id: UUID | None, reason: str, now: datetime
) -> Binding | None:
    """Bind the member to the guide ``staff_id`` if they work in this store, else to one of the store's guides.

    ``None`` where the store has none.
    """
    guides = [guide.id for guide in user.guides_of_store(db, store_id)]
    if not guides:
        return None
    # The id's last bits are from chance, so a store's new members spread evenly without a count to lock.
    fallback = guides[member_id.int % len(guides)]
    guide_id = staff_id if staff_id is not None and staff_id in guides else fallback
    return bind(db, member_id=member_id, staff_id=guide_id, store_id=store_id, reason=reason, now=now)


def guide_of(db: Session, member_id: UUID) -> Binding | None:
    """The open binding: who looks after the member, and in which store."""
    return db.scalar(
        select(Binding)
        .where(Binding.member_id == member_id, Binding.until.is_(None))
        .execution_options(populate_existing=True)
    )


def guides_of(db: Session, member_ids: Collection[UUID]) -> dict[UUID, Binding]:
    """The open bindings of several members; those without a guide are left out."""
    found = select(Binding).where(Binding.member_id.in_(member_ids), Binding.until.is_(None))
    return {row.member_id: row for row in db.scalars(found)}


def guides_at(
    db: Session, moments: Collection[tuple[UUID, datetime]]
) -> dict[tuple[UUID, datetime], Binding]:
    """Who looked after each of these members at that moment; those who had no guide then are left out."""
    found = select(Binding).where(Binding.member_id.in_({member_id for member_id, _ in moments}))
    theirs: dict[UUID, list[Binding]] = {}
    for row in db.scalars(found):
        theirs.setdefault(row.member_id, []).append(row)
    return {
        (member_id, at): row
        for member_id, at in moments
        for row in theirs.get(member_id, ())
        if row.since <= at and (row.until is None or at < row.until)
    }


def bindings(db: Session, member_id: UUID) -> list[Binding]:
    """All guides the member ever had, the present one first."""
    return list(db.scalars(select(Binding).where(Binding.member_id == member_id).order_by(Binding.id.desc())))
