"""The phone preview: the very page that consumers will see, drawn from the draft, in whatever state it is."""

import copy
from typing import Any
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

import campaigns
from scrm.fronts.club.campaign import landing, sheets
from scrm.fronts.club.entry import entry_line
from scrm.fronts.web import db

from .draft_fields import get, put
from .front import blueprint, for_brand

NO_HASH_YET = "0" * 64
ROUNDS = 4
"""A repaired field can lay bare the next mistake, such as one inside a missing part."""


@blueprint.get("/campaigns/<uuid:campaign_id>/preview")
@for_brand("campaign.view")
def preview(campaign_id: UUID) -> ResponseReturnValue:
    """Inside the editor's phone; its buttons lead nowhere, since nothing is published yet."""
    campaign = campaigns.campaign(db(), campaign_id)
    definition = shown_draft(campaign)
    if definition is None:
        return render_template("console/editor/no_preview.html")
    parts = sheets(
        definition,
        slug=campaign.slug,
        phase="running",
        stock={prize.no: prize.stock for prize in definition.prizes},
        seed_hash=campaign.seed_hash or NO_HASH_YET,
        entry=entry_line(definition.entry),
    )
    return landing(definition, parts, slug=campaign.slug, phase="running")


def shown_draft(campaign: campaigns.Campaign) -> campaigns.Definition | None:
    """The draft of ``campaign`` as it can be looked at, if it can be."""
    kind = campaigns.types().get(campaign.type)
    pattern = kind.template(campaign.created_at, "Asia/Shanghai") if kind else {}
    return showable(campaign.draft, pattern)


def showable(draft: dict[str, Any], pattern: dict[str, Any]) -> campaigns.Definition | None:
    """The draft with its broken fields mended from the template, so that it can be looked at half done.

    ``None`` where even that does not help, as without any prize.
    """
    mended = copy.deepcopy(draft)
    for _round in range(ROUNDS):
        try:
            definition = campaigns.Definition.model_validate(mended)
        except ValidationError as wrong:
            for error in wrong.errors(include_url=False):
                _mend(mended, pattern, tuple(str(part) for part in error["loc"]))
        else:
            return definition if any(prize.fallback for prize in definition.prizes) else None
    return None


def _mend(draft: dict[str, Any], pattern: dict[str, Any], location: tuple[str, ...]) -> None:
    """Put the template's value at ``location``; a text without one becomes dots, anything else goes away.

    Prizes are not borrowed from the template: nobody should see one that was removed.
    """
    path = ".".join(location)
    instead = None if location[0] == "prizes" else get(pattern, path)
    if instead is None and location[-1] in ("zh", "en"):
        instead = "…"
    if instead is not None:
        put(draft, path, copy.deepcopy(instead))
        return
    parent = get(draft, ".".join(location[:-1])) if len(location) > 1 else draft
    if isinstance(parent, dict):
        parent.pop(location[-1], None)
    elif isinstance(parent, list) and location[-1].isdecimal() and int(location[-1]) < len(parent):
        del parent[int(location[-1])]
