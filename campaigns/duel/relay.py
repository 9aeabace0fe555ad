"""What each phone sends of its inputs while it plays, kept for the other's screen and for whoever reconnects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert

import games
from center_core.kit import N_, Refused, Session

from .models import DuelBatch
from .seats import seats

BATCH_EVENTS = 120
MOST_BATCHES = 1500
"""Five a second for the longest game, and again as many for bad connections."""


@dataclass(frozen=True)
class Batch:
    """Inputs up to, and without, ``tick``; each is [tick, action, ...values]. Numbers go up by one from 1."""

    seq: int
    tick: int
    events: Sequence[Sequence[Any]]


def relay(db: Session, *, duel_id: UUID, member_id: UUID, batch: Batch, now: datetime) -> tuple[int, UUID]:
    """Store ``batch``; up to which number there is one now, and who is to see it.

    One that is here already is left as it is; one that comes too early is left out, so that the phone sends what is
    missing first. Refuses ``duel_not_running`` and ``duel_batch_junk``.
    """
    there = seats(db, duel_id, lock=False)
    side = there.mine(member_id)
    other = there.opposite(side)
    if there.duel.state != "running" or other is None:
        raise Refused("duel_not_running", N_("This duel is not being played."))
    last = (
        db.scalar(
            select(func.max(DuelBatch.seq)).where(DuelBatch.duel_id == duel_id, DuelBatch.no == side.no)
        )
        or 0
    )
    if batch.seq == last + 1 <= MOST_BATCHES:
        _check(games.game(there.duel.game), batch)
        # Shown and not counted: losing the last moments of these in a crash of the server costs nothing.
        db.execute(text("set local synchronous_commit = off"))
        db.execute(
            insert(DuelBatch)
            .values(
                duel_id=duel_id,
                no=side.no,
                seq=batch.seq,
                tick=batch.tick,
                events=[list(one) for one in batch.events],
                stored_at=now,
            )
            .on_conflict_do_nothing()
        )
        last = batch.seq
    return last, other.member_id


def batches(db: Session, *, duel_id: UUID, member_id: UUID, after: int, own: bool = False) -> list[Batch]:
    """What the other side has sent since its batch number ``after``; or the member's ``own`` side, for a phone that
    has lost what it played."""
    there = seats(db, duel_id, lock=False)
    mine = there.mine(member_id)
    side = mine if own else there.opposite(mine)
    if side is None:
        return []
    rows = db.scalars(
        select(DuelBatch)
        .where(DuelBatch.duel_id == duel_id, DuelBatch.no == side.no, DuelBatch.seq > after)
        .order_by(DuelBatch.seq)
    )
    return [Batch(row.seq, row.tick, row.events) for row in rows]


def _check(game: games.Game, batch: Batch) -> None:
    """Only what the game's own controls can make is shown to the other."""
    actions = game.actions or {}
    before = 0
    for event in batch.events:
        tick, action, *values = event
        bounds = actions.get(action)
        if (
            bounds is None
            or len(values) != len(bounds)
            or any(type(number) is not int for number in (tick, *values))
            or not before <= tick < batch.tick <= game.max_ticks
            or not all(least <= value <= most for value, (least, most) in zip(values, bounds, strict=True))
        ):
            raise Refused("duel_batch_junk", N_("These inputs cannot be shown."))
        before = tick
