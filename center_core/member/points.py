"""The points ledger: earned, spent, taken back; every change is one posting, and the balance is their sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from center_core.kit import N_, Page, Refused, Session, after_id, look_up, publish, publish_all, uuid7

from .events import PointsPosted
from .models import PointsBalance, PointsPosting

Source = tuple[str, UUID]
"""What a posting is for, such as ``("order", order_id)``: the same source is never posted twice."""


@dataclass(frozen=True)
class Balance:
    """``available`` is below zero while a return has taken back points that were spent before."""

    available: int = 0
    pending: int = 0
    lifetime: int = 0


def earn(
    db: Session,
    *,
    member_id: UUID,
    points: int,
    source: Source,
    pending_until: datetime | None = None,
    now: datetime,
) -> PointsPosting | None:
    """Add ``points``, usable from ``pending_until`` on (else at once) and for 24 months then.

    A source that was posted before gives its posting and changes nothing; no points give ``None``. One
    function in the database posts these and the prizes of a batch of plays (see migration 0004).
    """
    if points < 0:
        raise ValueError("negative points are spent or reversed, not earned")
    if points == 0:
        return None
    arguments = {
        "at": now,
        "members": [member_id],
        "ids": [uuid7()],
        "points": [points],
        "source_kind": source[0],
        "source_ids": [source[1]],
        "pending_until": pending_until,
    }
    try:
        with db.begin_nested():
            is_new = db.scalar(EARN, arguments) == 1
    except IntegrityError:
        is_new = False  # The same source was posted at this very moment.
    posting = _posting(db, member_id, source, "earn")
    if is_new and posting is not None:
        _tell(db, posting, now)
    return posting


EARN = text(
    "select points_earn_batch(:at, cast(:members as uuid[]), cast(:ids as uuid[]), cast(:points as int[]), "
    ":source_kind, cast(:source_ids as uuid[]), cast(:pending_until as timestamptz))"
)


@dataclass(frozen=True)
class Earning:
    """Points that a member is to get for a source."""

    member_id: UUID
    points: int
    source: Source
    pending_until: datetime | None = None


def earn_all(db: Session, earnings: Sequence[Earning], *, now: datetime) -> list[Earning]:
    """What ``earn`` does, for many in one statement; gives those that were not posted before.

    Locks their balances, in the order of the members, until the commit. Fails as a whole where another transaction
    posts one of the sources at this very moment.
    """
    if not earnings:
        return []
    new = look_up(
        db,
        EARN_ALL,
        at=now,
        nos=list(range(len(earnings))),
        members=[it.member_id for it in earnings],
        ids=[uuid7() for _ in earnings],
        points=[it.points for it in earnings],
        source_kinds=[it.source[0] for it in earnings],
        source_ids=[it.source[1] for it in earnings],
        pending_until=[it.pending_until for it in earnings],
    )
    posted = [earnings[row.no] for row in new]
    told = [PointsPosted(it.member_id, "earn", it.points, *it.source) for it in posted]
    publish_all(db, told, now=now)
    return posted


EARN_ALL = """
select no from (
  select no, points_earn_batch(%(at)s, array[m], array[i], array[p], k, array[s], u) as posted from (
    select * from unnest(
      %(nos)s::int[], %(members)s::uuid[], %(ids)s::uuid[], %(points)s::int[], %(source_kinds)s::text[],
      %(source_ids)s::uuid[], %(pending_until)s::timestamptz[]) as earning (no, m, i, p, k, s, u)
     order by m, no) as in_order) as answered
 where posted = 1 order by no
"""


def spend(db: Session, *, member_id: UUID, points: int, source: Source, now: datetime) -> PointsPosting:
    """Take ``points`` from what is available; those that lapse first go first.

    Checked and taken in one statement; refuses ``points_short``. A source that was posted before gives its
    posting and takes nothing.
    """
    if points <= 0:
        raise ValueError("at least one point is spent")
    before = _posting(db, member_id, source, "spend")
    if before is not None:
        return before
    arguments = {
        "member_id": member_id,
        "id": uuid7(),
        "points": points,
        "source_kind": source[0],
        "source_id": source[1],
        "at": now,
    }
    try:
        with db.begin_nested():
            db.execute(SPEND, arguments)
    except IntegrityError:
        pass  # The same source was spent at this very moment, and only once.
    posting = _posting(db, member_id, source, "spend")
    if posting is None:
        available = balance(db, member_id).available
        raise Refused(
            "points_short",
            N_("This takes %(points)s points; %(available)s are there."),
            points=points,
            available=available,
        )
    if posting.id == arguments["id"]:
        _tell(db, posting, now)
    return posting


SPEND = text("""
    with taken as (
      update points_balance set available = available - :points
       where member_id = :member_id and available >= :points
      returning member_id)
    insert into points_posting (member_id, id, kind, available_change, pending_change,
                                source_kind, source_id, at)
    select member_id, :id, 'spend', - cast(:points as int), 0, :source_kind, :source_id, :at from taken
""")


def give_back(db: Session, *, member_id: UUID, source: Source, now: datetime) -> PointsPosting | None:
    """Undo what was spent for ``source``, whole and once; ``None`` if nothing was."""
    lock_balance(db, member_id)
    spent = _posting(db, member_id, source, "spend")
    if spent is None:
        return None
    before = _posting(db, member_id, source, "reverse")
    if before is not None:
        return before
    # What the points came from may have lapsed since: the next sweep looks at this member again.
    return post(
        db,
        PointsPosting(
            member_id=member_id,
            id=uuid7(),
            kind="reverse",
            available_change=-spent.available_change,
            pending_change=0,
            source_kind=source[0],
            source_id=source[1],
            at=now,
        ),
        expires_next=now,
    )


def reverse(
    db: Session,
    *,
    member_id: UUID,
    source: Source,
    points: int | None = None,
    by: Source | None = None,
    now: datetime,
) -> PointsPosting | None:
    """Take back what was earned for ``source``: ``points`` of it, else all that is left of it.

    ``by`` is what makes it so, such as one of several returns of an order; the same cause never takes twice.
    Points still pending go from there; those already spent are owed (see ``Balance``). Nothing is taken, and
    ``None`` returned, if nothing was earned, all was taken back before, or the lot has lapsed.
    """
    lock_balance(db, member_id)
    cause = by or source
    before = _posting(db, member_id, cause, "reverse")
    if before is not None:
        return before
    lot = _posting(db, member_id, source, "earn")
    if lot is None or (lot.expires_at is not None and lot.expires_at <= now):
        return None
    available, pending = db.execute(
        select(func.sum(PointsPosting.available_change), func.sum(PointsPosting.pending_change)).where(
            PointsPosting.member_id == member_id, PointsPosting.lot_id == lot.id
        )
    ).one()
    left = available + pending
    amount = left if points is None else min(points, left)
    if amount <= 0:
        return None
    return post(
        db,
        PointsPosting(
            member_id=member_id,
            id=uuid7(),
            kind="reverse",
            available_change=0 if pending else -amount,
            pending_change=-amount if pending else 0,
            lot_id=lot.id,
            source_kind=cause[0],
            source_id=cause[1],
            at=now,
        ),
        lifetime_change=-amount,
    )


def balance(db: Session, member_id: UUID) -> Balance:
    """What the member has; nothing for somebody who never earned."""
    found = select(PointsBalance.available, PointsBalance.pending, PointsBalance.lifetime)
    row = db.execute(found.where(PointsBalance.member_id == member_id)).one_or_none()
    return Balance(*row) if row is not None else Balance()


def postings(
    db: Session, *, member_id: UUID, after: str | None = None, limit: int = 30
) -> Page[PointsPosting]:
    """The member's statement, the newest line first."""
    found = select(PointsPosting).where(PointsPosting.member_id == member_id)
    if after:
        found = found.where(PointsPosting.id < after_id(after))
    rows = db.scalars(found.order_by(PointsPosting.id.desc()).limit(limit + 1)).all()
    return Page(rows[:limit], str(rows[limit - 1].id) if len(rows) > limit else None)


def lock_balance(db: Session, member_id: UUID) -> None:
    """Wait for whoever changes this member's balance, so that what is read next stays so until the commit."""
    db.execute(select(PointsBalance.member_id).where(PointsBalance.member_id == member_id).with_for_update())


def post(
    db: Session,
    posting: PointsPosting,
    *,
    lifetime_change: int = 0,
    expires_next: datetime | None = None,
) -> PointsPosting:
    """Add one posting and change the balance, which the caller has locked."""
    db.add(posting)
    db.flush()
    db.execute(
        APPLY,
        {
            "member_id": posting.member_id,
            "available": posting.available_change,
            "pending": posting.pending_change,
            "lifetime": lifetime_change,
            "expires_next": expires_next,
        },
    )
    _tell(db, posting, posting.at)
    return posting


APPLY = text("""
    update points_balance
       set available = available + :available, pending = pending + :pending, lifetime = lifetime + :lifetime,
           expires_next = least(expires_next, cast(:expires_next as timestamptz))
     where member_id = :member_id
""")


def _posting(db: Session, member_id: UUID, source: Source, kind: str) -> PointsPosting | None:
    return db.scalar(
        select(PointsPosting).where(
            PointsPosting.member_id == member_id,
            PointsPosting.source_kind == source[0],
            PointsPosting.source_id == source[1],
            PointsPosting.kind == kind,
        )
    )


def _tell(db: Session, posting: PointsPosting, now: datetime) -> None:
    told = PointsPosted(
        member_id=posting.member_id,
        kind=posting.kind,
        amount=posting.amount,
        source_kind=posting.source_kind,
        source_id=posting.source_id,
    )
    publish(db, told, now=now)
