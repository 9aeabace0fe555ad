"""The play: the one route that must stand the whole country pressing at once.

It opens no session, asks Redis nothing and renders nothing: a signed token says who plays, the process keeps the
campaign, and the batcher answers after the commit.
"""

from typing import cast
from uuid import UUID

import orjson
from flask import Response, request

from campaigns import Live, Played, receipt_code
from scrm.engine import engine
from scrm.fronts.identity import current_member, member_required, same_origin
from scrm.fronts.lean import lean
from scrm.fronts.web import now

from .front import blueprint

VOUCHERS = ("gift", "coupon")


@blueprint.post("/c/<slug>/plays")
@lean
@same_origin
@member_required
def plays(slug: str) -> Response:
    """Decide one play under its ``Idempotency-Key``; the same key gives the same answer again."""
    campaigns = engine()
    live = campaigns.live(slug)
    member_id = cast(UUID, current_member())
    played = campaigns.play(live, member_id=member_id, key=request.headers["Idempotency-Key"], now=now())
    response = Response(orjson.dumps(answer(live, played)), content_type="application/json")
    if played.replayed:
        response.headers["Idempotent-Replayed"] = "true"
    return response


def answer(live: Live, played: Played) -> dict[str, object]:
    """What the phone shows: the prize, where it is, and how to check the draw."""
    prize = live.shown[played.prize_no]
    return {
        "prize": prize,
        "unit_no": played.unit_no,
        "n": played.n,
        "chances_left": played.chances,
        "points": prize["points"],
        "play_id": played.play_id,
        # A won coupon bears the id of its play.
        "coupon_id": played.play_id if prize["kind"] in VOUCHERS else None,
        "receipt": receipt_code(played.member_id, played.play_id),
        "replayed": played.replayed,
    }
