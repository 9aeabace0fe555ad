"""Seasons in the console: the list, a new one, its table, and ending it early."""

from datetime import timedelta
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic import BaseModel, Field

from campaigns import season
from center_core.kit import N_, Refused
from scrm.fronts.i18n import local_text
from scrm.fronts.refusals import text_of
from scrm.fronts.seasons import phase_of, shown
from scrm.fronts.web import db, now

from .form import Form, read
from .front import blueprint, for_brand, me, note
from .typed import HomeTime, local_typed

PHASES = {"soon": N_("Planned"), "running": N_("Running"), "over": N_("Over")}
USUAL_WEEKS = 4

# At which field of the form a refusal is shown.
AT_FIELD = {
    "season_slug_taken": "slug",
    "season_period_wrong": "ends_at",
    "season_campaign_unfit": "campaign_ids",
}


class Texts(BaseModel):
    """The title in both languages."""

    zh: str = Field(min_length=1, max_length=60)
    en: str = Field(min_length=1, max_length=60)


class SeasonForm(BaseModel):
    """All that a season is made of."""

    slug: str = Field(min_length=3, max_length=48, pattern=r"^[a-z][a-z0-9-]{2,47}$")
    title: Texts
    campaign_ids: list[UUID] = Field(min_length=1, max_length=20)
    starts_at: HomeTime
    ends_at: HomeTime
    counted: int = Field(ge=1, le=50)


@blueprint.get("/seasons")
@for_brand("campaign.view")
def seasons() -> ResponseReturnValue:
    """All seasons, the latest first."""
    rows = [(it, phase_of(it, now()), season.size(db(), it)) for it in season.seasons(db())]
    return render_template("console/seasons.html", rows=rows, phases=PHASES)


@blueprint.route("/seasons/new", methods=["GET", "POST"])
@for_brand("campaign.edit")
def new_season() -> ResponseReturnValue:
    """Choose campaigns and a period; rounds that were played in it already count from the beginning."""
    form = read(SeasonForm, request.form) if request.method == "POST" else Form[SeasonForm](_usual())
    if any(name.startswith("campaign_ids.") for name in form.errors):
        form.refuse("campaign_ids", _("Please choose one of these campaigns."))
    if form.model:
        try:
            made = season.create(db(), **form.model.model_dump(), staff_id=me().id, now=now())
        except Refused as fault:
            form.refuse(AT_FIELD[fault.key], text_of(fault))
        else:
            note("season.create", f"season:{made.id}", slug=made.slug)
            flash(_("The season is ready."))
            return redirect(url_for("console.season", season_id=made.id))
    fit = [(it.id, local_text(it.draft["title"])) for it in season.fit_campaigns(db())]
    page = render_template("console/new_season.html", form=form, fit=fit)
    return page, 422 if form.errors else 200


@blueprint.get("/seasons/<uuid:season_id>", endpoint="season")
@for_brand("campaign.view")
def one_season(season_id: UUID) -> ResponseReturnValue:
    """The table of stores as members see it."""
    it = season.season(db(), season_id)
    counting = set(season.campaigns_of(db(), it.id))
    return render_template(
        "console/season.html",
        **shown(it, None, now()),
        phases=PHASES,
        counting=[found for found in season.fit_campaigns(db()) if found.id in counting],
    )


@blueprint.post("/seasons/<uuid:season_id>/end")
@for_brand("campaign.publish")
def end_season(season_id: UUID) -> ResponseReturnValue:
    """End it now; a minute later the table is counted for the last time and frozen."""
    try:
        it = season.end(db(), season_id=season_id, now=now())
    except Refused as fault:
        flash(text_of(fault), "error")
    else:
        note("season.end", f"season:{season_id}", slug=it.slug)
        flash(_("The season is over. Its table is frozen within a minute."))
    return redirect(url_for("console.season", season_id=season_id))


def _usual() -> dict[str, str]:
    return {
        "starts_at": local_typed(now()),
        "ends_at": local_typed(now() + timedelta(weeks=USUAL_WEEKS)),
        "counted": "5",
    }
