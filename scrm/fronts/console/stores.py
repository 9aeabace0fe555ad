"""Stores, and the codes that lead people to them."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic import BaseModel, Field

from center_core import channel, user
from center_core.kit import Refused
from scrm.fronts import identity
from scrm.fronts.identity import staff_required
from scrm.fronts.refusals import text_of
from scrm.fronts.web import db, now

from .form import Form, read
from .front import blueprint, note


class Texts(BaseModel):
    """A text that is needed in both languages."""

    zh: str = Field(min_length=1, max_length=200)
    en: str = Field(min_length=1, max_length=200)


class StoreForm(BaseModel):
    """What may change of a store; its code and kind stay."""

    name: Texts
    address: Texts
    phone: str | None = Field(None, max_length=30)
    hours: str | None = Field(None, max_length=60)
    lat: float | None = Field(None, ge=-90, le=90)
    lng: float | None = Field(None, ge=-180, le=180)
    active: bool = False


class CodeForm(BaseModel):
    """A code for a poster or a guide's card of this store."""

    label: str = Field(min_length=1, max_length=60)
    staff_id: UUID | None = None


def reach() -> user.Access:
    """The reader's rights with those of their regions spread over the regions' stores."""
    return channel.within_reach(db(), identity.access())


@blueprint.get("/stores")
@staff_required("store.view")
def stores() -> ResponseReturnValue:
    """All stores that the reader may see, by code; closed ones too."""
    allowed = reach().stores_for("store.view")
    found = channel.stores(db(), q=request.args.get("q") or None, kind=None, closed=True)
    rows = [store for store in found if allowed is None or store.id in allowed]
    return render_template("console/stores.html", stores=rows)


@blueprint.get("/stores/<uuid:store_id>")
@staff_required("store.view")
def store(store_id: UUID) -> ResponseReturnValue:
    """One store with its codes and people."""
    reach().require("store.view", store_id=store_id)
    found = channel.store(db(), store_id)
    return _page(found, Form(_typed(found)), Form({}))


@blueprint.post("/stores/<uuid:store_id>")
@staff_required("store.edit")
def change_store(store_id: UUID) -> ResponseReturnValue:
    """Save what is known of the store."""
    reach().require("store.edit", store_id=store_id)
    found = channel.store(db(), store_id)
    form = read(StoreForm, request.form)
    if form.model and (form.model.lat is None) != (form.model.lng is None):
        form.refuse("lat" if form.model.lat is None else "lng", _("Please fill this in."))
    if form.errors or form.model is None:
        return _page(found, form, Form({})), 422
    changes = form.model.model_dump()
    channel.update_store(db(), store_id=store_id, changes=changes, now=now())
    note("store.change", f"store:{store_id}", **changes)
    flash(_("Saved."))
    return redirect(url_for("console.store", store_id=store_id))


@blueprint.post("/stores/<uuid:store_id>/codes")
@staff_required("store.edit")
def new_store_code(store_id: UUID) -> ResponseReturnValue:
    """A code of its own for a poster, a till or a guide."""
    reach().require("store.edit", store_id=store_id)
    found = channel.store(db(), store_id)
    form = read(CodeForm, request.form)
    if form.model:
        try:
            code = channel.make_code(
                db(), store_id=store_id, label=form.model.label, staff_id=form.model.staff_id
            )
        except Refused as fault:
            form.refuse("label", text_of(fault))
        else:
            note("channel_code.make", f"channel_code:{code.code}", store_id=str(store_id))
            flash(_("The code %(code)s is ready.", code=code.code))
            return redirect(url_for("console.store", store_id=store_id))
    return _page(found, Form(_typed(found)), form), 422


@blueprint.post("/stores/<uuid:store_id>/codes/<code>/retirement")
@staff_required("store.edit")
def retire_store_code(store_id: UUID, code: str) -> ResponseReturnValue:
    """Printed links with the code still open, and lead to no store any more."""
    reach().require("store.edit", store_id=store_id)
    found = channel.resolve_code(db(), code)
    if found and found.store_id == store_id:
        channel.retire_code(db(), code)
        note("channel_code.retire", f"channel_code:{code}", store_id=str(store_id))
    return redirect(url_for("console.store", store_id=store_id))


def _page(found: channel.Store, form: Form[StoreForm], code_form: Form[CodeForm]) -> str:
    return render_template(
        "console/store.html",
        store=found,
        form=form,
        code_form=code_form,
        codes=channel.codes(db(), store_id=found.id),
        people=user.staff_of_store(db(), found.id),
        editable=reach().may("store.edit", store_id=found.id),
    )


def _typed(found: channel.Store) -> dict[str, Any]:
    return {
        **{f"name.{language}": text for language, text in found.name.items()},
        **{f"address.{language}": text for language, text in found.address.items()},
        "phone": found.phone or "",
        "hours": found.hours or "",
        "lat": "" if found.lat is None else found.lat,
        "lng": "" if found.lng is None else found.lng,
        "active": found.active,
    }
