"""The list of campaigns, and beginning a new one from a template."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

import campaigns
from center_core.kit import NotFound, Refused
from scrm.fronts.refusals import text_of
from scrm.fronts.web import db, now

from .form import Form, read
from .front import blueprint, for_brand, me, note
from .saved_views import current_query, views_of
from .words import CAMPAIGN_STATES


class NewCampaign(BaseModel):
    """What a campaign needs before it can be edited: its template and its address."""

    type: str = Field(min_length=1, max_length=40)
    slug: str = Field(min_length=3, max_length=48, pattern=r"^[a-z][a-z0-9-]{2,47}$")


@blueprint.get("/campaigns", endpoint="campaigns")
@for_brand("campaign.view")
def campaign_list() -> ResponseReturnValue:
    """The newest first, narrowed by state and by a word of title or address."""
    page = campaigns.listing(
        db(),
        states=[state for state in request.args.getlist("state") if state in CAMPAIGN_STATES],
        q=request.args.get("q") or None,
        after=request.args.get("after"),
        limit=40,
    )
    return render_template(
        "console/campaigns.html",
        page=page,
        states=CAMPAIGN_STATES,
        types=campaigns.types(),
        views=views_of("campaigns"),
        query=current_query(),
    )


@blueprint.route("/campaigns/new", methods=["GET", "POST"])
@for_brand("campaign.edit")
def new_campaign() -> ResponseReturnValue:
    """Choose a template and an address; everything else is in the editor."""
    form = read(NewCampaign, request.form) if request.method == "POST" else Form[NewCampaign]({})
    if form.model:
        try:
            campaign = campaigns.create(
                db(), slug=form.model.slug, type=form.model.type, staff_id=me().id, now=now()
            )
        except NotFound as fault:
            form.refuse("type", text_of(fault))
        except Refused as fault:
            form.refuse("slug", text_of(fault))
        else:
            note("campaign.create", f"campaign:{campaign.id}", slug=campaign.slug, type=campaign.type)
            return redirect(url_for("console.edit_campaign", campaign_id=campaign.id))
    page = render_template("console/new_campaign.html", form=form, types=campaigns.types())
    return page, 422 if form.errors else 200
