"""Which of two alike recordings of a duel is the copy: the one whose inputs came after the other's had been told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy import select

import games
from center_core.kit import Session

from ..ghost import alike, events_of
from ..models import GameRound
from .models import DuelBatch, DuelSide


@dataclass(frozen=True)
class Arrival:
    """When the server had the inputs of a recording: the first ones ``live``, the rest as it was ``handed_in``."""

    live: Sequence[datetime]
    handed_in: datetime

    def is_after(self, no: int, theirs: Self, their_no: int) -> bool:
        """Whether input ``no`` came when the other's had been told; a recording that is handed in is told to nobody."""
        at = self.live[no] if no < len(self.live) else self.handed_in
        return their_no < len(theirs.live) and theirs.live[their_no] < at


def uncounted(db: Session, it: GameRound, side: DuelSide, other: DuelSide) -> tuple[DuelSide, ...]:
    """Whose recordings do not count: that of whoever copied, or both where it cannot be told who did.

    Each phone gets the other's inputs while they are played, but never before the server has stored them. So whoever
    copies an input brings it after that, live or with the recording, also if they hand in first.
    """
    theirs = db.get(GameRound, (other.member_id, other.round_id), populate_existing=True)
    if theirs is None or theirs.inputs is None:
        return ()
    pairs = alike(it.game, it.inputs or b"", theirs.inputs)
    if not pairs:
        return ()
    mine_came, theirs_came = _arrival(db, it, side), _arrival(db, theirs, other)
    mine_after = sum(mine_came.is_after(mine, theirs_came, their) for mine, their in pairs)
    theirs_after = sum(theirs_came.is_after(their, mine_came, mine) for mine, their in pairs)
    if mine_after == theirs_after:
        return side, other
    return (side,) if mine_after > theirs_after else (other,)


def _arrival(db: Session, it: GameRound, side: DuelSide) -> Arrival:
    """What was sent live counts up to where the recording says something else: it may have been sent as a decoy."""
    sent = db.execute(
        select(DuelBatch.events, DuelBatch.stored_at)
        .where(DuelBatch.duel_id == side.duel_id, DuelBatch.no == side.no)
        .order_by(DuelBatch.seq)
    )
    told = [
        (games.Event(tick, action, tuple(values)), at)
        for events, at in sent
        for tick, action, *values in events
    ]
    live = []
    for played, (event, at) in zip(events_of(it.game, it.inputs or b""), told, strict=False):
        if played != event:
            break
        live.append(at)
    return Arrival(live, it.finished_at or it.deadline)
