"""Rounds of skill games: the server gives seed and start, and counts only the score that it computed itself."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, text

import games
from center_core import member
from center_core.kit import N_, NotFound, Refused, Session, local_day, uuid7

from . import asking, duel, friends, rules
from .board import Board, Standing, boards_of, low_is_good
from .chances import chances_left
from .counted import count
from .definition import Challenge
from .entry import enter
from .ghost import GHOSTS_PER_DAY, Race, beats, count_ghost, ghost, is_copy
from .live import Live
from .models import GameRound, Participation
from .recording import Recording, challenge_of, recording

ON_ITS_WAY = timedelta(minutes=1)
"""How long the page of a round may take to load, and its result to arrive, over a line that drops."""


@dataclass(frozen=True)
class RoundResult:
    """A counted round. ``chances_granted`` is what this round earned, ``chances_left`` all the member has.

    ``standing`` is its place on ``boards``, of which a flagged round and a ghost race have none. ``code`` is the
    round's public name. ``race`` is how a ghost race ended.
    """

    round_id: UUID
    score: int
    tie: int
    is_best: bool
    best_score: int
    best_tie: int
    best_at: datetime
    chances_granted: int
    chances_left: int
    flags: tuple[str, ...]
    replayed: bool
    code: str | None
    standing: Standing
    boards: tuple[Board, ...]
    race: Race | None
    duel_id: UUID | None


def start_round(
    db: Session, live: Live, *, member_id: UUID, key: str, now: datetime, against: str | None = None
) -> GameRound:
    """Open a round: its seed, and the deadline for its result. The same ``key`` gives the same round again.

    ``against`` is the code of a recording to race: the round then has its seed and settings, and earns nothing.
    """
    live.check_open(now)
    challenge = _challenge(live)
    known = db.scalar(
        select(GameRound).where(
            GameRound.member_id == member_id,
            GameRound.campaign_id == live.id,
            GameRound.idempotency_key == key,
        )
    )
    if known is not None:
        return known
    rival = ghost(db, live, code=against) if against is not None else None
    _take_one_of_today(db, live, challenge, member_id, now, rival)
    game = rival.played if rival else games.game(challenge.game.slug)
    rules.keep(db, game, now)
    it = GameRound(
        member_id=member_id,
        id=uuid7(),
        campaign_id=live.id,
        idempotency_key=key,
        version=rival.version if rival else live.version,
        game=game.slug,
        seed=rival.seed if rival else games.new_seed(),
        started_at=now,
        deadline=now + game.patience,
        state="open",
        flags=[],
        rules_version=game.rules_version,
        chances=0,
        against=against,
    )
    db.add(it)
    db.flush()
    return it


def finish_round(
    db: Session,
    live: Live,
    *,
    member_id: UUID,
    round_id: UUID,
    inputs: bytes,
    now: datetime,
    pauses: int = 0,
    idle: timedelta | None = None,
) -> RoundResult:
    """Replay the recorded inputs and count the score they make. ``pauses`` is how often the round stood still.

    ``idle`` is how long, by its own word, the phone did not play since the round was started.

    The same inputs again replay the stored result. Refuses ``round_unknown`` (also somebody else's), ``round_over``
    (other inputs for a finished round), ``round_expired``, ``round_after_end`` (what was begun before the campaign's
    end may be played to its own, without a pause), ``round_rules_changed``, and whatever the game finds impossible; a
    refused round stays refused, which is why these refusals keep what they wrote.
    """
    it = db.scalar(
        select(GameRound)
        .where(GameRound.member_id == member_id, GameRound.id == round_id, GameRound.campaign_id == live.id)
        .with_for_update()
    )
    if it is None:
        raise NotFound("round_unknown", N_("There is no such round."))
    if games.game(it.game).asking is not None:
        inputs = b""  # Its answers were judged when they came; nothing that is sent now matters.
    if it.state == "scored" and it.inputs == inputs:
        return _result(db, live, it, replayed=True, is_best=False, now=now)
    if it.state != "open":
        raise Refused("round_over", N_("The result of this round was handed in already."))
    it.finished_at, it.inputs = now, inputs
    if now > it.deadline:
        _refuse(db, it, "round_expired")
        raise Refused("round_expired", N_("The result arrived too late to count."), keep=True)
    played = rules.game_by(db, it.game, it.rules_version)
    last = it.started_at + games.game(it.game).longest + ON_ITS_WAY
    if it.against is None and live.phase(now) == "over" and now > last:
        _refuse(db, it, "round_after_end")
        raise Refused(
            "round_after_end",
            N_("The campaign ended before this round did, so that it does not count any more."),
            keep=True,
        )
    if played is None:
        # The phone played by rules that nobody kept; ours would make another score.
        _refuse(db, it, "round_rules_changed")
        raise Refused(
            "round_rules_changed",
            N_("The game was renewed while you played, so this round cannot count. Please play again."),
            keep=True,
        )
    challenge = challenge_of(db, live, it.version)
    try:
        score = _score(db, it, played, challenge, pauses=pauses, idle=idle, now=now)
    except games.Impossible as impossible:
        it.inputs = inputs[: games.game(it.game).max_input_bytes]
        _refuse(db, it, impossible.key)
        raise Refused(impossible.key, impossible.text, keep=True, **impossible.reasons) from impossible
    if duel.duel_of(it) is not None:
        _finish_duel(db, it, score, now)
        return _result(db, live, it, replayed=False, is_best=False, now=now)
    if it.against is not None:
        _finish_race(db, live, it, score, now)
        return _result(db, live, it, replayed=False, is_best=False, now=now)
    is_best = count(db, live, it, challenge, score, now)
    return _result(db, live, it, replayed=False, is_best=is_best, now=now)


def _score(
    db: Session,
    it: GameRound,
    played: games.Game,
    challenge: Challenge,
    *,
    pauses: int,
    idle: timedelta | None,
    now: datetime,
) -> games.Score:
    """What the round made: from its recording, or from the answers that were judged when they came."""
    if played.asking is not None:
        return asking.total(db, it, played, challenge.game.config)
    return games.replay(
        played,
        config=challenge.game.config,
        seed=it.seed,
        inputs=it.inputs or b"",
        elapsed=now - it.started_at,
        pauses=pauses,
        idle=idle,
    )


def _finish_race(db: Session, live: Live, it: GameRound, score: games.Score, now: datetime) -> None:
    """Say who won against the ghost. A race earns nothing, for its seed was known before; see docs/adr/0011."""
    rival = recording(db, live, code=it.against or "")
    if is_copy(it.game, it.inputs or b"", rival.inputs):
        _refuse(db, it, "round_copied")
        raise Refused(
            "round_copied", N_("This round repeats the recording that it was to race against."), keep=True
        )
    it.state, it.score, it.tie, it.flags = "scored", score.value, score.tie, list(score.flags)
    it.beaten = not score.flags and beats(it.game, (score.value, score.tie), (rival.score, rival.tie))
    friends.raced(db, live, member_id=it.member_id, challenger_id=rival.member_id, beaten=it.beaten, now=now)
    db.flush()


def _finish_duel(db: Session, it: GameRound, score: games.Score, now: datetime) -> None:
    """Hand the score to the duel. Like a race it earns nothing, for two know the seed; see docs/adr/0013."""
    it.state, it.score, it.tie, it.flags = "scored", score.value, score.tie, list(score.flags)
    if not duel.finish(db, it, score, now=now):
        _refuse(db, it, "round_copied")
        raise Refused("round_copied", N_("This round repeats what the other one played."), keep=True)


def _challenge(live: Live) -> Challenge:
    if live.definition.challenge is None:
        raise NotFound("challenge_unknown", N_("This campaign has no skill game."))
    return live.definition.challenge


def _take_one_of_today(
    db: Session, live: Live, challenge: Challenge, member_id: UUID, now: datetime, rival: Recording | None
) -> None:
    """Count the round, or the ghost race, against the limit of the day; lets newcomers take part first."""
    today = local_day(now, live.zone)
    limit = GHOSTS_PER_DAY if rival else challenge.rounds_per_day

    def counted() -> bool:
        if rival:
            return count_ghost(db, live, member_id, today)
        return _count_round(db, live, member_id, limit, today)

    if not counted():
        enter(db, live, member_id=member_id, now=now)
        if not counted():
            raise Refused(
                "round_day_limit",
                N_("You have played all %(limit)s rounds of today. Come back tomorrow."),
                limit=limit,
            )
    _settle_home(db, live, member_id)


def _settle_home(db: Session, live: Live, member_id: UUID) -> None:
    """Let the member play for the store and the guide that are theirs at the first round."""
    mine = db.get_one(Participation, (member_id, live.id), populate_existing=True)
    if mine.store_id is not None:
        return
    binding = member.guide_of(db, member_id)
    mine.staff_id = binding.staff_id if binding else None
    mine.store_id = binding.store_id if binding else member.member(db, member_id).join_store_id


def _count_round(db: Session, live: Live, member_id: UUID, limit: int, today: date) -> bool:
    """Count one more round today, in one statement; false if there is no participation yet or none is left."""
    counted = db.execute(
        text("""
            update participation
               set day_rounds = case when round_day = :today then day_rounds else 0 end + 1, round_day = :today
             where member_id = :member and campaign_id = :campaign
               and (round_day is distinct from :today or day_rounds < :limit)
            returning 1
        """),
        {"today": today, "member": member_id, "campaign": live.id, "limit": limit},
    )
    return counted.first() is not None


def _refuse(db: Session, it: GameRound, reason: str) -> None:
    it.state, it.reason = "refused", reason
    db.flush()


def _result(
    db: Session, live: Live, it: GameRound, *, replayed: bool, is_best: bool, now: datetime
) -> RoundResult:
    mine = db.get_one(Participation, (it.member_id, live.id), populate_existing=True)
    assert it.score is not None  # noqa: S101 - only scored rounds have results
    assert it.tie is not None  # noqa: S101
    at = it.finished_at or now
    return RoundResult(
        round_id=it.id,
        score=it.score,
        tie=it.tie,
        is_best=is_best or mine.best_round_id == it.id,
        best_score=mine.best_score if mine.best_score is not None else it.score,
        best_tie=mine.best_tie if mine.best_tie is not None else it.tie,
        best_at=mine.best_at or at,
        chances_granted=it.chances,
        chances_left=chances_left(db, live, member_id=it.member_id, now=now),
        flags=tuple(it.flags),
        replayed=replayed,
        code=it.code,
        standing=Standing(it.member_id, it.score, it.tie, at),
        boards=boards_of(
            live.id,
            low_is_good(it.game),
            day=local_day(at, live.zone),
            store_id=mine.store_id,
            staff_id=mine.staff_id,
        )
        if it.counts
        else (),
        race=_race(db, live, it),
        duel_id=duel.duel_of(it),
    )


def _race(db: Session, live: Live, it: GameRound) -> Race | None:
    if it.against is None or duel.duel_of(it) is not None:
        return None
    rival = recording(db, live, code=it.against)
    return Race(code=it.against, name=rival.name, score=rival.score, beaten=bool(it.beaten))
