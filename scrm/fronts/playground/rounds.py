"""What the game's page asks the server for, answered without a database: draws as wished, rounds judged for real."""

import base64
import time

from flask import Blueprint, Response, jsonify, request

import games
from games.asked import total

from .questions import answers_of
from .samples import sample
from .stage import CHANCES, campaign_of, config_of
from .workshop import workshop

blueprint = Blueprint("club", __name__)
"""Named as the club's own, so that the page finds its addresses here."""

SECONDS_OF_A_SLOW_DRAW = 4
_tried: set[str] = set()


@blueprint.post("/c/<slug>/plays")
def plays(slug: str) -> Response:
    """The prize that was wished for, over the connection that was wished for."""
    connection = request.args.get("connection")
    if connection == "slow":
        time.sleep(SECONDS_OF_A_SLOW_DRAW)
    if connection == "none" or (connection == "lost" and _first_try(request.headers["Idempotency-Key"])):
        # For the frame this is as good as no answer: it asks again under the same key.
        return Response(status=503)
    live = campaign_of(workshop().game, request.args)
    serial = time.time_ns() // 1000
    wished = request.args.get("prize", type=int) or 1 + serial % len(live.definition.prizes)
    prize = live.definition.prize(wished)
    return jsonify(
        prize=live.shown[prize.no],
        unit_no=None,
        n=serial % 1000,
        chances_left=CHANCES,
        points=prize.points,
        play_id=str(serial),
        coupon_id=None,
        receipt="",
        replayed=False,
    )


def _first_try(key: str) -> bool:
    first = key not in _tried
    _tried.add(key)
    return first


@blueprint.get("/pictures/<key>.webp")
def brought_picture(key: str) -> Response:
    """A sample where a brand's own picture would be."""
    drawn = sample(workshop().game, key)
    return Response(drawn, content_type="image/svg+xml") if drawn else Response(status=404)


@blueprint.post("/c/<slug>/rounds")
def start_round(slug: str) -> Response:
    """A round with the seed that was wished for, or with any."""
    wished = request.args.get("seed", "")
    seed = wished if games.is_seed(wished) else games.new_seed()
    config = config_of(workshop().game, request.args)
    round_id = games.new_seed()
    workshop().rounds[round_id] = (seed, config)
    return jsonify(round=round_id, seed=seed, config=config, deadline=None)


@blueprint.post("/c/<slug>/rounds/<round_id>/result")
def finish_round(slug: str, round_id: str) -> Response:
    """What the referee says, and what it cost him. There is no clock to run against: here time is ours."""
    seed, config = workshop().rounds[round_id]
    if workshop().game.asking:
        return _counted(total(answers_of(round_id), ""), b"", 0.0)
    text = request.get_json()["inputs"]
    inputs = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_")
    began = time.thread_time()
    try:
        counted = games.replay(workshop().slug, config=config, seed=seed, inputs=inputs)
    except games.Impossible as impossible:
        answer = jsonify(key=impossible.key, detail=str(impossible), **impossible.reasons)
        answer.status_code = 409
        return answer
    return _counted(counted, inputs, time.thread_time() - began)


def _counted(counted: games.Score, inputs: bytes, seconds: float) -> Response:
    return jsonify(
        score={"value": counted.value, "tie": counted.tie},
        best=counted.value,
        is_best=True,
        rank=None,
        chances_granted=0,
        chances_left=0,
        flags=list(counted.flags),
        cost={"ms": round(seconds * 1000, 1), "bytes": len(inputs)},
    )
