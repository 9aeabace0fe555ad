"""The campaign editor: one form over the whole draft, saved as it is typed, told what it still lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import campaigns
import games
from center_core import channel, marketing, member
from center_core.kit import N_, Refused
from scrm.fronts.i18n import local_text
from scrm.fronts.refusals import text_of
from scrm.fronts.web import db, now

from .draft_changes import apply_change
from .draft_form import DraftForm, changed_paths, write
from .field_names import field_name
from .front import blueprint, for_brand, is_fragment, me, note
from .mark_advice import Advice, advice
from .settings_form import settings_of
from .steps import STEPS, step_of
from .words import CAMPAIGN_STATES, PICTURES, PRIZE_KINDS, STRATEGIES, STRATEGY_HINTS, ZONES

FINISHED = ("ended", "settled")


class Complaint(NamedTuple):
    """What is wrong with a field of the draft: it stops publication, or it could not even be read."""

    field: str
    text: str
    unread: bool = False

    @property
    def step(self) -> str:
        return step_of(self.field)


@dataclass(frozen=True)
class Standing:
    """How a draft stands: its revision, what it lacks, what is strange in it, and where undo and redo would lead.

    ``at`` is the revision that the draft is a copy of after an undo, ``top`` the one that redo ends at.
    """

    campaign: campaigns.Campaign
    complaints: Sequence[Complaint]
    advice: Sequence[Advice]
    at: int
    top: int

    @property
    def ready(self) -> bool:
        return not self.complaints

    @property
    def undo_to(self) -> int | None:
        return self.at - 1 if self.at > 1 else None

    @property
    def redo_to(self) -> int | None:
        return self.at + 1 if self.at < self.top else None

    def lacking(self, step: str) -> int:
        """How many complaints the step has."""
        return sum(complaint.step == step for complaint in self.complaints)


@blueprint.get("/campaigns/<uuid:campaign_id>/edit")
@for_brand("campaign.edit")
def edit_campaign(campaign_id: UUID) -> ResponseReturnValue:
    """The whole editor."""
    campaign = editable(campaign_id)
    return page_of(campaign, DraftForm(campaign.draft))


@blueprint.post("/campaigns/<uuid:campaign_id>/draft")
@for_brand("campaign.edit")
def save_draft(campaign_id: UUID) -> ResponseReturnValue:
    """Save what was typed. With a ``change`` also reshape the draft, after which the page is drawn anew."""
    campaign = editable(campaign_id)
    form = write(campaign.draft, request.form)
    change = request.form.get("change")
    try:
        if change:
            notice = apply_change(form.draft, change)
            if notice:
                flash(notice, "notice")
        store(campaign, form.draft)
    except Refused as fault:
        if fault.key == "draft_changed":
            return conflict(campaign, fault)
        if is_fragment():
            raise
        flash(text_of(fault), "error")
    if is_fragment():
        return render_template("console/editor/standing.html", **shown(campaign, form))
    if form.errors:
        return page_of(campaign, form), 422
    step = request.form.get("step", "")
    return redirect(url_for("console.edit_campaign", campaign_id=campaign_id, _anchor=step or None))


def editable(campaign_id: UUID) -> campaigns.Campaign:
    """The campaign, unless it is over: then nothing of it changes any more."""
    campaign = campaigns.campaign(db(), campaign_id)
    if campaign.state in FINISHED:
        raise Refused("campaign_over", N_("This campaign has ended; it cannot be changed any more."))
    return campaign


def store(campaign: campaigns.Campaign, draft: dict[str, Any]) -> None:
    """Save ``draft`` if it differs; refuses ``draft_changed`` if somebody saved since the page was drawn.

    ``over`` is the revision that the person decided to save theirs over, having been told of it.
    """
    changed = changed_paths(campaign.draft, draft)
    seen = request.form.get("over") or request.form.get("revision", "")
    if not changed and seen == str(campaign.draft_revision):
        return
    campaigns.save_draft(
        db(),
        campaign_id=campaign.id,
        draft=draft,
        revision=int(seen) if seen.isdecimal() else -1,
        staff_id=me().id,
        now=now(),
    )
    db().refresh(campaign)
    note("campaign.edit", f"campaign:{campaign.id}", revision=campaign.draft_revision, fields=changed[:20])


def blockers(campaign: campaigns.Campaign) -> list[campaigns.Blocker]:
    """What still stops publication."""
    ceiling = current_app.extensions["config"].prize_ceiling_fen
    return campaigns.gate(db(), campaign, ceiling_fen=ceiling, now=now())


def standing(campaign: campaigns.Campaign, unread: dict[str, str] | None = None) -> Standing:
    """How the saved draft stands; ``unread`` are fields whose text could not be read."""
    complaints = [Complaint(field, text, unread=True) for field, text in (unread or {}).items()]
    complaints += [Complaint(b.field, _(b.text, **b.reasons)) for b in blockers(campaign)]
    at = request.args.get("at", type=int) or campaign.draft_revision
    top = request.args.get("top", type=int) or at
    return Standing(campaign, complaints, advice(campaign.draft), at, top)


def conflict(campaign: campaigns.Campaign, fault: Refused) -> ResponseReturnValue:
    """Somebody else saved meanwhile: keep what was typed on the page, and let the person decide.

    A row or picture that was to be added along with it was not, and so is not shown.
    """
    question = {"text": text_of(fault), "theirs": fault.reasons["revision"]}
    if is_fragment():
        return render_template("console/editor/conflict.html", campaign=campaign, **question), 409
    flash(text_of(fault), "error")
    return page_of(campaign, write(campaign.draft, request.form), **question), 409


def page_of(campaign: campaigns.Campaign, form: DraftForm, **question: Any) -> str:
    """The whole editor, over what is in ``form``; with the ``question`` whose version is to stay."""
    return render_template(
        "console/editor/editor.html",
        types=campaigns.types(),
        games=games.discover(),
        settings_of=settings_of,
        longest_text=campaigns.longest_text,
        coupons=[(str(t.id), local_text(t.name)) for t in coupons_for_prizes()],
        tiers=[(tier.code, local_text(tier.name)) for tier in member.tiers(db())],
        stores=channel.stores(db()),
        pictures=PICTURES,
        cover=campaigns.COVER,
        prize_kinds=PRIZE_KINDS,
        strategies=STRATEGIES,
        strategy_hints=STRATEGY_HINTS,
        zones=[(zone, zone) for zone in ZONES],
        **shown(campaign, form),
        **question,
    )


def coupons_for_prizes() -> Sequence[marketing.CouponTemplate]:
    """The coupon templates that a prize can give: those in use."""
    return marketing.templates(db(), states=["active"], limit=200).rows


def shown(campaign: campaigns.Campaign, form: DraftForm) -> dict[str, Any]:
    """What every piece of the editor is drawn from."""
    return {
        "campaign": campaign,
        "form": form,
        "draft": form.draft,
        "standing": standing(campaign, form.errors),
        "steps": STEPS,
        "states": CAMPAIGN_STATES,
        "field_name": field_name,
    }
