"""A duel with its two sides, locked by whoever changes it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from center_core.kit import N_, Forbidden, NotFound, Session, publish

from .events import DuelChanged
from .models import Duel, DuelSide


@dataclass(frozen=True)
class Seats:
    """``sides`` in the order of their numbers; the second is missing while somebody waits."""

    duel: Duel
    sides: tuple[DuelSide, ...]

    def of(self, member_id: UUID) -> DuelSide | None:
        return next((side for side in self.sides if side.member_id == member_id), None)

    def mine(self, member_id: UUID) -> DuelSide:
        """The member's own side; refuses ``duel_of_others``: whoever has the link of a full duel may not look in."""
        side = self.of(member_id)
        if side is None:
            raise Forbidden("duel_of_others", N_("This duel is between two others. Start one of your own."))
        return side

    def opposite(self, side: DuelSide) -> DuelSide | None:
        return next((other for other in self.sides if other.no != side.no), None)

    def tell(self, db: Session, now: datetime) -> None:
        """Let both phones look again."""
        members = tuple(side.member_id for side in self.sides)
        publish(db, DuelChanged(duel_id=self.duel.id, member_ids=members), now=now)


def seats(db: Session, duel_id: UUID, *, lock: bool = True) -> Seats:
    """The duel; refuses ``duel_unknown``."""
    query = select(Duel).where(Duel.id == duel_id).execution_options(populate_existing=True)
    duel = db.scalar(query.with_for_update() if lock else query)
    if duel is None:
        raise NotFound("duel_unknown", N_("There is no such duel."))
    sides = db.scalars(
        select(DuelSide)
        .where(DuelSide.duel_id == duel_id)
        .order_by(DuelSide.no)
        .execution_options(populate_existing=True)
    )
    return Seats(duel, tuple(sides))
