"""Staff and their roles: who works here, what each may do and where."""

import secrets
from typing import Literal
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic import BaseModel, Field

from center_core import channel, member, user
from center_core.kit import N_, Refused
from scrm.fronts.identity import staff_required
from scrm.fronts.refusals import text_of
from scrm.fronts.web import db, now

from .form import Form, read
from .front import blueprint, for_brand, me, note
from .stores import reach

ROLES = {
    "admin": N_("Administrator"),
    "marketer": N_("Marketer"),
    "approver": N_("Approver"),
    "operations": N_("Operations"),
    "service": N_("Customer service"),
    "manager": N_("Store manager"),
    "guide": N_("Shop guide"),
    "auditor": N_("Auditor"),
}


class Texts(BaseModel):
    """A name in both languages."""

    zh: str = Field(min_length=1, max_length=60)
    en: str = Field(min_length=1, max_length=60)


class StaffForm(BaseModel):
    """Somebody new."""

    login: str = Field(min_length=2, max_length=40, pattern=r"^[a-z][a-z0-9._-]+$")
    name: Texts
    phone: str | None = Field(None, max_length=30)
    store_id: UUID | None = None


class GrantForm(BaseModel):
    """A role and where it counts; ``place`` is the region's or the store's id."""

    role: str = Field(min_length=1)
    scope: Literal["brand", "region", "store"]
    region_id: UUID | None = None
    store_id: UUID | None = None

    @property
    def place(self) -> UUID | None:
        """The region or the store, as the scope asks; neither for the brand."""
        return {"brand": None, "region": self.region_id, "store": self.store_id}[self.scope]


@blueprint.get("/staff")
@staff_required("staff.view")
def staff_list() -> ResponseReturnValue:
    """Everybody, or for those who answer for some stores the people of these."""
    page = user.staff_list(
        db(),
        store_ids=reach().stores_for("staff.view"),
        after=request.args.get("after"),
        q=request.args.get("q") or None,
    )
    stores = {store.id: store for store in channel.stores(db(), kind=None, closed=True)}
    return render_template("console/staff_list.html", rows=page.rows, after=page.after, stores=stores)


@blueprint.route("/staff/new", methods=["GET", "POST"])
@for_brand("staff.edit")
def new_staff() -> ResponseReturnValue:
    """Somebody new gets a first password, which is shown once, and no role yet."""
    form = read(StaffForm, request.form) if request.method == "POST" else Form[StaffForm]({})
    if form.model:
        password = secrets.token_urlsafe(9)
        try:
            created = user.create_staff(
                db(),
                login=form.model.login,
                name=form.model.name.model_dump(),
                phone=form.model.phone,
                store_id=form.model.store_id,
                password=password,
            )
        except Refused as fault:
            form.refuse("login", text_of(fault))
        else:
            note("staff.create", f"staff:{created.id}", login=created.login)
            return _page(created, Form({}), password=password), 201
    page = render_template("console/new_staff.html", form=form, stores=channel.stores(db(), kind=None))
    return page, 422 if form.errors else 200


@blueprint.get("/staff/<uuid:staff_id>")
@staff_required("staff.view")
def staff_member(staff_id: UUID) -> ResponseReturnValue:
    """One person with their roles."""
    found = user.staff(db(), staff_id)
    reach().require("staff.view", store_id=found.store_id)
    return _page(found, Form({}))


@blueprint.post("/staff/<uuid:staff_id>/roles")
@for_brand("staff.edit")
def grant_role(staff_id: UUID) -> ResponseReturnValue:
    """Let them hold a role somewhere."""
    found = user.staff(db(), staff_id)
    form = read(GrantForm, request.form)
    if form.model:
        grant = form.model
        try:
            user.grant(db(), staff_id=staff_id, role=grant.role, scope=grant.scope, scope_id=grant.place)
        except Refused as fault:
            form.refuse("role" if fault.key == "role_unknown" else "scope", text_of(fault))
        else:
            note("staff.grant", f"staff:{staff_id}", **grant.model_dump(mode="json", exclude_none=True))
            return redirect(url_for("console.staff_member", staff_id=staff_id))
    return _page(found, form), 422


@blueprint.post("/staff/<uuid:staff_id>/roles/removal")
@for_brand("staff.edit")
def revoke_role(staff_id: UUID) -> ResponseReturnValue:
    """Take a role away; it ends with their next request."""
    form = read(GrantForm, request.form)
    if staff_id == me().id and request.form.get("role") == "admin":
        flash(_("You cannot take your own administrator role away; somebody else has to."), "error")
    elif form.model:
        grant = form.model
        user.revoke(
            db(), staff_id=staff_id, role=grant.role, scope=grant.scope, scope_id=grant.place, now=now()
        )
        note("staff.revoke", f"staff:{staff_id}", **grant.model_dump(mode="json", exclude_none=True))
    return redirect(url_for("console.staff_member", staff_id=staff_id))


@blueprint.post("/staff/<uuid:staff_id>/password")
@for_brand("staff.edit")
def reset_password(staff_id: UUID) -> ResponseReturnValue:
    """A new password, shown once; it signs them out everywhere."""
    found = user.staff(db(), staff_id)
    password = secrets.token_urlsafe(9)
    user.set_password(db(), staff_id=staff_id, password=password, now=now())
    note("staff.reset_password", f"staff:{staff_id}")
    return _page(found, Form({}), password=password), 201


def _page(found: user.Staff, form: Form[GrantForm], password: str | None = None) -> str:
    return render_template(
        "console/staff_member.html",
        person=found,
        form=form,
        password=password,
        grants=user.grants_of(db(), found.id),
        roles=ROLES,
        stores={store.id: store for store in channel.stores(db(), kind=None, closed=True)},
        regions={region.id: region for region in channel.regions(db())},
        stranded=0
        if found.active
        else sum(share.count for share in member.handover_plan(db(), staff_id=found.id)),
    )
