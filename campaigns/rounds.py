"""Rounds of skill games: the server gives seed and start, and counts only the score that it computed itself."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, text

import games
from center_core.kit import N_, NotFound, Refused, Session, local_day, publish, uuid7

from .chances import chances_left
from .definition import Challenge, Definition
from .entry import enter
from .events import RoundScored
from .leaderboard import low_is_good
from .live import Live
from .models import CampaignVersion, GameRound, Participation


@dataclass(frozen=True)
class RoundResult:
    """A counted round. ``chances_granted`` is what this round earned, ``chances_left`` all the member has."""

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


def start_round(db: Session, live: Live, *, member_id: UUID, key: str, now: datetime) -> GameRound:
    """Open a round: its seed, and the deadline for its result. The same ``key`` gives the same round again."""
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
    today = local_day(now, live.zone)
    if not _count_round(db, live, member_id, challenge.rounds_per_day, today):
        enter(db, live, member_id=member_id, now=now)
        if not _count_round(db, live, member_id, challenge.rounds_per_day, today):
            raise Refused(
                "round_day_limit",
                N_("You have played all %(limit)s rounds of today. Come back tomorrow."),
                limit=challenge.rounds_per_day,
            )
    game = games.game(challenge.game.slug)
    it = GameRound(
        member_id=member_id,
        id=uuid7(),
        campaign_id=live.id,
        idempotency_key=key,
        version=live.version,
        game=game.slug,
        seed=games.new_seed(),
        started_at=now,
        deadline=now + game.patience,
        state="open",
        flags=[],
        rules_version=game.rules_version,
        chances=0,
    )
    db.add(it)
    db.flush()
    return it


def finish_round(
    db: Session, live: Live, *, member_id: UUID, round_id: UUID, inputs: bytes, now: datetime
) -> RoundResult:
    """Replay the recorded inputs and count the score they make.

    The same inputs again replay the stored result. Refuses ``round_unknown`` (also somebody else's), ``round_over``
    (other inputs for a finished round), ``round_expired``, ``round_rules_changed``, and whatever the game finds
    impossible; a refused round stays refused, which is why these refusals keep what they wrote.
    """
    it = db.scalar(
        select(GameRound)
        .where(GameRound.member_id == member_id, GameRound.id == round_id, GameRound.campaign_id == live.id)
        .with_for_update()
    )
    if it is None:
        raise NotFound("round_unknown", N_("There is no such round."))
    if it.state == "scored" and it.inputs == inputs:
        return _result(db, live, it, replayed=True, is_best=False, now=now)
    if it.state != "open":
        raise Refused("round_over", N_("The result of this round was handed in already."))
    it.finished_at, it.inputs = now, inputs
    if now > it.deadline:
        _refuse(db, it, "round_expired")
        raise Refused("round_expired", N_("The result arrived too late to count."), keep=True)
    if it.rules_version != games.game(it.game).rules_version:
        # The phone played by rules that we no longer have; theirs would make another score.
        _refuse(db, it, "round_rules_changed")
        raise Refused(
            "round_rules_changed",
            N_("The game was renewed while you played, so this round cannot count. Please play again."),
            keep=True,
        )
    challenge = _challenge_of(db, live, it.version)
    try:
        score = games.replay(
            it.game, config=challenge.game.config, seed=it.seed, inputs=inputs, elapsed=now - it.started_at
        )
    except games.Impossible as impossible:
        it.inputs = inputs[: games.game(it.game).max_input_bytes]
        _refuse(db, it, impossible.key)
        raise Refused(impossible.key, impossible.text, keep=True, **impossible.reasons) from impossible
    it.state, it.score, it.tie, it.flags = "scored", score.value, score.tie, list(score.flags)
    it.chances = _grant(db, live, it, challenge, score.value) if not score.flags else 0
    is_best = not score.flags and _keep_if_best(db, it, now)
    db.flush()
    publish(
        db,
        RoundScored(
            campaign_id=live.id,
            member_id=member_id,
            round_id=it.id,
            score=score.value,
            is_best=is_best,
            chances=it.chances,
        ),
        now=now,
    )
    return _result(db, live, it, replayed=False, is_best=is_best, now=now)


def _challenge(live: Live) -> Challenge:
    if live.definition.challenge is None:
        raise NotFound("challenge_unknown", N_("This campaign has no skill game."))
    return live.definition.challenge


def _challenge_of(db: Session, live: Live, version: int) -> Challenge:
    """The challenge as it was published when the round began: changes are for the rounds that begin after them."""
    if version == live.version:
        return _challenge(live)
    document = db.scalar(
        select(CampaignVersion.definition).where(
            CampaignVersion.campaign_id == live.id, CampaignVersion.version == version
        )
    )
    challenge = Definition.model_validate(document).challenge
    assert challenge is not None  # noqa: S101 - a round began by it
    return challenge


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


def _grant(db: Session, live: Live, it: GameRound, challenge: Challenge, score: int) -> int:
    """Give the chances that the score earns, up to what one member may be granted; how many that was."""
    lower = low_is_good(it.game)
    earned = max(
        (
            grant.chances
            for grant in challenge.grants
            if (score <= grant.reach if lower else score >= grant.reach)
        ),
        default=0,
    )
    if not earned:
        return 0
    before, after = db.execute(
        text("""
            with seen as (
                select granted from participation
                 where member_id = :member and campaign_id = :campaign for update)
            update participation p set granted = greatest(p.granted, least(p.granted + :earned, :most))
              from seen
             where p.member_id = :member and p.campaign_id = :campaign
            returning seen.granted, p.granted
        """),
        {
            "member": it.member_id, "campaign": live.id, "earned": earned, "most": challenge.granted_at_most,
        },
    ).one()  # fmt: skip
    return int(after - before)


def _keep_if_best(db: Session, it: GameRound, now: datetime) -> bool:
    """Make this round the member's best if it is; equal scores go by the tie, then the earlier one stays."""
    better = "<" if low_is_good(it.game) else ">"
    kept = db.execute(
        text(f"""
            update participation
               set best_score = :score, best_tie = :tie, best_at = :at, best_round_id = :round
             where member_id = :member and campaign_id = :campaign
               and (best_score is null or :score {better} best_score
                    or (:score = best_score and :tie > best_tie))
            returning 1
        """),  # noqa: S608 - the sign is one of the two above
        {
            "score": it.score, "tie": it.tie, "at": now, "round": it.id,
            "member": it.member_id, "campaign": it.campaign_id,
        },
    )  # fmt: skip
    return kept.first() is not None


def _result(
    db: Session, live: Live, it: GameRound, *, replayed: bool, is_best: bool, now: datetime
) -> RoundResult:
    mine = db.get_one(Participation, (it.member_id, live.id), populate_existing=True)
    assert it.score is not None  # noqa: S101 - only scored rounds have results
    assert it.tie is not None  # noqa: S101
    return RoundResult(
        round_id=it.id,
        score=it.score,
        tie=it.tie,
        is_best=is_best or mine.best_round_id == it.id,
        best_score=mine.best_score if mine.best_score is not None else it.score,
        best_tie=mine.best_tie if mine.best_tie is not None else it.tie,
        best_at=mine.best_at or it.finished_at or now,
        chances_granted=it.chances,
        chances_left=chances_left(db, live, member_id=it.member_id, now=now),
        flags=tuple(it.flags),
        replayed=replayed,
    )
