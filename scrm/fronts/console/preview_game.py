"""The games of a draft on the editor's phone: the very pages, with the draft's dress, played for nothing.

Draws are made by the draft's odds and rounds are judged by the referee, but nothing is written and nobody wins.
"""

import base64
import binascii
import secrets
from typing import Any
from uuid import UUID

from flask import Response, jsonify, render_template, request, url_for

import campaigns
import games
from campaigns import Live
from campaigns.definition import PPM, GameChoice
from center_core.kit import N_, Refused
from scrm.fronts.club.play import page_of
from scrm.fronts.identity import same_origin
from scrm.fronts.lean import lean
from scrm.fronts.web import db

from .asked_in_preview import NO_ROUND, answered
from .front import blueprint, for_brand
from .preview import NO_HASH_YET, shown_draft

CHANCES = 99


@blueprint.get("/campaigns/<uuid:campaign_id>/preview/<any(draw, challenge):part>")
@for_brand("campaign.view")
def preview_game(campaign_id: UUID, part: str) -> str:
    """The page on which one plays."""
    campaign = campaigns.campaign(db(), campaign_id)
    live = _live(campaign)
    choice = _choice(live, part) if live else None
    game = games.discover().get(choice.slug) if choice else None
    if live is None or choice is None or game is None:
        return render_template("console/editor/no_preview.html")
    rounds = url_for("console.preview_round", campaign_id=campaign_id)
    urls = {
        "plays": url_for("console.preview_draw", campaign_id=campaign_id),
        "play": url_for("console.preview_game", campaign_id=campaign_id, part="draw"),
        "rounds": rounds,
        "result": f"{rounds}/ROUND/result",
        "questions": f"{rounds}/ROUND/questions/NO",
    }
    return page_of(live, game, game.mended(choice.config), campaigns.Chances(CHANCES, 0, None), urls=urls)


@blueprint.post("/campaigns/<uuid:campaign_id>/preview/plays")
@lean
@same_origin
@for_brand("campaign.view")
def preview_draw(campaign_id: UUID) -> Response:
    """A draw by the draft's odds, as if every prize were still there."""
    live = _live(campaigns.campaign(db(), campaign_id))
    if live is None:
        raise Refused("draft_not_shown", N_("This draft cannot be shown yet."))
    drawn, prize = secrets.randbelow(PPM), live.definition.fallback
    for candidate in live.definition.prizes:
        if not candidate.fallback:
            drawn -= candidate.odds_ppm
            if drawn < 0:
                prize = candidate
                break
    return jsonify(
        prize=live.shown[prize.no],
        unit_no=None,
        n=1,
        chances_left=CHANCES,
        points=prize.points,
        play_id=secrets.token_hex(8),
        coupon_id=None,
        receipt="",
        replayed=False,
    )


@blueprint.post("/campaigns/<uuid:campaign_id>/preview/rounds")
@lean
@same_origin
@for_brand("campaign.view")
def preview_round(campaign_id: UUID) -> Response:
    """A round that is nowhere remembered: its seed is its name."""
    game, config = tried_challenge(campaign_id)
    seed = games.new_seed()
    return jsonify(round=seed, seed=seed, config=game.shown(config), deadline=None)


@blueprint.post("/campaigns/<uuid:campaign_id>/preview/rounds/<seed>/result")
@lean
@same_origin
@for_brand("campaign.view")
def preview_result(campaign_id: UUID, seed: str) -> Response:
    """The score that the referee counts, or that the answers made; it goes to no leaderboard."""
    game, config = tried_challenge(campaign_id)
    if not games.is_seed(seed):
        raise NO_ROUND
    if game.asking:
        return _counted(answered(game, config, seed))
    text = str((request.get_json(silent=True) or {}).get("inputs", ""))
    try:
        inputs = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        counted = games.replay(game.slug, config=config, seed=seed, inputs=inputs)
    except (binascii.Error, games.Impossible) as impossible:
        raise Refused("round_impossible", N_("These inputs cannot be.")) from impossible
    return _counted(counted)


def _counted(counted: games.Score) -> Response:
    return jsonify(
        score={"value": counted.value, "tie": counted.tie},
        best=counted.value,
        is_best=True,
        rank=None,
        chances_granted=0,
        chances_left=CHANCES,
        flags=list(counted.flags),
    )


def _live(campaign: campaigns.Campaign) -> Live | None:
    """The draft as if it were published and running."""
    definition = shown_draft(campaign)
    if definition is None:
        return None
    return Live(
        id=campaign.id,
        slug=campaign.slug,
        type=campaign.type,
        state="running",
        revision=0,
        version=0,
        definition=definition,
        seed=bytes(32),
        seed_hash=campaign.seed_hash or NO_HASH_YET,
        revealed_at=None,
        templates={},
    )


def _choice(live: Live, part: str) -> GameChoice | None:
    challenge = live.definition.challenge
    return live.definition.game if part == "draw" else challenge.game if challenge else None


def tried_challenge(campaign_id: UUID) -> tuple[games.Game, dict[str, Any]]:
    """The game that makes a score, and its settings."""
    live = _live(campaigns.campaign(db(), campaign_id))
    choice = _choice(live, "challenge") if live else None
    game = games.discover().get(choice.slug) if choice else None
    if choice is None or game is None or game.scoring is None:
        raise Refused("not_previewed", N_("This game cannot be tried here."))
    return game, game.mended(choice.config)
