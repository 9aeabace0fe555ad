"""API keys: a system's right to act for one store, shown once, revoked at once."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic import BaseModel, Field

from center_core import channel
from center_core.kit import N_, NotFound, Refused
from scrm.fronts.identity import staff_required
from scrm.fronts.keyring import keyring
from scrm.fronts.refusals import text_of
from scrm.fronts.web import db, now

from .form import Form, read
from .front import blueprint, note
from .stores import reach


class KeyForm(BaseModel):
    """For which store, for which system, and for what."""

    store_id: UUID
    label: str = Field(min_length=1, max_length=60)
    scopes: list[str] = Field(min_length=1)


@blueprint.get("/api-keys")
@staff_required("api_key.edit")
def api_keys() -> ResponseReturnValue:
    """All keys of the reader's stores, revoked ones too; no secret can be seen again."""
    return _page(Form({}))


@blueprint.post("/api-keys")
@staff_required("api_key.edit")
def issue_api_key() -> ResponseReturnValue:
    """Make a key and show it on this one page: it is not kept, so the answer is no redirect."""
    form = read(KeyForm, request.form)
    if form.model is None:
        return _page(form), 422
    reach().require("api_key.edit", store_id=form.model.store_id)
    try:
        channel.store(db(), form.model.store_id)
        key, plaintext = channel.issue_key(
            db(), store_id=form.model.store_id, label=form.model.label, scopes=form.model.scopes, now=now()
        )
    except (Refused, NotFound) as fault:
        form.refuse("store_id" if isinstance(fault, NotFound) else "scopes", text_of(fault))
        return _page(form), 422
    note("api_key.issue", f"api_key:{key.id}", store_id=str(key.store_id), scopes=key.scopes)
    return _page(Form({}), plaintext=plaintext), 201


@blueprint.post("/api-keys/<uuid:key_id>/revocation")
@staff_required("api_key.edit")
def revoke_api_key(key_id: UUID) -> ResponseReturnValue:
    """From the next request on the key is refused."""
    key = next((key for key in channel.keys(db()) if key.id == key_id), None)
    if key is None:
        raise NotFound("api_key_unknown", N_("This API key is not known."))
    reach().require("api_key.edit", store_id=key.store_id)
    channel.revoke_key(db(), key_id=key_id, now=now())
    keyring().forget_after_commit(db(), key_id)
    note("api_key.revoke", f"api_key:{key_id}", store_id=str(key.store_id))
    flash(_("The key is revoked."))
    return redirect(url_for("console.api_keys"))


def _page(form: Form[KeyForm], plaintext: str | None = None) -> str:
    allowed = reach().stores_for("api_key.edit")
    stores = {
        store.id: store
        for store in channel.stores(db(), kind=None, closed=True)
        if allowed is None or store.id in allowed
    }
    return render_template(
        "console/api_keys.html",
        form=form,
        plaintext=plaintext,
        keys=[key for key in channel.keys(db()) if key.store_id in stores],
        stores=stores,
        scopes=channel.SCOPES,
    )
