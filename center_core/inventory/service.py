"""Stock: what lies where, what is kept aside, and every change of it as a movement.

All verbs come down to one statement, ``_CHANGE``, which changes the balance only where it stays right and
writes the movement of exactly that change. No row back means refused. ``source`` is what caused the change,
as ``(kind, id)``; the same verb with the same source on the same SKU and location takes effect once.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from center_core import channel
from center_core.kit import N_, NotFound, Page, Refused, Session, after_id, look_up, uuid7

from .models import Hold, Location, Movement, Stock

Source = tuple[str, UUID]

# Rows are locked in the order of their SKUs, so that two baskets never wait for each other in a circle.
_CHANGE = """
with asked as (
    select * from unnest(%(ids)s::uuid[], %(sku_ids)s::uuid[], %(on_hand)s::int[], %(reserved)s::int[])
        as asked (id, sku_id, on_hand, reserved)),
locked as materialized (
    select sku_id from stock where location_id = %(location_id)s and sku_id = any(%(sku_ids)s)
    order by sku_id for update),
changed as (
    update stock
    set on_hand = stock.on_hand + asked.on_hand, reserved = stock.reserved + asked.reserved
    from locked join asked on asked.sku_id = locked.sku_id
    where stock.location_id = %(location_id)s and stock.sku_id = locked.sku_id
      and stock.on_hand + asked.on_hand >= stock.reserved + asked.reserved
      and stock.reserved + asked.reserved >= 0
      and not exists (
          select from movement
          where source_id = %(source_id)s and source_kind = %(source_kind)s and kind = %(kind)s
            and location_id = %(location_id)s and sku_id = stock.sku_id)
    returning asked.*)
insert into movement (id, location_id, sku_id, kind, on_hand_change, reserved_change, source_kind, source_id, at)
select id, %(location_id)s, sku_id, %(kind)s, on_hand, reserved, %(source_kind)s, %(source_id)s, %(now)s from changed
returning sku_id
"""
_MADE = """
select sku_id from movement where source_id = %(source_id)s and source_kind = %(source_kind)s and kind = %(kind)s
  and location_id = %(location_id)s and sku_id = any(%(sku_ids)s)
"""


class Change(NamedTuple):
    """By how much the stock of a SKU changes."""

    sku_id: UUID
    on_hand: int = 0
    reserved: int = 0


@dataclass(frozen=True)
class Availability:
    """The stock of one SKU at one location; ``available`` may be promised to somebody."""

    location_id: UUID
    sku_id: UUID
    on_hand: int
    reserved: int

    @property
    def available(self) -> int:
        """What nobody else has been promised."""
        return self.on_hand - self.reserved


def create_location(
    db: Session, *, code: str, kind: str, name: Mapping[str, str], store_id: UUID | None = None
) -> Location:
    """Add a place where goods lie; a store has exactly one of its own."""
    location = Location(id=uuid7(), code=code, kind=kind, name=dict(name), store_id=store_id)
    db.add(location)
    db.flush()
    return location


def rename_location(db: Session, *, location_id: UUID, name: Mapping[str, str]) -> Location:
    """Call a place something else, or NotFound; its code and kind stay.

    A store's room that is called otherwise than its store no longer follows it (``follow_store``).
    """
    row = db.get(Location, location_id)
    if row is None:
        raise NotFound("location_unknown", N_("There is no such location."))
    row.name = dict(name)
    db.flush()
    return row


def follow_store(db: Session, *, store_id: UUID, before: Mapping[str, Any]) -> None:
    """Call the store's room as the store is called now, if it still has the name that the store had ``before``.

    Locks the room before it reads either name: of two renamings told at the same moment, the second sees the first.
    """
    room = db.scalar(select(Location).where(Location.store_id == store_id).with_for_update())
    if room is not None and room.name == before:
        room.name = channel.store(db, store_id).name
        db.flush()


def locations(db: Session) -> list[Location]:
    """All locations by code."""
    return list(db.scalars(select(Location).order_by(Location.code)))


def location_of_store(db: Session, store_id: UUID) -> Location:
    """Where a store's own goods lie, or NotFound."""
    found = db.scalar(select(Location).where(Location.store_id == store_id))
    if found is None:
        raise NotFound("location_unknown", N_("This store keeps no stock."))
    return found


def available(
    db: Session,
    *,
    sku_ids: Collection[UUID],
    location_ids: Collection[UUID] | None = None,
    store_id: UUID | None = None,
) -> list[Availability]:
    """The stock of some SKUs, everywhere or at some locations or in one store; none is no row."""
    query = select(Stock.location_id, Stock.sku_id, Stock.on_hand, Stock.reserved)
    query = query.where(Stock.sku_id.in_(sku_ids))
    if location_ids is not None:
        query = query.where(Stock.location_id.in_(location_ids))
    if store_id is not None:
        query = query.where(Stock.location_id.in_(select(Location.id).where(Location.store_id == store_id)))
    return [Availability(*row) for row in db.execute(query.order_by(Stock.location_id, Stock.sku_id))]


def movements(
    db: Session, *, location_id: UUID, sku_id: UUID, after: str | None = None, limit: int = 50
) -> Page[Movement]:
    """The history of one SKU at one location, newest first."""
    query = select(Movement).where(Movement.location_id == location_id, Movement.sku_id == sku_id)
    if after:
        query = query.where(Movement.id < after_id(after))
    rows = db.scalars(query.order_by(Movement.id.desc()).limit(limit + 1)).all()
    return Page(rows[:limit], str(rows[limit - 1].id) if len(rows) > limit else None)


def receive(
    db: Session, *, location_id: UUID, sku_id: UUID, quantity: int, source: Source, now: datetime
) -> None:
    """Goods arrived: from the factory, from another location, from a supplier."""
    _arrive(db, "receive", location_id=location_id, sku_id=sku_id, quantity=quantity, source=source, now=now)


def put_back(
    db: Session, *, location_id: UUID, sku_id: UUID, quantity: int, source: Source, now: datetime
) -> None:
    """Goods that had been sold are on the shelf again."""
    _arrive(db, "put_back", location_id=location_id, sku_id=sku_id, quantity=quantity, source=source, now=now)


def take(
    db: Session, *, location_id: UUID, sku_id: UUID, quantity: int, source: Source, now: datetime
) -> None:
    """Goods leave; refused with ``sold_out`` where fewer are available."""
    take_all(db, location_id=location_id, pieces=[(sku_id, quantity)], source=source, now=now)


def take_all(
    db: Session, *, location_id: UUID, pieces: Sequence[tuple[UUID, int]], source: Source, now: datetime
) -> None:
    """The same for so many pieces of several SKUs, each named once: all of them or none."""
    for _, quantity in pieces:
        _positive(quantity)
    changes = [Change(sku_id, on_hand=-quantity) for sku_id, quantity in pieces]
    taken = _change_all(db, "take", location_id=location_id, changes=changes, source=source, now=now)
    for sku_id, quantity in pieces:
        if sku_id not in taken:
            raise _sold_out(db, location_id, sku_id, quantity)


def adjust(
    db: Session, *, location_id: UUID, sku_id: UUID, difference: int, source: Source, now: datetime
) -> None:
    """A count found ``difference`` pieces more (or, negative, fewer); what is reserved cannot be lost."""
    if difference > 0:
        _arrive(
            db, "adjust", location_id=location_id, sku_id=sku_id, quantity=difference, source=source, now=now
        )
    elif difference and not _change(
        db, "adjust", location_id=location_id, sku_id=sku_id, on_hand=difference, source=source, now=now
    ):
        raise _sold_out(db, location_id, sku_id, -difference)


def hold(
    db: Session,
    *,
    location_id: UUID,
    sku_id: UUID,
    quantity: int,
    source: Source,
    expires_at: datetime,
    now: datetime,
) -> Hold:
    """Keep pieces aside until ``expires_at``; refused with ``sold_out`` where fewer are available.

    The same source again gives its hold, or is refused with ``hold_over`` when that has ended.
    """
    _positive(quantity)
    moved = _change(
        db, "hold", location_id=location_id, sku_id=sku_id, reserved=quantity, source=source, now=now
    )
    if not moved:
        raise _sold_out(db, location_id, sku_id, quantity)
    fresh = insert(Hold).values(
        id=uuid7(),
        location_id=location_id,
        sku_id=sku_id,
        quantity=quantity,
        state="open",
        source_kind=source[0],
        source_id=source[1],
        held_at=now,
        expires_at=expires_at,
    )
    db.execute(fresh.on_conflict_do_nothing())
    kept = db.scalars(
        select(Hold).where(
            Hold.source_id == source[1],
            Hold.source_kind == source[0],
            Hold.location_id == location_id,
            Hold.sku_id == sku_id,
        )
    ).one()
    if kept.state != "open":
        raise Refused("hold_over", N_("What was kept aside has been given up meanwhile."), state=kept.state)
    return kept


def release(db: Session, *, source: Source, now: datetime) -> int:
    """Give back what ``source`` still holds; returns how many holds that were."""
    return _free(db, _open_holds(source), "released", "release", now)


def consume(
    db: Session, *, location_id: UUID, pieces: Sequence[tuple[UUID, int]], source: Source, now: datetime
) -> None:
    """So many pieces were sold to ``source``, which has them kept aside here: they leave.

    Of what was freed meanwhile others are taken, or refused with ``sold_out``; then the caller undoes the rest.
    """
    _end_holds(db, _open_holds(source), "consumed", now)
    of_source = select(Hold.sku_id, Hold.quantity).where(
        Hold.source_id == source[1], Hold.source_kind == source[0]
    )
    kept = dict(db.execute(of_source.where(Hold.state == "consumed")).tuples().all())
    where: dict[str, Any] = {"location_id": location_id, "source": source, "now": now}
    for sku_id, quantity in sorted(pieces):
        if sku_id in kept:
            _change(db, "consume", sku_id=sku_id, on_hand=-quantity, reserved=-quantity, **where)
        else:
            take(db, sku_id=sku_id, quantity=quantity, **where)


def expire_holds(db: Session, *, now: datetime, limit: int = 200) -> int:
    """Free what was held for too long; returns how many, so that the caller repeats until 0."""
    due = (
        select(Hold.id)
        .where(Hold.state == "open", Hold.expires_at <= now)
        .order_by(Hold.expires_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return _free(db, [Hold.id.in_(due.scalar_subquery()), Hold.state == "open"], "expired", "expire", now)


def _open_holds(source: Source) -> list[object]:
    return [Hold.source_id == source[1], Hold.source_kind == source[0], Hold.state == "open"]


def _free(db: Session, which: Sequence[object], state: str, kind: str, now: datetime) -> int:
    """End the open holds ``which`` and undo their reservation, in the fixed order of locks."""
    ended = _end_holds(db, which, state, now)
    for location_id, sku_id, quantity, source_kind, source_id in ended:
        _change(
            db,
            kind,
            location_id=location_id,
            sku_id=sku_id,
            reserved=-quantity,
            source=(source_kind, source_id),
            now=now,
        )
    return len(ended)


def _end_holds(
    db: Session, which: Sequence[object], state: str, now: datetime
) -> list[tuple[UUID, UUID, int, str, UUID]]:
    """End the open holds ``which``: the location, SKU, quantity and source of each, in the order of locks."""
    ended = db.execute(
        update(Hold)
        .where(*which)  # type: ignore[arg-type]
        .values(state=state, closed_at=now)
        .returning(Hold.location_id, Hold.sku_id, Hold.quantity, Hold.source_kind, Hold.source_id)
    )
    return sorted(ended.tuples().all())


def _arrive(
    db: Session,
    kind: str,
    *,
    location_id: UUID,
    sku_id: UUID,
    quantity: int,
    source: Source,
    now: datetime,
) -> None:
    _positive(quantity)
    empty = insert(Stock).values(location_id=location_id, sku_id=sku_id, on_hand=0, reserved=0)
    db.execute(empty.on_conflict_do_nothing())
    _change(db, kind, location_id=location_id, sku_id=sku_id, on_hand=quantity, source=source, now=now)


def _change(
    db: Session,
    kind: str,
    *,
    location_id: UUID,
    sku_id: UUID,
    on_hand: int = 0,
    reserved: int = 0,
    source: Source,
    now: datetime,
) -> bool:
    """Change one SKU's balance; False when the stock does not allow it."""
    changes = [Change(sku_id, on_hand, reserved)]
    return bool(_change_all(db, kind, location_id=location_id, changes=changes, source=source, now=now))


def _change_all(
    db: Session,
    kind: str,
    *,
    location_id: UUID,
    changes: Sequence[Change],
    source: Source,
    now: datetime,
) -> set[UUID]:
    """Change the balances and write their movements in one statement; returns the SKUs whose stock allows it.

    A change that this source has already made counts as made.
    """
    sku_ids = [change.sku_id for change in changes]
    movement = {
        "kind": kind,
        "location_id": location_id,
        "source_kind": source[0],
        "source_id": source[1],
    }
    made = look_up(
        db,
        _CHANGE,
        ids=[uuid7() for _ in changes],
        sku_ids=sku_ids,
        on_hand=[change.on_hand for change in changes],
        reserved=[change.reserved for change in changes],
        now=now,
        **movement,
    )
    if len(made) < len(changes):
        made = [*made, *look_up(db, _MADE, sku_ids=sku_ids, **movement)]
    return {sku_id for (sku_id,) in made}


def _positive(quantity: int) -> None:
    if quantity <= 0:
        raise Refused("quantity_wrong", N_("The quantity must be at least one."), quantity=quantity)


def _sold_out(db: Session, location_id: UUID, sku_id: UUID, quantity: int) -> Refused:
    left = available(db, sku_ids=[sku_id], location_ids=[location_id])
    return Refused(
        "sold_out",
        N_("Only %(available)s pieces of this article are available here."),
        sku_id=str(sku_id),
        wanted=quantity,
        available=left[0].available if left else 0,
    )
