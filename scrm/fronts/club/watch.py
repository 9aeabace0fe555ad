"""Watching a score: anybody sees how it was made, played again from its recorded inputs by the game's own rules."""

import base64
from typing import Any

from flask import render_template

import campaigns
import games
from campaigns import Live, Recording
from scrm.engine import engine
from scrm.fronts.identity import current_member
from scrm.fronts.web import db, now

from .dress import pictures_of, texts_of
from .front import blueprint
from .kept_rules import address_of
from .names import shown_name


@blueprint.get("/c/<slug>/rounds/<code>/watch")
def watch(slug: str, code: str) -> str:
    """A public page: it holds the round's seed, settings, inputs and a shortened name, nothing else of the member."""
    live = engine().live(slug)
    shown = campaigns.recording(db(), live, code=code)
    game = games.game(shown.game)
    texts = texts_of(live.definition, game)
    return render_template(
        "club/watch.html",
        slug=slug,
        definition=live.definition,
        game=game,
        scoring=game.scoring,
        texts=texts,
        recording=shown,
        name=shown_name(shown.name),
        mine=shown.member_id == current_member(),
        racing=live.phase(now()) == "running" and campaigns.can_race(live, shown),
        page=_for_script(live, game, shown, texts) if shown.playable else None,
    )


def as_text(inputs: bytes) -> str:
    """A recording as it travels in JSON: URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(inputs).rstrip(b"=").decode()


def actions_of(game: games.Game) -> list[tuple[str, int]]:
    """The game's actions in order, each with the number of its values: what it takes to read a recording."""
    return [(name, len(values)) for name, values in (game.actions or {}).items()]


def _for_script(live: Live, game: games.Game, shown: Recording, texts: dict[str, str]) -> dict[str, Any]:
    return {
        "config": shown.config,
        "seed": shown.seed,
        "inputs": as_text(shown.inputs),
        "actions": actions_of(game),
        "texts": texts,
        "pictures": pictures_of(live.definition, game),
        "rules": address_of(shown),
    }
