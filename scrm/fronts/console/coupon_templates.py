"""Coupon templates: what a kind of coupon is worth, and where and when it counts."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import campaigns
from center_core import channel, marketing
from center_core.kit import Refused
from scrm.fronts import identity
from scrm.fronts.refusals import text_of
from scrm.fronts.web import db, now

from .coupon_form import KINDS, STACKING, STATES, TemplateForm, blank, check, field_of, typed
from .form import Form, read
from .front import blueprint, for_brand, note

VIEW = "console.coupon_template"


@blueprint.get("/coupons")
@for_brand("coupon.view")
def coupon_templates() -> ResponseReturnValue:
    """The newest first, narrowed by state and by a word of code or name."""
    page = marketing.templates(
        db(),
        states=[state for state in request.args.getlist("state") if state in STATES] or None,
        q=request.args.get("q") or None,
        after=request.args.get("after"),
        limit=50,
    )
    left = marketing.stock_left(db(), [template.id for template in page.rows])
    return render_template("console/coupon_templates.html", page=page, left=left, kinds=KINDS, states=STATES)


@blueprint.route("/coupons/new", methods=["GET", "POST"])
@for_brand("coupon.edit")
def new_coupon_template() -> ResponseReturnValue:
    """A template begins as a draft, which nothing can issue."""
    form = read(TemplateForm, request.form) if request.method == "POST" else Form(blank(now()))
    if offer := check(form):
        try:
            template = marketing.create_template(db(), offer=offer, state="draft", now=now())
        except Refused as fault:
            form.refuse("code", text_of(fault))
        else:
            note("coupon_template.create", f"coupon_template:{template.id}", code=template.code)
            flash(_("The coupon template was saved as a draft."))
            return redirect(url_for(VIEW, template_id=template.id))
    return _page(form, None)


@blueprint.get("/coupons/<uuid:template_id>")
@for_brand("coupon.view")
def coupon_template(template_id: UUID) -> ResponseReturnValue:
    """One template."""
    template = marketing.template(db(), template_id)
    return _page(Form(typed(template)), template)


@blueprint.post("/coupons/<uuid:template_id>")
@for_brand("coupon.edit")
def change_coupon_template(template_id: UUID) -> ResponseReturnValue:
    """Change it as far as neither those who hold the coupon nor those who may win it were promised otherwise."""
    template = marketing.template(db(), template_id)
    form = read(TemplateForm, request.form)
    if (offer := check(form, template)) and form.model:
        try:
            campaigns.change_template(
                db(), template_id=template_id, version=form.model.version, offer=offer, now=now()
            )
        except Refused as fault:
            form.refuse("", text_of(fault))
            for name in fault.reasons.get("fields", ()):
                form.refuse(field_of(name, form.model), _("This would be less than was promised."))
        else:
            note("coupon_template.change", f"coupon_template:{template_id}", version=template.version)
            flash(_("Saved."))
            return redirect(url_for(VIEW, template_id=template_id))
    return _page(form, template)


@blueprint.post("/coupons/<uuid:template_id>/opening")
@for_brand("coupon.edit")
def open_coupon_template(template_id: UUID) -> ResponseReturnValue:
    """From now on campaigns and guides may issue it."""
    marketing.open_template(db(), template_id=template_id)
    note("coupon_template.open", f"coupon_template:{template_id}")
    flash(_("The coupon template is in use."))
    return redirect(url_for(VIEW, template_id=template_id))


@blueprint.post("/coupons/<uuid:template_id>/closure")
@for_brand("coupon.edit")
def close_coupon_template(template_id: UUID) -> ResponseReturnValue:
    """No more are issued; those in wallets stay valid."""
    marketing.close_template(db(), template_id=template_id)
    note("coupon_template.close", f"coupon_template:{template_id}")
    flash(_("The coupon template is closed. Coupons in wallets stay valid."))
    return redirect(url_for(VIEW, template_id=template_id))


def _stores_to_choose(template: marketing.CouponTemplate | None) -> list[channel.Store]:
    """Stores and e-shops that are open, and those that have closed since the template named them."""
    named = template.scope.get("store_ids", []) if template else []
    every = channel.stores(db(), kind=None, closed=True)
    return [store for store in every if store.active or str(store.id) in named]


def _page(form: Form[TemplateForm], template: marketing.CouponTemplate | None) -> ResponseReturnValue:
    editable = identity.access().may("coupon.edit") and (template is None or template.state != "closed")
    page = render_template(
        "console/coupon_template.html",
        form=form,
        template=template,
        editable=editable,
        tally=marketing.issued_and_redeemed(db(), template_id=template.id) if template else (),
        stores=_stores_to_choose(template),
        kinds=KINDS,
        states=STATES,
        stacking=STACKING,
    )
    return page, 422 if form.errors else 200
