"""The rehearsal: the draft played through thousands of times, to see its cost and when prizes run out."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

import campaigns
from scrm.fronts.web import db

from .form import Form, read
from .front import blueprint, for_brand
from .plots import run_out_bars
from .words import CAMPAIGN_STATES


class RehearsalForm(BaseModel):
    """How many plays are expected, and which draw of luck to look at."""

    plays: int = Field(ge=1, le=20_000_000)
    seed: int = Field(1, ge=1, le=1_000_000)


@blueprint.get("/campaigns/<uuid:campaign_id>/rehearsal")
@for_brand("campaign.view")
def rehearsal(campaign_id: UUID) -> ResponseReturnValue:
    """Nothing is written; the address holds the whole question, so that it can be shared."""
    campaign = campaigns.campaign(db(), campaign_id)
    mistakes = campaigns.problems(campaign.draft)
    asked = "plays" in request.args
    form = read(RehearsalForm, request.args) if asked else Form({"plays": 10_000, "seed": 1})
    outcome = None
    if form.model and not mistakes:
        definition = campaigns.Definition.model_validate(campaign.draft)
        outcome = campaigns.rehearse(definition, plays=form.model.plays, seed=form.model.seed)
    page = render_template(
        "console/rehearsal.html",
        campaign=campaign,
        draft=campaign.draft,
        form=form,
        mistakes=mistakes,
        outcome=outcome,
        names={prize.get("no"): prize.get("name") for prize in campaign.draft.get("prizes", [])},
        plot=run_out_bars(outcome, campaign.draft) if outcome else None,
        states=CAMPAIGN_STATES,
    )
    return page, 422 if form.errors else 200
