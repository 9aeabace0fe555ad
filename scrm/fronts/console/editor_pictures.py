"""Pictures of the brand's own in the games and as the cover of a draft: brought, seen, replaced and removed.

A picture is kept and named by the draft in one transaction, so none is ever kept for nothing. What else was typed is
saved along: without script the button sends the whole form, with it the script does.
"""

import re
from typing import Any, NamedTuple
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

import campaigns
import games
from campaigns import picture
from center_core.kit import N_, Refused
from scrm.fronts.refusals import text_of
from scrm.fronts.web import db, now

from .draft_fields import get, put
from .draft_form import DraftForm, tidy, write
from .editor import conflict, editable, page_of, shown, store
from .front import blueprint, for_brand, is_fragment

IN_A_GAME = re.compile(r"(game|challenge\.game)\.pictures\.([a-z][a-z0-9_]{0,40})")


class Place(NamedTuple):
    """Where a picture may be: the path of the part of the draft that names it, its name there, and what is wished."""

    part: str
    name: str
    wish: games.Picture

    @property
    def field(self) -> str:
        return f"{self.part}.{self.name}"


@blueprint.post("/campaigns/<uuid:campaign_id>/draft/pictures/<field>")
@for_brand("campaign.edit")
def bring_picture(campaign_id: UUID, field: str) -> ResponseReturnValue:
    """Keep the uploaded picture and let the draft name it at ``field``, in place of the one before."""
    return _change_picture(campaign_id, field, request.files.getlist("file"))


@blueprint.post("/campaigns/<uuid:campaign_id>/draft/pictures/<field>/removal")
@for_brand("campaign.edit")
def remove_picture(campaign_id: UUID, field: str) -> ResponseReturnValue:
    """Back to the art that is there without it. The picture itself stays as long as the history can bring it back."""
    return _change_picture(campaign_id, field, None)


def _change_picture(campaign_id: UUID, field: str, files: list[Any] | None) -> ResponseReturnValue:
    campaign = editable(campaign_id)
    form = write(campaign.draft, request.form)
    place = _place(form.draft, field)
    try:
        if files is None:
            _remove(form.draft, place)
        else:
            # Without script the form sends the places of all pictures, and all but one of them empty.
            file = next((one for one in files if one.filename), None)
            key = picture.bring(
                db(),
                campaign_id=campaign.id,
                file=file.read() if file else b"",
                width=place.wish.width,
                height=place.wish.height,
                fit=place.wish.fit,
                now=now(),
            )
            put(form.draft, field, key)
        store(campaign, form.draft)
    except Refused as fault:
        if fault.key == "draft_changed":
            return conflict(campaign, fault)
        return _refused(campaign, place, fault)
    if is_fragment():
        return _fragment(campaign, form, place)
    return redirect(url_for("console.edit_campaign", campaign_id=campaign_id, _anchor="game"))


def _place(draft: dict[str, Any], field: str) -> Place:
    if field == "theme.cover":
        return Place("theme", "cover", campaigns.COVER)
    found = IN_A_GAME.fullmatch(field)
    game = games.discover().get(str(get(draft, f"{found[1]}.slug"))) if found else None
    if found is None or game is None or found[2] not in game.pictures:
        raise Refused("picture_unwanted", N_("This game has no place for this picture."))
    return Place(f"{found[1]}.pictures", found[2], game.pictures[found[2]])


def _remove(draft: dict[str, Any], place: Place) -> None:
    (get(draft, place.part) or {}).pop(place.name, None)
    tidy(draft)


def _refused(campaign: Any, place: Place, fault: Refused) -> ResponseReturnValue:
    """The draft as it was saved last; what was typed is still on the page."""
    form = DraftForm(campaign.draft)
    if is_fragment():
        return _fragment(campaign, form, place, text_of(fault)), 422
    flash(text_of(fault), "error")
    return page_of(campaign, form), 422


def _fragment(campaign: Any, form: DraftForm, place: Place, refusal: str = "") -> str:
    facts = {**shown(campaign, form), "place": place, "refusal": refusal}
    return render_template("console/editor/picture.html", **facts)
