"""The club's tiers: listed, added, changed and taken away."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic import BaseModel, Field

import campaigns
from center_core import member
from center_core.kit import Refused
from scrm.fronts.i18n import local_text
from scrm.fronts.refusals import text_of
from scrm.fronts.web import db

from .form import Form, read
from .front import blueprint, for_brand, note

# At which field of the form a refusal is shown.
AT_FIELD = {
    "tier_code_malformed": "code",
    "tier_code_taken": "code",
    "tier_threshold_range": "threshold",
    "tier_threshold_taken": "threshold",
    "tier_lowest_above_zero": "threshold",
    "tier_percent_range": "earn_percent",
}


class Texts(BaseModel):
    """The name in both languages."""

    zh: str = Field(min_length=1, max_length=30)
    en: str = Field(min_length=1, max_length=30)


class TierForm(BaseModel):
    """What may change of a tier; its code stays, and its place follows from its threshold."""

    name: Texts
    threshold: int
    earn_percent: int


class NewTierForm(TierForm):
    """All that a tier is made of."""

    code: str


@blueprint.get("/tiers")
@for_brand("member.view")
def tiers() -> ResponseReturnValue:
    """All tiers, the lowest first, and the form for another one."""
    rows = member.tiers(db())
    return _list(rows, Form({"threshold": "" if rows else "0", "earn_percent": "" if rows else "100"}))


@blueprint.post("/tiers")
@for_brand("tier.edit")
def new_tier() -> ResponseReturnValue:
    """Add a tier."""
    form = read(NewTierForm, request.form)
    if form.model:
        try:
            made = member.add_tier(db(), **form.model.model_dump())
        except Refused as fault:
            form.refuse(AT_FIELD[fault.key], text_of(fault))
        else:
            note("tier.create", f"tier:{made.code}", **form.model.model_dump(exclude={"code"}))
            flash(_("The tier “%(name)s” is there.", name=local_text(made.name)))
            return redirect(url_for("console.tiers"))
    return _list(member.tiers(db()), form), 422


@blueprint.get("/tiers/<code>")
@for_brand("member.view")
def tier(code: str) -> ResponseReturnValue:
    """One tier, and the campaigns that admit its members."""
    found = member.tier(db(), code)
    return _page(found, Form(_typed(found)))


@blueprint.post("/tiers/<code>")
@for_brand("tier.edit")
def change_tier(code: str) -> ResponseReturnValue:
    """Save what may change."""
    found = member.tier(db(), code)
    form = read(TierForm, request.form)
    if form.model:
        try:
            member.change_tier(db(), code=code, **form.model.model_dump())
        except Refused as fault:
            form.refuse(AT_FIELD[fault.key], text_of(fault))
        else:
            note("tier.change", f"tier:{code}", **form.model.model_dump())
            flash(_("Saved."))
            return redirect(url_for("console.tiers"))
    return _page(found, form), 422


@blueprint.post("/tiers/<code>/removal")
@for_brand("tier.edit")
def remove_tier(code: str) -> ResponseReturnValue:
    """Take it away, unless members hold it, others build upon it, or a campaign admits by it."""
    found = member.tier(db(), code)
    if campaigns.naming_tier(db(), code):
        flash(_("A campaign admits members of this tier. Take it out of the campaign first."), "error")
        return redirect(url_for("console.tier", code=code))
    try:
        member.remove_tier(db(), code=code)
    except Refused as fault:
        flash(text_of(fault), "error")
        return redirect(url_for("console.tier", code=code))
    note("tier.remove", f"tier:{code}", name=found.name)
    flash(_("The tier “%(name)s” is taken away.", name=local_text(found.name)))
    return redirect(url_for("console.tiers"))


def _list(rows: list[member.Tier], form: Form[NewTierForm]) -> str:
    return render_template("console/tiers.html", tiers=rows, form=form)


def _page(found: member.Tier, form: Form[TierForm]) -> str:
    return render_template(
        "console/tier.html", tier=found, form=form, naming=campaigns.naming_tier(db(), found.code)
    )


def _typed(found: member.Tier) -> dict[str, str]:
    return {
        **{f"name.{language}": text for language, text in found.name.items()},
        "threshold": str(found.threshold),
        "earn_percent": str(found.earn_percent),
    }
