"""A guide leaves while a manager gives one of their members to somebody: the member has one guide, and nobody waits
for ever.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from center_core import member
from center_core.kit import Database, Session
from tests import make

from .at_once import at_once

MANY = 16


def test_a_departure_and_rebinding_in_the_same_moment(database: Database, now: datetime) -> None:
    with database.transaction() as db:
        store = make.store(db)
        leaving, staying = (make.guide(db, store).id for _ in range(2))
        third = make.guide(db, make.store(db)).id
        theirs = [make.member(db, store=store).member_id for _ in range(MANY)]
        for id in theirs:
            member.bind(db, member_id=id, staff_id=leaving, store_id=store.id, reason="x", now=now)
    store_id = store.id

    def departure(db: Session) -> None:
        member.hand_over(db, staff_id=leaving, now=now)

    def rebinding(member_id: UUID) -> Callable[[Session], object]:
        return lambda db: member.bind(
            db, member_id=member_id, staff_id=third, store_id=store_id, reason="handover", now=now
        )

    chosen = theirs[::2]
    assert at_once(database, departure, *map(rebinding, chosen)) == {"done": 1 + len(chosen)}
    with database.transaction() as db:
        held = dict(db.execute(text("select member_id, staff_id from binding where until is null")).all())
    assert held == {id: third if id in chosen else staying for id in theirs}
