"""Rounds of a game of skill over HTTP: one call starts a round, one hands in what was played."""

import base64
import binascii
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Response, jsonify, request, url_for
from sqlalchemy import event

import campaigns
import games
from campaigns import duel
from center_core.kit import N_, Refused
from scrm.engine import engine
from scrm.fronts import idempotency
from scrm.fronts.identity import current_member, member_required, same_origin
from scrm.fronts.limits import caller_member, limiter
from scrm.fronts.web import db, now

from .challenge_link import challenger_of
from .front import blueprint, my_id
from .names import shown_name, told
from .watch import as_text


def _member() -> str:
    return f"member:{current_member()}"


@blueprint.post("/c/<slug>/rounds")
@same_origin
@member_required
@limiter.limit("40/minute", key_func=caller_member)
@idempotency.idempotent(_member)
def start_round(slug: str) -> Response:
    """Give out a seed. The clock runs from here to the deadline, by our time and not the phone's.

    ``against`` names a recording to race, and ``link`` the challenge link that led to it.
    """
    live = engine().live(slug)
    mine = my_id()
    body = request.get_json()
    against = _text(body, "against")
    opened = campaigns.start_round(
        db(), live, member_id=mine, key=request.headers["Idempotency-Key"], now=now(), against=against
    )
    left = int((opened.deadline - now()).total_seconds())
    # Beside the moment how far away it is, since phones' clocks are set as people like.
    answer: dict[str, Any] = {"round": opened.id, "deadline": opened.deadline, "seconds_left": left}
    if games.game(opened.game).asking is None:
        answer["seed"] = opened.seed  # Of a game that asks it would tell the questions.
    if against is not None:
        rival = campaigns.ghost(db(), live, code=against)
        if challenger_of(_text(body, "link")) == rival.code:
            campaigns.take_up(db(), live, member_id=mine, challenger_id=rival.member_id, now=now())
        return jsonify(**answer, config=rival.config, ghost=as_text(rival.inputs))
    config = live.definition.challenge.game.config if live.definition.challenge else {}
    return jsonify(**answer, config=games.game(opened.game).shown(config))


@blueprint.post("/c/<slug>/rounds/<uuid:round_id>/result")
@same_origin
@member_required
@limiter.limit("40/minute", key_func=caller_member)
@idempotency.idempotent(_member)
def finish_round(slug: str, round_id: UUID) -> Response:
    """Take the recorded inputs and answer with the score that they make. There is no score to send."""
    live = engine().live(slug)
    mine = my_id()
    body = request.get_json()
    result = campaigns.finish_round(
        db(),
        live,
        member_id=mine,
        round_id=round_id,
        inputs=_inputs(body),
        pauses=_pauses(body),
        idle=_idle(),
        now=now(),
    )
    _place_after_commit(result)
    return jsonify(
        score={"value": result.score, "tie": result.tie},
        best=result.best_score,
        is_best=result.is_best,
        rank=_rank(live, result),
        chances_granted=result.chances_granted,
        chances_left=result.chances_left,
        flags=result.flags,
        link=url_for("club.my_link", slug=slug, code=result.code) if result.code else None,
        race=_race(result.race),
        duel=_duel(result.duel_id, mine),
    )


def _idle() -> timedelta | None:
    """How long the phone says it paused and waited: in a header, since it grows while the same body is sent again."""
    told = request.headers.get("Idle-Ms", "")
    return timedelta(milliseconds=int(told)) if re.fullmatch(r"[0-9]{1,9}", told) else None


def _place_after_commit(result: campaigns.RoundResult) -> None:
    """Whoever looks at a board after this answer finds the score on it; the outbox makes up for a crash here."""
    if not result.boards or result.replayed:
        return
    board = engine().board
    event.listen(db(), "after_commit", lambda _: board.place(result.boards, result.standing), once=True)


def _rank(live: campaigns.Live, result: campaigns.RoundResult) -> int | None:
    """The rank of the member's best score, where ranks are shown and this round could move it."""
    if not result.boards or not live.definition.leaderboard.shown:
        return None
    best = campaigns.Standing(result.standing.member_id, result.best_score, result.best_tie, result.best_at)
    return engine().board.rank(db(), campaigns.board_of(live), best)


def _race(race: campaigns.Race | None) -> dict[str, Any] | None:
    """How a ghost race ended."""
    if race is None:
        return None
    return {"name": shown_name(race.name), "score": race.score, "beaten": race.beaten}


def _duel(duel_id: UUID | None, member_id: UUID) -> dict[str, Any] | None:
    """How the duel stands that the round belonged to."""
    if duel_id is None:
        return None
    return told(duel.look(db(), duel_id=duel_id, member_id=member_id, now=now()))


def _text(body: Any, name: str) -> str | None:
    """An optional text of the body; anything else there is a mistake of the caller."""
    value = body.get(name) if isinstance(body, dict) else None
    if value is None or (isinstance(value, str) and len(value) <= 200 and value.isprintable()):
        return value
    raise Refused("bad_input", N_("This request could not be read."), field=name)


def _pauses(body: Any) -> int:
    """How often the round stood still; nothing of it where the page is older than this question."""
    value = body.get("pauses", 0) if isinstance(body, dict) else 0
    if isinstance(value, int) and value >= 0:
        return value
    raise Refused("bad_input", N_("This request could not be read."), field="pauses")


def _inputs(body: Any) -> bytes:
    """The recording, which travels as URL-safe base64 without padding."""
    text = body.get("inputs") if isinstance(body, dict) else None
    if isinstance(text, str):
        try:
            return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            pass
    raise Refused("round_inputs_junk", N_("The recording of this round cannot be read."), what="encoding")
