"""The questions of a draft's quiz on the editor's phone, one call for each as in the club."""

from typing import Any
from uuid import UUID

from flask import Response, request

import games
from scrm.fronts.club.questions import as_asked, as_judged, chosen
from scrm.fronts.identity import same_origin
from scrm.fronts.lean import lean
from scrm.fronts.web import now

from . import asked_in_preview
from .asked_in_preview import NO_ROUND
from .front import blueprint, for_brand
from .preview_game import tried_challenge

ROUND = "/campaigns/<uuid:campaign_id>/preview/rounds/<seed>"


@blueprint.post(f"{ROUND}/questions/<int:no>")
@lean
@same_origin
@for_brand("campaign.view")
def preview_question(campaign_id: UUID, seed: str, no: int) -> Response:
    """Hand out question ``no``."""
    tried, asking = asked_in_preview.ask(*_round(campaign_id, seed), no, now())
    return tried.keep(as_asked(asking))


@blueprint.post(f"{ROUND}/questions/<int:no>/answer")
@lean
@same_origin
@for_brand("campaign.view")
def preview_answer(campaign_id: UUID, seed: str, no: int) -> Response:
    """Judge the answer, and tell the right one."""
    choice = chosen(request.get_json(silent=True))
    tried, judged = asked_in_preview.answer(*_round(campaign_id, seed), no, choice, now())
    return tried.keep(as_judged(judged))


def _round(campaign_id: UUID, seed: str) -> tuple[games.Game, dict[str, Any], str]:
    game, config = tried_challenge(campaign_id)
    if game.asking is None or not games.is_seed(seed):
        raise NO_ROUND
    return game, config, seed
