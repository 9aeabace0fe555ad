"""When a guide leaves: their members go to those who stay in the store, and may come back with the guide.

All of it works on arrays of ids, since a guide of many years has thousands of members: one statement each to read,
to end and to open their bindings.
"""

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from center_core import user
from center_core.kit import Session, look_up, publish_all, uuid7

from .events import MembersHandedOver

DEPARTURE, RETURN = "departure", "return"


@dataclass(frozen=True)
class Share:
    """``count`` members in one store and who takes them over; ``staff`` is ``None`` where nobody is left."""

    store_id: UUID
    staff: user.Staff | None
    count: int


def handover_plan(db: Session, *, staff_id: UUID) -> list[Share]:
    """To whom ``hand_over`` would give this guide's members just now.

    In each store they go to its other guides, the next one always to whoever looks after the fewest; where there
    is no other guide, to whoever runs the store; where there is nobody at all they will have no guide.
    """
    shares = []
    for store_id, count in look_up(db, COUNTED_BY_STORE, staff_id=staff_id):
        takers = _takers(db, store_id, staff_id)
        taken = _dealt(db, takers, count)
        shares += [Share(store_id, one, taken.count(one.id)) for one in takers if one.id in taken]
        if not takers:
            shares.append(Share(store_id, None, count))
    return shares


def hand_over(db: Session, *, staff_id: UUID, now: datetime) -> list[Share]:
    """Give all members of a guide who leaves to others, as ``handover_plan`` says; returns what was given.

    Locks their open bindings. Whom somebody else binds in the same moment is left to them.
    """
    shares = []
    for store_id, _ in look_up(db, COUNTED_BY_STORE, staff_id=staff_id):
        ids = [id for (id,) in look_up(db, OF_STORE, staff_id=staff_id, store_id=store_id)]
        ended = [id for (id,) in look_up(db, END, ids=ids, staff_id=staff_id, now=now)]
        takers = _takers(db, store_id, staff_id)
        if not takers:
            shares.append(Share(store_id, None, len(ended)))
            continue
        taken = _dealt(db, takers, len(ended))
        _open(db, ended, taken, [store_id] * len(ended), DEPARTURE, now)
        given = [Share(store_id, one, taken.count(one.id)) for one in takers if one.id in taken]
        publish_all(
            db,
            [
                MembersHandedOver(
                    staff_id=one.staff.id, store_id=store_id, former_id=staff_id, count=one.count, at=now
                )
                for one in given
                if one.staff
            ],
            now=now,
        )
        shares += given
    return shares


def members_to_return(db: Session, *, staff_id: UUID) -> int:
    """How many members ``return_members`` would give back just now."""
    return len(look_up(db, LOST, staff_id=staff_id))


def return_members(db: Session, *, staff_id: UUID, now: datetime) -> int:
    """A guide is back: give them those of their members who were handed over because they left; returns how many.

    Whoever was given another guide since, by a manager or by their own choice, stays there.
    """
    lost: dict[UUID, UUID] = dict(map(tuple, look_up(db, LOST, staff_id=staff_id)))
    look_up(db, END_OF_DEPARTURE, ids=list(lost), now=now)
    back = _open(db, list(lost), [staff_id] * len(lost), list(lost.values()), RETURN, now)
    of_stores = Counter(lost[id] for id in back)
    publish_all(
        db,
        [
            MembersHandedOver(staff_id=staff_id, store_id=store_id, former_id=None, count=count, at=now)
            for store_id, count in of_stores.items()
        ],
        now=now,
    )
    return len(back)


def handed_over(db: Session, *, staff_id: UUID, store_id: UUID, at: datetime) -> list[UUID]:
    """Who came to this guide in the handover of that moment and is theirs still."""
    return [id for (id,) in look_up(db, HANDED_OVER, staff_id=staff_id, store_id=store_id, at=at)]


def _takers(db: Session, store_id: UUID, leaving: UUID) -> list[user.Staff]:
    guides = [guide for guide in user.guides_of_store(db, store_id) if guide.id != leaving]
    # Whoever runs the store stands in alone: two managers would each think that the other one writes.
    return guides or [one for one in user.managers_of_store(db, store_id) if one.id != leaving][:1]


def _dealt(db: Session, takers: Sequence[user.Staff], count: int) -> list[UUID]:
    """For each of ``count`` members in turn, whose they become; nothing where nobody takes any."""
    if not takers:
        return []
    ids = [one.id for one in takers]
    loads: dict[UUID, int] = dict(map(tuple, look_up(db, LOADS, ids=ids)))
    return list(_to_the_least_loaded([(loads.get(id, 0), place, id) for place, id in enumerate(ids)], count))


def _to_the_least_loaded(loads: list[tuple[int, int, UUID]], count: int) -> Iterator[UUID]:
    heapq.heapify(loads)
    for _ in range(count):
        load, place, id = loads[0]
        yield id
        heapq.heapreplace(loads, (load + 1, place, id))


def _open(
    db: Session, members: list[UUID], staff: list[UUID], stores: list[UUID], reason: str, now: datetime
) -> list[UUID]:
    """Returns who was bound; whoever has a guide already keeps them."""
    ids = [uuid7() for _ in members]
    opened = look_up(db, OPEN, members=members, ids=ids, staff=staff, stores=stores, reason=reason, now=now)
    return [id for (id,) in opened]


COUNTED_BY_STORE = """
select store_id, count(*) from binding where staff_id = %(staff_id)s and until is null
group by store_id order by store_id
"""
OF_STORE = """
select member_id from binding where staff_id = %(staff_id)s and store_id = %(store_id)s and until is null
order by member_id
"""
LOADS = (
    "select staff_id, count(*) from binding where staff_id = any(%(ids)s) and until is null group by staff_id"
)
END = """
update binding set until = %(now)s where member_id = any(%(ids)s) and staff_id = %(staff_id)s and until is null
returning member_id
"""
OPEN = """
insert into binding (member_id, id, staff_id, store_id, since, reason)
select member_id, id, staff_id, store_id, %(now)s, %(reason)s
  from unnest(%(members)s::uuid[], %(ids)s::uuid[], %(staff)s::uuid[], %(stores)s::uuid[])
       as opened (member_id, id, staff_id, store_id)
on conflict (member_id) where until is null do nothing
returning member_id
"""
HANDED_OVER = """
select member_id from binding
 where staff_id = %(staff_id)s and store_id = %(store_id)s and until is null
   and since = %(at)s and reason in ('departure', 'return')
 order by member_id
"""

# Whose last guide but the stand-in this was: the bindings that ended in a departure have either been followed at that
# moment by one for that reason, or by none at all. Who has asked to be forgotten has nobody to come back to.
LOST = """
select ended.member_id, ended.store_id
  from binding ended
  join member on member.member_id = ended.member_id and member.status <> 'erased'
  left join binding now_held on now_held.member_id = ended.member_id and now_held.until is null
 where ended.staff_id = %(staff_id)s and ended.until is not null
   and (now_held.reason = 'departure' and now_held.since = ended.until
        or now_held.member_id is null
           and not exists (select from binding later
                            where later.member_id = ended.member_id and later.id <> ended.id
                              and later.since >= ended.until))
 order by ended.member_id
"""
END_OF_DEPARTURE = """
update binding set until = %(now)s
 where member_id = any(%(ids)s) and reason = 'departure' and until is null
returning member_id
"""
