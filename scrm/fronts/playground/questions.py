"""Questions of a game that asks, put and judged for real; only who answers, and how late, is never refused."""

from datetime import UTC, datetime

from flask import Blueprint, Response, request

from campaigns import Asking, Judged
from games.asked import Answered, judge, limit, posed, streak_of
from scrm.fronts.club.questions import as_asked, as_judged

from .workshop import Put, workshop

blueprint = Blueprint("questions", __name__)


def answers_of(round_id: str) -> list[Answered]:
    """How the questions of a round ended."""
    return [put.judged for put in workshop().put[round_id] if put.judged]


@blueprint.post("/c/<slug>/rounds/<round_id>/questions/<int:no>")
def ask(slug: str, round_id: str, no: int) -> Response:
    """Hand out question ``no``."""
    game, (seed, config) = workshop().game, workshop().rounds[round_id]
    drawn, put = posed(game, config, seed), workshop().put.setdefault(round_id, [])
    put[no - 1 :] = [Put(datetime.now(UTC))]
    longest = limit(game, config)
    return as_asked(
        Asking(no, len(drawn), drawn[no - 1], longest, longest, score=_score(put), streak=_streak(put[:-1]))
    )


@blueprint.post("/c/<slug>/rounds/<round_id>/questions/<int:no>/answer")
def answer(slug: str, round_id: str, no: int) -> Response:
    """Judge the answer to question ``no``."""
    game, (seed, config) = workshop().game, workshop().rounds[round_id]
    drawn, put = posed(game, config, seed), workshop().put[round_id]
    took, longest = datetime.now(UTC) - put[no - 1].asked_at, limit(game, config)
    choice = request.get_json()["choice"]
    judged = judge(drawn[no - 1], choice, took=took, limit=longest, streak=_streak(put[: no - 1]))
    put[no - 1].judged = judged
    return as_judged(
        Judged(
            no,
            drawn[no - 1],
            choice,
            judged.points,
            score=_score(put),
            streak=_streak(put),
            is_last=no == len(drawn),
        )
    )


def _score(put: list[Put]) -> int:
    return sum(one.judged.points for one in put if one.judged)


def _streak(put: list[Put]) -> int:
    return streak_of(one.judged.points if one.judged else 0 for one in put)
