"""The first page: what is live, how it goes, and what waits for somebody."""

from collections.abc import Sequence
from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

import campaigns
from scrm.backlog import backlog
from scrm.fronts.identity import staff_required
from scrm.fronts.web import db, now

from .front import blueprint, may
from .words import CAMPAIGN_STATES

SOON = timedelta(days=3)
SHOWN = 12


@blueprint.get("/")
@staff_required()
def home() -> ResponseReturnValue:
    """Only what the reader may see; somebody without campaigns gets their sections."""
    live: Sequence[campaigns.Campaign] = ()
    waiting: Sequence[campaigns.Campaign] = ()
    if may("campaign.view"):
        live = campaigns.listing(db(), states=["running", "paused"], limit=SHOWN).rows
        waiting = campaigns.listing(db(), states=["scheduled", "draft"], limit=SHOWN).rows
    ending = [it for it in live if it.ends_at and it.ends_at - now() < SOON]
    return render_template(
        "console/home.html",
        live=live,
        figures=campaigns.totals(db(), [it.id for it in live]) if live else {},
        waiting=waiting,
        ending=ending,
        backlog=backlog(db()) if may("operations.view") else None,
        states=CAMPAIGN_STATES,
    )
