"""Rounds of a game of skill over HTTP: one call starts a round, one hands in what was played."""

import base64
import binascii
from typing import Any
from uuid import UUID

from flask import Response, jsonify, request

import campaigns
import games
from center_core.kit import N_, Refused
from scrm.engine import engine
from scrm.fronts import idempotency
from scrm.fronts.identity import current_member, member_required, same_origin
from scrm.fronts.limits import limiter
from scrm.fronts.web import db, now

from .front import blueprint, myself


def _member() -> str:
    return f"member:{current_member()}"


@blueprint.post("/c/<slug>/rounds")
@same_origin
@member_required
@limiter.limit("40/minute")
@idempotency.idempotent(_member)
def start_round(slug: str) -> Response:
    """Give out a seed. The clock runs from here to the deadline, by our time and not the phone's."""
    live = engine().live(slug)
    key = request.headers["Idempotency-Key"]
    opened = campaigns.start_round(db(), live, member_id=myself().member_id, key=key, now=now())
    config = live.definition.challenge.game.config if live.definition.challenge else {}
    return jsonify(
        round=opened.id,
        seed=opened.seed,
        config=games.game(opened.game).configured(config),
        deadline=opened.deadline,
    )


@blueprint.post("/c/<slug>/rounds/<uuid:round_id>/result")
@same_origin
@member_required
@limiter.limit("40/minute")
@idempotency.idempotent(_member)
def finish_round(slug: str, round_id: UUID) -> Response:
    """Take the recorded inputs and answer with the score that they make. There is no score to send."""
    live = engine().live(slug)
    mine = myself().member_id
    inputs = _inputs(request.get_json())
    result = campaigns.finish_round(db(), live, member_id=mine, round_id=round_id, inputs=inputs, now=now())
    place = engine().board.place_of(db(), live, mine)
    return jsonify(
        score={"value": result.score, "tie": result.tie},
        best=result.best_score,
        is_best=result.is_best,
        rank=place.rank if place and live.definition.leaderboard.shown else None,
        chances_granted=result.chances_granted,
        chances_left=result.chances_left,
        flags=result.flags,
    )


def _inputs(body: Any) -> bytes:
    """The recording, which travels as URL-safe base64 without padding."""
    text = body.get("inputs") if isinstance(body, dict) else None
    if isinstance(text, str):
        try:
            return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            pass
    raise Refused("round_inputs_junk", N_("The recording of this round cannot be read."), what="encoding")
