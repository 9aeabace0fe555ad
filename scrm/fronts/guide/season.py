"""The season on the shop floor: where the store stands, and whose members are still missing."""

from flask import render_template
from werkzeug.exceptions import NotFound

from campaigns import season
from center_core import user
from scrm.fronts.seasons import shown
from scrm.fronts.web import db, now

from .front import blueprint, for_guides, shop


@blueprint.get("/season", endpoint="season")
@for_guides("report.view")
def season_page() -> str:
    """The season that runs; between seasons the last one."""
    it = season.current(db(), now=now()) or next(iter(season.seasons(db())), None)
    if it is None:
        raise NotFound
    seen = shown(it, shop(), now())
    missing = set(seen["outlook"].guides_missing)
    return render_template(
        "guide/season.html",
        **seen,
        missing=[guide for guide in user.guides_of_store(db(), shop().id) if guide.id in missing],
    )
