"""From draft to consumers and through the campaign's life: publish, pause, resume, end early."""

from collections.abc import Callable
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import campaigns
from center_core.kit import Refused
from scrm.fronts.refusals import text_of
from scrm.fronts.web import db, now

from .draft_form import changed_paths, period_text
from .editor import blockers, editable
from .field_names import field_name
from .front import blueprint, for_brand, me, note
from .words import CAMPAIGN_STATES, PRIZE_KINDS, STRATEGIES


@blueprint.get("/campaigns/<uuid:campaign_id>")
@for_brand("campaign.view")
def campaign(campaign_id: UUID) -> ResponseReturnValue:
    """Where one wants to be: at the draft's editor, else at the report."""
    found = campaigns.campaign(db(), campaign_id)
    view = "report" if found.version else "edit_campaign"
    return redirect(url_for(f"console.{view}", campaign_id=campaign_id))


@blueprint.get("/campaigns/<uuid:campaign_id>/publication")
@for_brand("campaign.publish")
def publication(campaign_id: UUID) -> ResponseReturnValue:
    """The last look before consumers see it: what they will be told, and what cannot be taken back."""
    return _last_look(editable(campaign_id))


def _last_look(found: campaigns.Campaign) -> str:
    lacking = blockers(found)
    return render_template(
        "console/publication.html",
        campaign=found,
        draft=found.draft,
        period=period_text(found.draft),
        blockers=lacking,
        changed=[] if lacking else _changes(found),
        field_name=field_name,
        kinds=PRIZE_KINDS,
        strategies=STRATEGIES,
        states=CAMPAIGN_STATES,
    )


def _changes(found: campaigns.Campaign) -> list[str]:
    """The fields in which a complete draft differs from what consumers see now."""
    before = campaigns.published_definition(db(), found)
    if before is None:
        return []
    after = campaigns.Definition.model_validate(found.draft)
    paths = changed_paths(before.model_dump(mode="json"), after.model_dump(mode="json"))
    return [field_name(path, found.draft) for path in paths]


@blueprint.post("/campaigns/<uuid:campaign_id>/publication")
@for_brand("campaign.publish")
def publish(campaign_id: UUID) -> ResponseReturnValue:
    """Make the draft what consumers see, if it is the one that was looked through.

    The gate is asked again, under the campaign's lock. What it refuses is shown on the same page, which also those
    open who may publish but not edit.
    """
    try:
        found = campaigns.publish(
            db(),
            campaign_id=campaign_id,
            staff_id=me().id,
            ceiling_fen=current_app.extensions["config"].prize_ceiling_fen,
            revision=request.form.get("revision", -1, type=int),
            now=now(),
        )
    except Refused as fault:
        flash(text_of(fault), "error")
        return _last_look(editable(campaign_id)), 409
    note("campaign.publish", f"campaign:{campaign_id}", version=found.version)
    flash(_("The campaign is published. Share its link now."))
    return redirect(url_for("console.share", campaign_id=campaign_id))


@blueprint.post("/campaigns/<uuid:campaign_id>/pause")
@for_brand("campaign.publish")
def pause(campaign_id: UUID) -> ResponseReturnValue:
    """Plays wait; nothing is lost."""
    return _change(campaign_id, campaigns.pause, "campaign.pause", _("The campaign is paused."))


@blueprint.post("/campaigns/<uuid:campaign_id>/resumption")
@for_brand("campaign.publish")
def resume(campaign_id: UUID) -> ResponseReturnValue:
    """Plays go on."""
    return _change(campaign_id, campaigns.resume, "campaign.resume", _("The campaign goes on."))


@blueprint.post("/campaigns/<uuid:campaign_id>/closure")
@for_brand("campaign.publish")
def end(campaign_id: UUID) -> ResponseReturnValue:
    """End before time; there is no way back."""
    return _change(campaign_id, campaigns.end, "campaign.end", _("The campaign has ended."))


def _change(
    campaign_id: UUID, verb: Callable[..., campaigns.Campaign], name: str, text: str
) -> ResponseReturnValue:
    try:
        verb(db(), campaign_id=campaign_id, now=now())
    except Refused as fault:
        flash(text_of(fault), "error")
    else:
        note(name, f"campaign:{campaign_id}")
        flash(text)
    return redirect(url_for("console.report", campaign_id=campaign_id))
