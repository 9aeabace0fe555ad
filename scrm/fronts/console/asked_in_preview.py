"""A round of a game that asks, tried in the editor: judged for real, and remembered by the browser alone.

What was asked and when stands in a signed cookie that only these addresses get; the server keeps nothing. Nobody is
refused a second question or a late answer, since nothing is to be won.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from campaigns import Asking, Judged
from center_core.kit import N_, NotFound
from games import Game, Score
from games.asked import Answered, Posed, judge, limit, posed, streak_of, total
from scrm.fronts.web import over_tls

COOKIE = "tried_questions"
LASTS = timedelta(minutes=15)
NO_ROUND = NotFound("round_unknown", N_("There is no such round."))


class Put(NamedTuple):
    """A question that was handed out, in milliseconds; until it is answered it ``took`` none."""

    asked_at: int
    took: int | None = None
    points: int = 0


class Tried(NamedTuple):
    """A round under way: its seed, and its questions so far."""

    seed: str
    put: list[Put]

    @property
    def score(self) -> int:
        return sum(one.points for one in self.put)

    def streak(self, before: int) -> int:
        """How many right answers in a row there were before question ``before``."""
        return streak_of(one.points for one in self.put[: before - 1])

    def keep(self, answer: Response) -> Response:
        """Give the browser what it has to remember."""
        answer.set_cookie(
            COOKIE,
            _signer().dumps(self),
            max_age=LASTS,
            path=request.path.rpartition("/preview/")[0],
            secure=over_tls(),
            httponly=True,
            samesite="Strict",
        )
        return answer


def ask(game: Game, config: dict[str, Any], seed: str, no: int, now: datetime) -> tuple[Tried, Asking]:
    """Hand out question ``no`` of the round, the first of which begins it."""
    questions = posed(game, config, seed)
    tried = _tried(seed) if no > 1 else Tried(seed, [])
    _check(no, min(len(tried.put) + 1, len(questions)))
    tried.put[no - 1 :] = [Put(_milliseconds(now))]
    longest = limit(game, config)
    asking = Asking(
        no, len(questions), questions[no - 1], longest, longest, score=tried.score, streak=tried.streak(no)
    )
    return tried, asking


def answer(
    game: Game, config: dict[str, Any], seed: str, no: int, choice: int | None, now: datetime
) -> tuple[Tried, Judged]:
    """Judge the answer to question ``no``."""
    questions, tried = posed(game, config, seed), _tried(seed)
    _check(no, min(len(tried.put), len(questions)))
    question: Posed = questions[no - 1]
    asked_at = tried.put[no - 1].asked_at
    took = max(_milliseconds(now) - asked_at, 0)
    found = judge(
        question,
        choice,
        took=timedelta(milliseconds=took),
        limit=limit(game, config),
        streak=tried.streak(no),
    )
    tried.put[no - 1] = Put(asked_at, took, found.points)
    is_last = no == len(questions)
    judged = Judged(
        no, question, choice, found.points, score=tried.score, streak=tried.streak(no + 1), is_last=is_last
    )
    return tried, judged


def answered(game: Game, config: dict[str, Any], seed: str) -> Score:
    """The score of the round."""
    longest = limit(game, config)
    answers = [
        Answered(one.points, timedelta(milliseconds=one.took), longest)
        for one in _tried(seed).put
        if one.took is not None
    ]
    return total(answers, game.rules_version)


def _tried(seed: str) -> Tried:
    try:
        kept, put = _signer().loads(request.cookies.get(COOKIE, ""))
    except (BadSignature, ValueError):
        raise NO_ROUND from None
    if kept != seed:
        raise NO_ROUND
    return Tried(seed, [Put(*one) for one in put])


def _check(no: int, most: int) -> None:
    if not 1 <= no <= most:
        raise NO_ROUND


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=COOKIE)


def _milliseconds(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp() * 1000)
