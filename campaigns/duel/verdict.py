"""Who won: by the scores that the server found in both recordings, and nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select

import games
from center_core import member
from center_core.kit import Session, apart

from ..ghost import beats
from ..models import GameRound
from .copying import uncounted
from .models import Duel, DuelBatch, DuelSide
from .seats import Seats, seats

PATIENCE = timedelta(minutes=1)
"""How long one who is ready waits for the other one to be so."""

_MARK = "duel-"


@dataclass(frozen=True)
class Seat:
    """A side as both phones may see it. ``seq`` is the number of its last stored batch.

    ``gone`` is why it cannot win: it was not ready in time (absent), left, was late, or handed in what does not count
    (uncounted).
    """

    name: str
    is_ready: bool
    gone: str | None
    score: int | None
    seq: int


@dataclass(frozen=True)
class Look:
    """A duel as one of its two sees it. ``outcome`` is that one's: won, lost, drawn or void."""

    duel_id: UUID
    campaign_id: UUID
    version: int
    game: str
    state: str
    is_open: bool
    mine: Seat
    theirs: Seat | None
    round_id: UUID | None
    seed: str | None
    starts_in: timedelta | None
    outcome: str | None
    rematch_id: UUID | None

    def as_told(self) -> dict[str, Any]:
        """As it travels to the phone; the names are for the front to shorten."""
        return {
            "duel": str(self.duel_id),
            "state": self.state,
            "mine": _told(self.mine),
            "theirs": _told(self.theirs) if self.theirs else None,
            "round": str(self.round_id) if self.round_id else None,
            "seed": self.seed,
            "starts_in_ms": int(self.starts_in.total_seconds() * 1000)
            if self.starts_in is not None
            else None,
            "outcome": self.outcome,
            "rematch": str(self.rematch_id) if self.rematch_id else None,
        }


def marker(duel_id: UUID) -> str:
    """What stands in ``GameRound.against`` of a duel's rounds; no public code of a recording looks like it."""
    return f"{_MARK}{duel_id.hex}"


def duel_of(it: GameRound) -> UUID | None:
    """The duel that the round belongs to."""
    return UUID(it.against.removeprefix(_MARK)) if it.against and it.against.startswith(_MARK) else None


def look(db: Session, *, duel_id: UUID, member_id: UUID, now: datetime) -> Look:
    """The duel as the member sees it; who looks right after its end need not wait until it is settled."""
    there = _seats_by(db, duel_id, now)
    mine = there.mine(member_id)
    theirs = there.opposite(mine)
    names = member.names_of(db, [side.member_id for side in there.sides])
    stored = dict(
        db.execute(
            select(DuelBatch.no, func.max(DuelBatch.seq))
            .where(DuelBatch.duel_id == duel_id)
            .group_by(DuelBatch.no)
        )
        .tuples()
        .all()
    )

    def seat(side: DuelSide) -> Seat:
        return Seat(
            name=names.get(side.member_id, ""),
            is_ready=side.ready_at is not None,
            gone=_gone(db, there, side),
            score=side.score,
            seq=stored.get(side.no, 0),
        )

    duel = there.duel
    return Look(
        duel_id=duel.id,
        campaign_id=duel.campaign_id,
        version=duel.version,
        game=duel.game,
        state=duel.state,
        is_open=duel.waits_until is not None,
        mine=seat(mine),
        theirs=seat(theirs) if theirs else None,
        round_id=mine.round_id,
        seed=duel.seed,
        starts_in=duel.starts_at - now if duel.starts_at else None,
        outcome=_outcome(duel, mine),
        rematch_id=db.scalar(select(Duel.id).where(Duel.rematch_of == duel_id, Duel.state != "void")),
    )


def host(db: Session, *, duel_id: UUID, member_id: UUID | None) -> tuple[UUID, bool]:
    """Who invites to the duel, and whether the member sits in it already."""
    there = seats(db, duel_id, lock=False)
    return there.sides[0].member_id, any(side.member_id == member_id for side in there.sides)


def finish(db: Session, it: GameRound, score: games.Score, *, now: datetime) -> bool:
    """Take the result of one side, whose round is locked; false if its recording is a copy of the other's.

    If the other's is the copy, that one no longer counts, and where nobody can tell, neither does. Both results may
    arrive at once: the duel's own lock puts one after the other, and the second one decides.
    """
    duel_id = duel_of(it)
    assert duel_id is not None  # noqa: S101 - only rounds of duels come here
    there = seats(db, duel_id)
    side = there.mine(it.member_id)
    other = there.opposite(side)
    void = uncounted(db, it, side, other) if other and there.duel.state == "running" else ()
    copied = void == (side,)
    if copied:
        side.left_at = now
    else:
        side.score, side.tie, side.flagged, side.finished_at = score.value, score.tie, bool(score.flags), now
        for one in void:
            one.flagged = True
    decide(db, there, now)
    db.flush()
    there.tell(db, now)
    return not copied


def decide(db: Session, there: Seats, now: datetime) -> None:
    """Name the winner as soon as nothing can change any more; who handed in nothing in time has lost.

    What was relayed has then been seen, and goes.
    """
    duel = there.duel
    if duel.state != "running":
        return
    late = duel.ends_at is not None and now > duel.ends_at
    if any(not side.finished_at and not side.left_at for side in there.sides) and not late:
        one_is_through = any(side.finished_at for side in there.sides)
        one_has_left = any(side.left_at for side in there.sides)
        if not (one_is_through and one_has_left):
            return
    db.execute(delete(DuelBatch).where(DuelBatch.duel_id == duel.id))
    honest = [side for side in there.sides if side.finished_at and not side.flagged]
    duel.state = "over" if honest else "void"
    if len(honest) == 1:
        duel.winner = honest[0].no
    elif honest:
        first, second = honest
        if beats(duel.game, _made(first), _made(second)):
            duel.winner = first.no
        elif beats(duel.game, _made(second), _made(first)):
            duel.winner = second.no


def settle_late(db: Session, *, now: datetime, limit: int = 20) -> int:
    """Decide duels whose time is over and at which nobody looks any more; how many that was."""
    late = db.scalars(
        select(Duel.id)
        .where(Duel.state == "running", Duel.ends_at < now)
        .order_by(Duel.ends_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    decided = 0
    for duel_id in late:
        with apart(db, f"settling duel {duel_id}"):
            decide(db, seats(db, duel_id), now)
            db.flush()
            decided += 1
    return decided


def _made(side: DuelSide) -> tuple[int, int]:
    return side.score or 0, side.tie or 0


def _outcome(duel: Duel, mine: DuelSide) -> str | None:
    if duel.state == "void":
        return "void"
    if duel.state != "over":
        return None
    if duel.winner is None:
        return "drawn"
    return "won" if duel.winner == mine.no else "lost"


def _seats_by(db: Session, duel_id: UUID, now: datetime) -> Seats:
    """The duel as it stands ``now``: what is due by the time alone is done first."""
    there = seats(db, duel_id, lock=False)
    overdue = there.duel.state == "running" and there.duel.ends_at and now > there.duel.ends_at
    if overdue or _is_in_vain(there, now):
        there = seats(db, duel_id)
        decide(db, there, now)
        if _is_in_vain(there, now):
            there.duel.state = "void"
            there.tell(db, now)
        db.flush()
    return there


def _is_in_vain(there: Seats, now: datetime) -> bool:
    """Whether one of two has been ready for so long that the other one will not come."""
    since = [side.ready_at for side in there.sides if side.ready_at]
    return (
        there.duel.state == "waiting" and len(there.sides) == 2 and any(now > at + PATIENCE for at in since)
    )


def _gone(db: Session, there: Seats, side: DuelSide) -> str | None:
    """Why the side cannot win; a recording that was refused leaves the side as if it had left."""
    duel = there.duel
    if side.flagged:
        return "uncounted"
    if side.finished_at:
        return None
    it = db.get(GameRound, (side.member_id, side.round_id)) if side.round_id else None
    if it is not None and it.state == "refused" and it.reason != "round_expired":
        return "uncounted"
    if side.left_at:
        return "left"
    if duel.state == "void" and not duel.seed and not any(one.left_at for one in there.sides):
        return None if side.ready_at else "absent"
    return "late" if duel.seed and duel.state in ("over", "void") else None


def _told(seat: Seat) -> dict[str, Any]:
    return {
        "name": seat.name,
        "ready": seat.is_ready,
        "gone": seat.gone,
        "score": seat.score,
        "seq": seat.seq,
    }
