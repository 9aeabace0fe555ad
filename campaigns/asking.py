"""Rounds of a game that asks: one question after the other, each timed and judged here when its answer comes.

The server's clock starts when a question is first handed out, and an answer may be some time on its way
(``games.asked.GRACE``). Whatever is asked twice is answered twice alike, so that a lost connection costs no more than
the time it takes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

import games
from center_core.kit import N_, NotFound, Refused, Session
from games.asked import Answered, Posed, is_late, judge, limit, posed, streak_of

from . import rules
from .live import Live
from .models import GameRound, RoundQuestion
from .recording import challenge_of


@dataclass(frozen=True)
class Asking:
    """A question as it is put: number ``no`` of ``of``, with ``left`` of its ``limit``; ``score`` is that so far."""

    no: int
    of: int
    posed: Posed
    limit: timedelta
    left: timedelta
    score: int
    streak: int


@dataclass(frozen=True)
class Judged:
    """What became of an answer. ``choice`` none: the time was over."""

    no: int
    posed: Posed
    choice: int | None
    points: int
    score: int
    streak: int
    is_last: bool


@dataclass(frozen=True)
class _Round:
    """A round in play, locked, with the questions put so far in their order."""

    it: GameRound
    posed: tuple[Posed, ...]
    limit: timedelta
    put: list[RoundQuestion]

    def is_late(self, question: RoundQuestion, now: datetime) -> bool:
        return is_late(now - question.asked_at, self.limit)

    @property
    def score(self) -> int:
        return sum(question.points for question in self.put)

    def streak(self, before: int) -> int:
        """How many right answers in a row there were before question ``before``."""
        return streak_of(question.points for question in self.put[: before - 1])


def ask(db: Session, live: Live, *, member_id: UUID, round_id: UUID, no: int, now: datetime) -> Asking:
    """Hand out question ``no``; again, if the first time was lost on the way: its clock runs on.

    Refuses ``question_open`` while the one before may still be answered (nobody looks ahead), and ``question_unknown``.
    """
    playing = _open(db, live, member_id, round_id, now)
    put = playing.put
    if no == len(put) + 1 <= len(playing.posed):
        if put and put[-1].answered_at is None:
            if not playing.is_late(put[-1], now):
                raise Refused("question_open", N_("The question before this one is still open."))
            _close(playing, put[-1], None, now)
        put.append(RoundQuestion(member_id=member_id, round_id=round_id, no=no, asked_at=now, points=0))
        db.add(put[-1])
        db.flush()
    elif not (no == len(put) >= 1 and put[-1].answered_at is None):
        raise _unknown()
    return Asking(
        no=no,
        of=len(playing.posed),
        posed=playing.posed[no - 1],
        limit=playing.limit,
        left=max(put[-1].asked_at + playing.limit - now, timedelta()),
        score=playing.score,
        streak=playing.streak(no),
    )


def answer(
    db: Session, live: Live, *, member_id: UUID, round_id: UUID, no: int, choice: int | None, now: datetime
) -> Judged:
    """Judge the answer to question ``no``, and tell the right one. ``choice`` none says that the time ran out.

    The same answer again gets the same judgement; another one is refused with ``question_answered``.
    """
    playing = _open(db, live, member_id, round_id, now)
    if not 1 <= no <= len(playing.put):
        raise _unknown()
    question = playing.put[no - 1]
    if question.answered_at is None:
        _close(playing, question, choice, now)
        db.flush()
    elif choice != question.choice and question.choice is not None:
        raise Refused("question_answered", N_("This question was answered already."))
    return Judged(
        no=no,
        posed=playing.posed[no - 1],
        choice=question.choice,
        points=question.points,
        score=playing.score,
        streak=playing.streak(no + 1),
        is_last=no == len(playing.posed),
    )


def total(db: Session, it: GameRound, game: games.Game, config: dict[str, Any]) -> games.Score:
    """The score of a round whose questions were all put; refuses ``round_unfinished`` before that."""
    longest = limit(game, config)
    answers = [
        Answered(question.points, question.answered_at - question.asked_at, longest)
        for question in _put(db, it)
        if question.answered_at is not None
    ]
    if len(answers) < len(posed(game, config, it.seed)):
        raise Refused("round_unfinished", N_("There are still questions to answer in this round."))
    return games.asked.total(answers, game.rules_version)


def _open(db: Session, live: Live, member_id: UUID, round_id: UUID, now: datetime) -> _Round:
    """The round, locked until the answer is committed, so that two calls at once are one after the other."""
    it = db.scalar(
        select(GameRound)
        .where(GameRound.member_id == member_id, GameRound.id == round_id, GameRound.campaign_id == live.id)
        .with_for_update()
    )
    if it is None or games.game(it.game).asking is None:
        raise NotFound("round_unknown", N_("There is no such round."))
    if it.state != "open":
        raise Refused("round_over", N_("The result of this round was handed in already."))
    if now > it.deadline:
        raise Refused("round_expired", N_("The result arrived too late to count."))
    game = rules.game_by(db, it.game, it.rules_version)
    if game is None:
        raise Refused(
            "round_rules_changed",
            N_("The game was renewed while you played, so this round cannot count. Please play again."),
        )
    config = challenge_of(db, live, it.version).game.config
    return _Round(it, posed(game, config, it.seed), limit(game, config), _put(db, it))


def _put(db: Session, it: GameRound) -> list[RoundQuestion]:
    return list(
        db.scalars(
            select(RoundQuestion)
            .where(RoundQuestion.member_id == it.member_id, RoundQuestion.round_id == it.id)
            .order_by(RoundQuestion.no)
        )
    )


def _close(playing: _Round, question: RoundQuestion, choice: int | None, now: datetime) -> None:
    """Judge the answer; one that comes too late is none."""
    if playing.is_late(question, now):
        choice = None
    question.answered_at, question.choice = now, choice
    question.points = judge(
        playing.posed[question.no - 1],
        choice,
        took=now - question.asked_at,
        limit=playing.limit,
        streak=playing.streak(question.no),
    ).points


def _unknown() -> Refused:
    return Refused("question_unknown", N_("This question is not to be asked now."))
