"""A game that asks, over HTTP: one call hands out a question, one brings the answer and tells the right one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Response, jsonify, request

import campaigns
from center_core.kit import N_, Refused
from scrm.engine import engine
from scrm.fronts.i18n import language
from scrm.fronts.identity import member_required, same_origin
from scrm.fronts.limits import caller_member, limiter
from scrm.fronts.web import db, now

from .front import blueprint, my_id


@blueprint.post("/c/<slug>/rounds/<uuid:round_id>/questions/<int:no>")
@same_origin
@member_required
@limiter.limit("120/minute", key_func=caller_member)
def ask_question(slug: str, round_id: UUID, no: int) -> Response:
    """Hand out question ``no``, and start its clock. Asked again, it is the same question with less time."""
    asking = campaigns.ask_question(
        db(), engine().live(slug), member_id=my_id(), round_id=round_id, no=no, now=now()
    )
    return as_asked(asking)


def as_asked(asking: campaigns.Asking) -> Response:
    """A question as the frame reads it."""
    return jsonify(
        no=asking.no,
        of=asking.of,
        question=asking.posed.question.ask[language()],
        options=asking.posed.options(language()),
        limit_ms=_milliseconds(asking.limit),
        left_ms=_milliseconds(asking.left),
        score=asking.score,
        streak=asking.streak,
    )


@blueprint.post("/c/<slug>/rounds/<uuid:round_id>/questions/<int:no>/answer")
@same_origin
@member_required
@limiter.limit("120/minute", key_func=caller_member)
def answer_question(slug: str, round_id: UUID, no: int) -> Response:
    """Judge an answer. The same one again gets the same judgement, so this needs no stored answer."""
    judged = campaigns.answer(
        db(),
        engine().live(slug),
        member_id=my_id(),
        round_id=round_id,
        no=no,
        choice=chosen(request.get_json()),
        now=now(),
    )
    return as_judged(judged)


def as_judged(judged: campaigns.Judged) -> Response:
    """What became of an answer, as the frame reads it."""
    return jsonify(
        choice=judged.choice,
        right=judged.posed.right,
        because=judged.posed.question.because[language()],
        points=judged.points,
        score=judged.score,
        streak=judged.streak,
        is_last=judged.is_last,
    )


def chosen(body: Any) -> int | None:
    """Which of the four; null is none in time."""
    choice = body.get("choice", -1) if isinstance(body, dict) else -1
    if choice is None or (type(choice) is int and 0 <= choice <= 3):
        return choice
    raise Refused("bad_input", N_("This request could not be read."), field="choice")


def _milliseconds(span: timedelta) -> int:
    return int(span.total_seconds() * 1000)
