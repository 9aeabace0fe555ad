"""The bench with its panel, the game's own page within it, and the news of each build."""

import json
from collections.abc import Iterator

from flask import Blueprint, Response, render_template, render_template_string, request, url_for

from campaigns import Chances
from games.catalog import BUILT
from scrm.fronts.club.play import page_of
from scrm.fronts.console.settings_form import settings_of

from .stage import CHANCES, COLOURS, PRIZES, campaign_of, theme_of
from .workshop import UNREADABLE, Workshop, workshop

blueprint = Blueprint("bench", __name__)

SIZES = ("390x844", "320x568", "360x780", "430x932", "768x1024", "1280x800")


@blueprint.get("/")
def bench() -> str | Response:
    """The panel, with the game's page in a frame of a phone's size."""
    try:
        game = workshop().game
    except UNREADABLE:
        return Response(workshop().fault, content_type="text/plain", headers={"Refresh": "1"})
    theme = theme_of({})
    return render_template(
        "playground/bench.html",
        game=game,
        fault=workshop().fault,
        settings=settings_of(game.slug),
        colours={name: getattr(theme, name) for name in COLOURS},
        prizes=[(no, prize["name"]) for no, prize in enumerate(PRIZES, 1)],
        sizes=SIZES,
    )


@blueprint.get("/game")
def game_page() -> str:
    """The page as members get it, but with its time in our hands, unless `?clock=real`."""
    game = workshop().game
    live = campaign_of(game, request.args)
    html = page_of(live, game, live.definition.game.config, Chances(CHANCES, 0, None))
    if request.args.get("clock") == "real":
        return _with_wishes(html)
    clock = render_template_string("""<head><script type="module" src="{{ asset('clock.js') }}"></script>""")
    return _with_wishes(html.replace("<head>", clock, 1))


def _with_wishes(html: str) -> str:
    """Let the page's own addresses carry on what the panel asked for: a seed, a prize, a lost answer."""
    wishes = request.query_string.decode()
    for endpoint in ("club.plays", "club.start_round"):
        address = url_for(endpoint, slug="playground")
        html = html.replace(json.dumps(address), json.dumps(f"{address}?{wishes}").replace("&", "\\u0026"))
    return html


@blueprint.get("/players.js")
def players() -> Response:
    """The scripted players; nothing for a game that has none."""
    script = BUILT / f"{workshop().slug}.players.js"
    return Response(script.read_text() if script.is_file() else "", content_type="text/javascript")


@blueprint.get("/builds")
def builds() -> Response:
    """Server-sent events: one for each build, with what was wrong with it."""
    known = request.args.get("known", workshop().version, int)
    return Response(_news(workshop(), known), content_type="text/event-stream")


def _news(of: Workshop, known: int) -> Iterator[str]:
    for version in of.versions(known):
        yield f"data: {json.dumps({'version': version, 'fault': of.fault})}\n\n"
