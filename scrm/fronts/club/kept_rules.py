"""The rules of an earlier release, for phones that show a round which was played by them."""

from flask import Response, abort, url_for

import campaigns
from scrm.fronts.web import db

from .front import blueprint


@blueprint.get("/rules/<game>/<version>.js")
def kept_rules(game: str, version: str) -> Response:
    """A script that leaves ``rules`` behind. They are no more secret than those that phones play by; the bank of a game
    that asks is."""
    kept = campaigns.game_by(db(), game, version)
    if kept is None or kept.actions is None:
        abort(404)
    response = Response(kept.rules, content_type="text/javascript; charset=utf-8")
    response.cache_control.max_age = 31536000
    response.cache_control.public = True
    response.cache_control.immutable = True
    return response


def address_of(recording: campaigns.Recording) -> str | None:
    """Where a phone finds the rules of that round, unless they are those of today, which the scene brings."""
    if not recording.is_of_earlier_rules:
        return None
    played = recording.played
    return url_for("club.kept_rules", game=played.slug, version=played.rules_version)
