"""Undo, redo and the history of a draft: every save of the last ones can be brought back."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

import campaigns
from center_core.kit import N_, NotFound, Refused
from scrm.fronts.refusals import text_of
from scrm.fronts.web import db

from .draft_form import changed_paths
from .editor import editable, store
from .field_names import field_name
from .front import blueprint, for_brand
from .people_named import staff_named

SHOWN = 50


class Save(NamedTuple):
    """One save as the history shows it."""

    revision: int
    by: dict[str, Any] | None
    at: datetime
    fields: list[str]


@blueprint.get("/campaigns/<uuid:campaign_id>/history")
@for_brand("campaign.edit")
def draft_history(campaign_id: UUID) -> ResponseReturnValue:
    """Who changed what, the latest first."""
    campaign = campaigns.campaign(db(), campaign_id)
    saves = campaigns.draft_history(db(), campaign_id=campaign_id, limit=SHOWN)
    # The oldest save that is kept has nothing to be compared with.
    before = [*[save.draft for save in saves[1:]], *[save.draft for save in saves[-1:]]]
    names = staff_named(save.saved_by for save in saves)
    shown = [
        Save(
            save.draft_revision,
            names.get(str(save.saved_by)),
            save.saved_at,
            [field_name(path, save.draft) for path in changed_paths(earlier, save.draft)],
        )
        for save, earlier in zip(saves, before, strict=True)
    ]
    return render_template("console/editor/history.html", campaign=campaign, saves=shown)


@blueprint.post("/campaigns/<uuid:campaign_id>/draft/restoration")
@for_brand("campaign.edit")
def restore_draft(campaign_id: UUID) -> ResponseReturnValue:
    """Make an earlier revision the draft again, as a new one: nothing of the history is lost by undoing.

    The address of the page that follows remembers which revision was restored (``at``) and how far redo may
    go (``top``); the next change that is typed forgets both.
    """
    campaign = editable(campaign_id)
    wanted = request.form.get("to", type=int)
    top = request.form.get("top", type=int) or campaign.draft_revision
    saves = campaigns.draft_history(db(), campaign_id=campaign_id, limit=SHOWN)
    earlier = next((save for save in saves if save.draft_revision == wanted), None)
    if earlier is None:
        raise NotFound("revision_unknown", N_("The history does not reach back that far."))
    try:
        store(campaign, earlier.draft)
    except Refused as fault:
        flash(text_of(fault), "error")
        return redirect(url_for("console.edit_campaign", campaign_id=campaign_id))
    return redirect(url_for("console.edit_campaign", campaign_id=campaign_id, at=wanted, top=top))
