"""Bringing a campaign to people: its link, codes for channels and stores, QR codes for screen and print."""

from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic import BaseModel, Field

import campaigns
from center_core import channel
from center_core.kit import N_, NotFound, Refused
from scrm.fronts.refusals import text_of
from scrm.fronts.web import db

from . import qr
from .draft_form import period_text
from .form import Form, read
from .front import blueprint, for_brand, note
from .words import CAMPAIGN_STATES


class CodeForm(BaseModel):
    """A channel code for this campaign: where it hangs, and the store that the people will belong to."""

    label: str = Field(min_length=1, max_length=60)
    store_id: UUID


class Link(NamedTuple):
    """One address of the campaign; ``code`` is empty for the bare one."""

    code: str
    label: str
    store: channel.Store | None
    address: str


@blueprint.get("/campaigns/<uuid:campaign_id>/share")
@for_brand("campaign.view")
def share(campaign_id: UUID) -> ResponseReturnValue:
    """The links with their QR codes."""
    return _page(campaigns.campaign(db(), campaign_id), Form({}))


@blueprint.post("/campaigns/<uuid:campaign_id>/codes")
@for_brand("campaign.edit")
def new_campaign_code(campaign_id: UUID) -> ResponseReturnValue:
    """A code of its own for a channel, so that the report tells where people came from."""
    campaign = campaigns.campaign(db(), campaign_id)
    form = read(CodeForm, request.form)
    if form.model:
        try:
            code = channel.make_code(
                db(), store_id=form.model.store_id, label=form.model.label, campaign_slug=campaign.slug
            )
        except Refused as fault:
            form.refuse("label", text_of(fault))
        else:
            note("channel_code.make", f"channel_code:{code.code}", campaign=campaign.slug)
            flash(_("The code %(code)s is ready.", code=code.code))
            return redirect(url_for("console.share", campaign_id=campaign_id))
    return _page(campaign, form), 422


@blueprint.get("/campaigns/<uuid:campaign_id>/qr.<kind>")
@for_brand("campaign.view")
def qr_code(campaign_id: UUID, kind: str) -> ResponseReturnValue:
    """The QR code of the link with ``?code=``, as SVG for print shops and as PNG for everything else."""
    campaign = campaigns.campaign(db(), campaign_id)
    link = _asked(campaign)
    name = f"{campaign.slug}-{link.code}" if link.code else campaign.slug
    if kind == "svg":
        return _file(qr.svg(link.address), "image/svg+xml", f"{name}.svg")
    if kind == "png":
        return _file(qr.png(link.address), "image/png", f"{name}.png")
    raise NotFound("not_found", N_("There is nothing at this address."))


@blueprint.get("/campaigns/<uuid:campaign_id>/poster")
@for_brand("campaign.view")
def poster(campaign_id: UUID) -> ResponseReturnValue:
    """A page of A4 in the campaign's colours with the QR code, for the browser to print."""
    campaign = campaigns.campaign(db(), campaign_id)
    return render_template(
        "console/poster.html",
        campaign=campaign,
        draft=campaign.draft,
        period=period_text(campaign.draft),
        link=_asked(campaign),
    )


@blueprint.post("/campaigns/<uuid:campaign_id>/codes/<code>/retirement")
@for_brand("campaign.edit")
def retire_campaign_code(campaign_id: UUID, code: str) -> ResponseReturnValue:
    """Printed links with the code still open, and lead to no store any more."""
    campaign = campaigns.campaign(db(), campaign_id)
    if code not in {link.code for link in links(campaign)}:
        raise NotFound("channel_code_unknown", N_("There is no such code."))
    channel.retire_code(db(), code)
    note("channel_code.retire", f"channel_code:{code}", campaign=campaign.slug)
    return redirect(url_for("console.share", campaign_id=campaign_id))


def _asked(campaign: campaigns.Campaign) -> Link:
    """The link that ``?code=`` names; the bare one without."""
    code = request.args.get("code", "")
    link = next((link for link in links(campaign) if link.code == code), None)
    if link is None:
        raise NotFound("channel_code_unknown", N_("There is no such code."))
    return link


def links(campaign: campaigns.Campaign) -> list[Link]:
    """The bare link first, then those of the campaign's codes that are still in use."""
    codes = [code for code in channel.codes(db(), campaign_slug=campaign.slug) if code.active]
    stores = {store.id: store for store in channel.stores(db(), kind=None, closed=True)} if codes else {}
    return [
        Link("", _("Everywhere"), None, _address(campaign.slug)),
        *(Link(c.code, c.label, stores.get(c.store_id), _address(campaign.slug, c.code)) for c in codes),
    ]


def _address(slug: str, code: str = "") -> str:
    public = current_app.extensions["config"].public_url.rstrip("/")
    return f"{public}/c/{slug}" + (f"?{urlencode({'k': code})}" if code else "")


def _page(campaign: campaigns.Campaign, form: Form[CodeForm]) -> str:
    return render_template(
        "console/share.html",
        campaign=campaign,
        draft=campaign.draft,
        form=form,
        links=links(campaign),
        stores=channel.stores(db(), kind=None),
        states=CAMPAIGN_STATES,
    )


def _file(body: bytes, content_type: str, name: str) -> Response:
    return Response(
        body, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
