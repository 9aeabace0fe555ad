"""Counting a round: the chances that its score earns, the personal bests, its public code."""

from datetime import datetime

from sqlalchemy import text

import games
from center_core.kit import Session, local_day, publish, random_code

from .board import low_is_good
from .definition import Challenge
from .events import RoundScored
from .live import Live
from .models import GameRound, RoundCode


def count(
    db: Session, live: Live, it: GameRound, challenge: Challenge, score: games.Score, now: datetime
) -> bool:
    """Let the round count for what ``score`` is worth; a flagged one earns nothing. Whether it is the best so far."""
    it.state, it.score, it.tie, it.flags = "scored", score.value, score.tie, list(score.flags)
    it.chances = _grant(db, live, it, challenge, score.value) if not score.flags else 0
    is_best = not score.flags and _keep_if_best(db, it, now)
    is_day_best = not score.flags and _keep_if_best_of_day(db, live, it, now)
    if not score.flags and games.game(it.game).actions is not None:
        _name(db, it)
    db.flush()
    publish(
        db,
        RoundScored(
            campaign_id=live.id,
            member_id=it.member_id,
            round_id=it.id,
            score=score.value,
            is_best=is_best,
            chances=it.chances,
            is_day_best=is_day_best,
        ),
        now=now,
    )
    return is_best


def _name(db: Session, it: GameRound) -> None:
    """Give a counted round the public code under which it can be watched, raced and shown."""
    it.code = random_code()
    db.add(RoundCode(code=it.code, member_id=it.member_id, round_id=it.id, campaign_id=it.campaign_id))


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


def _keep_if_best_of_day(db: Session, live: Live, it: GameRound, now: datetime) -> bool:
    """The same for the member's best of today."""
    better = "<" if low_is_good(it.game) else ">"
    kept = db.execute(
        text(f"""
            insert into day_best as d (member_id, campaign_id, day, score, tie, at, round_id)
            values (:member, :campaign, :day, :score, :tie, :at, :round)
            on conflict (member_id, campaign_id, day) do update
               set score = excluded.score, tie = excluded.tie, at = excluded.at, round_id = excluded.round_id
             where excluded.score {better} d.score or (excluded.score = d.score and excluded.tie > d.tie)
            returning 1
        """),  # noqa: S608 - the sign is one of the two above
        {
            "score": it.score, "tie": it.tie, "at": now, "round": it.id, "day": local_day(now, live.zone),
            "member": it.member_id, "campaign": it.campaign_id,
        },
    )  # fmt: skip
    return kept.first() is not None
