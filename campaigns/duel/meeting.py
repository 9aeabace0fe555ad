"""How two come together: by an invitation, by waiting for whoever comes, or for another round; and how they part."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, text

import games
from center_core.kit import N_, Refused, Session, local_day, uuid7
from games.catalog import TICKS_PER_SECOND

from ..entry import enter
from ..ghost import GHOSTS_PER_DAY, count_ghost
from ..live import Live
from ..models import GameRound
from ..rules import keep
from .models import Duel, DuelSide
from .seats import Seats, seats
from .verdict import decide, marker

WAITS = timedelta(seconds=20)
"""How long somebody waits for whoever comes, from the last sign of their phone."""

INVITATION = timedelta(hours=24)
COUNTDOWN = timedelta(seconds=4)
RESULT_TIME = timedelta(seconds=40)
"""Beside the game's longest round: for a slow start, and for handing in the result over a bad connection."""


def invite(db: Session, live: Live, *, member_id: UUID, now: datetime) -> Duel:
    """A duel that waits for a friend, who comes by its link."""
    _count(db, live, member_id, now)
    return _open(db, live, member_id, now, waits_until=None)


def match(db: Session, live: Live, *, member_id: UUID, now: datetime) -> Duel:
    """Sit down with somebody of this campaign who waits just now, or wait oneself. Two who come at once never get the
    same seat: each skips what the other has locked. Who waits already waits anew, so that nobody finds the old seat."""
    _count(db, live, member_id, now)
    _stand_up(db, live, member_id, now)
    waiting = db.scalar(
        select(Duel)
        .where(
            Duel.campaign_id == live.id,
            Duel.state == "waiting",
            Duel.waits_until > now,
            Duel.version == live.version,
            ~select(DuelSide)
            .where(DuelSide.duel_id == Duel.id, (DuelSide.member_id == member_id) | (DuelSide.no == 2))
            .exists(),
        )
        .order_by(Duel.created_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if waiting is None:
        return _open(db, live, member_id, now, waits_until=now + WAITS)
    return _sit_down(db, seats(db, waiting.id), member_id, now)


def accept(db: Session, live: Live, *, duel_id: UUID, member_id: UUID, now: datetime) -> Duel:
    """Take the second seat. Who has one already just comes back. Refuses ``duel_full`` and ``duel_gone``."""
    there = seats(db, duel_id)
    if there.of(member_id) is not None:
        return there.duel
    if len(there.sides) == 2:
        raise Refused("duel_full", N_("Somebody else has taken this duel up. Start one of your own."))
    if there.duel.state != "waiting" or _is_gone(there.duel, now):
        raise Refused("duel_gone", N_("This duel is over. Start one of your own."))
    _count(db, live, member_id, now)
    return _sit_down(db, there, member_id, now)


def ready(db: Session, *, duel_id: UUID, member_id: UUID, now: datetime) -> UUID | None:
    """The member's phone has loaded the game. When both have, the seed is drawn and the countdown begins.

    Gives back who else should know, if there is somebody and it is news.
    """
    there = seats(db, duel_id)
    side = there.mine(member_id)
    if there.duel.state != "waiting":
        return None
    side.ready_at = side.ready_at or now
    if len(there.sides) == 2 and all(one.ready_at for one in there.sides):
        _start(db, there, now)
    db.flush()
    other = there.opposite(side)
    return other.member_id if other else None


def leave(db: Session, *, duel_id: UUID, member_id: UUID, now: datetime) -> None:
    """Give up: a duel that has not begun is void, one that runs goes to the other, if they finish it."""
    there = seats(db, duel_id)
    side = there.mine(member_id)
    if there.duel.state not in ("waiting", "running") or side.finished_at or side.left_at:
        return
    side.left_at = now
    if there.duel.state == "waiting":
        there.duel.state = "void"
    else:
        decide(db, there, now)
    db.flush()
    there.tell(db, now)
    if there.duel.rematch_of is not None:
        seats(db, there.duel.rematch_of, lock=False).tell(db, now)  # Where it was offered.


def rematch(db: Session, live: Live, *, duel_id: UUID, member_id: UUID, now: datetime) -> Duel:
    """The same two again. Whoever asks first opens it, the other comes to it; asking twice is asking once.

    One that came to nothing does not stand in the way of the next.
    """
    before = seats(db, duel_id)
    before.mine(member_id)
    if before.duel.state not in ("over", "void"):
        raise Refused("duel_running", N_("This duel is not over yet."))
    if len(before.sides) < 2:
        return invite(db, live, member_id=member_id, now=now)
    again = db.scalar(select(Duel).where(Duel.rematch_of == duel_id).with_for_update())
    if again is not None and not _is_gone(again, now):
        return accept(db, live, duel_id=again.id, member_id=member_id, now=now)
    if again is not None:
        again.state = "void"
        again.rematch_of = None
        db.flush()
    _count(db, live, member_id, now)
    opened = _open(db, live, member_id, now, waits_until=None, rematch_of=duel_id)
    before.tell(db, now)
    return opened


def _open(
    db: Session,
    live: Live,
    member_id: UUID,
    now: datetime,
    *,
    waits_until: datetime | None,
    rematch_of: UUID | None = None,
) -> Duel:
    challenge = live.definition.challenge
    if challenge is None or games.game(challenge.game.slug).actions is None:
        raise Refused("duel_impossible", N_("This game cannot be played as a duel."))
    duel = Duel(
        id=uuid7(),
        campaign_id=live.id,
        version=live.version,
        game=challenge.game.slug,
        state="waiting",
        created_at=now,
        waits_until=waits_until,
        rematch_of=rematch_of,
    )
    db.add(duel)
    db.add(DuelSide(duel_id=duel.id, no=1, member_id=member_id, flagged=False))
    db.flush()
    return duel


def _is_gone(duel: Duel, now: datetime) -> bool:
    """Whether it is too late to come to it, and nobody has played it."""
    return duel.state == "void" or (duel.state == "waiting" and now > duel.created_at + INVITATION)


def _stand_up(db: Session, live: Live, member_id: UUID, now: datetime) -> None:
    """Leave where the member waits for whoever comes: a button was tapped twice, or they went back and began again.

    Counting has locked their participation, so that of two taps the second sees what the first has opened.
    """
    mine = (
        select(Duel.id)
        .where(
            Duel.campaign_id == live.id,
            Duel.state == "waiting",
            Duel.waits_until.is_not(None),
            Duel.created_at > now - INVITATION,
            select(DuelSide).where(DuelSide.duel_id == Duel.id, DuelSide.member_id == member_id).exists(),
        )
        .order_by(Duel.id)
        .with_for_update()
    )
    for duel_id in db.scalars(mine).all():
        leave(db, duel_id=duel_id, member_id=member_id, now=now)


def _sit_down(db: Session, there: Seats, member_id: UUID, now: datetime) -> Duel:
    db.add(DuelSide(duel_id=there.duel.id, no=2, member_id=member_id, flagged=False))
    there.duel.waits_until = None
    db.flush()
    there.tell(db, now)
    return there.duel


def _count(db: Session, live: Live, member_id: UUID, now: datetime) -> None:
    """A duel takes the server as long to check as a ghost race, and both share the limit of the day."""
    live.check_open(now)
    today = local_day(now, live.zone)
    if not count_ghost(db, live, member_id, today):
        enter(db, live, member_id=member_id, now=now)
        if not count_ghost(db, live, member_id, today):
            raise Refused(
                "duel_day_limit",
                N_("You have had all %(limit)s races and duels of today. Come back tomorrow."),
                limit=GHOSTS_PER_DAY,
            )


def _start(db: Session, there: Seats, now: datetime) -> None:
    """Draw the seed only now, so that nobody knew it earlier, and open a round for each side."""
    duel, game = there.duel, games.game(there.duel.game)
    keep(db, game, now)
    duel.state, duel.seed, duel.waits_until = "running", games.new_seed(), None
    duel.starts_at = now + COUNTDOWN
    duel.ends_at = duel.starts_at + timedelta(seconds=game.max_ticks / TICKS_PER_SECOND) + RESULT_TIME
    # In the order of members, as everything that locks several of them.
    for side in sorted(there.sides, key=lambda side: side.member_id):
        side.round_id = uuid7()
        db.add(
            GameRound(
                member_id=side.member_id,
                id=side.round_id,
                campaign_id=duel.campaign_id,
                idempotency_key=marker(duel.id),
                version=duel.version,
                game=duel.game,
                seed=duel.seed,
                started_at=duel.starts_at,
                deadline=duel.ends_at,
                state="open",
                flags=[],
                rules_version=game.rules_version,
                chances=0,
                against=marker(duel.id),
            )
        )


def still_here(db: Session, duel_id: UUID, now: datetime) -> None:
    """A sign from the phone of somebody who waits for whoever comes."""
    db.execute(
        text("""
            update duel set waits_until = :until
             where id = :duel and state = 'waiting' and waits_until is not null
        """),
        {"until": now + WAITS, "duel": duel_id},
    )
