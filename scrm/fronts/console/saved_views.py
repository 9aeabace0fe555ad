"""Saving a list's filter under a name, and forgetting it again."""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic import BaseModel, Field

from center_core.kit import N_, NotFound
from scrm.engagement import insight
from scrm.fronts.identity import staff_required
from scrm.fronts.web import db, now

from .form import read
from .front import blueprint, me

LISTS = {"campaigns": "console.campaigns", "members": "console.members"}
"""The lists that can have saved views, with their endpoints."""


class ViewForm(BaseModel):
    """A name for the filter that is in the address just now."""

    name: str = Field(min_length=1, max_length=40)
    query: str = Field("", max_length=500)


def views_of(list_name: str) -> Sequence[insight.SavedView]:
    """The reader's own views of one list."""
    return insight.saved_views(db(), staff_id=me().id, list_name=list_name)


def current_query() -> str:
    """The filter in the address, without the place that paging has reached and without the language."""
    given = request.args.items(multi=True)
    return urlencode([(name, value) for name, value in given if value and name not in ("after", "lang")])


@blueprint.post("/views/<list_name>")
@staff_required()
def save_view(list_name: str) -> ResponseReturnValue:
    """Keep the filter; a view of the same name is replaced."""
    endpoint = _endpoint(list_name)
    form = read(ViewForm, request.form)
    if not form.model:
        flash(_("Please give the view a name of up to 40 characters."), "error")
        return redirect(url_for(endpoint))
    insight.save_view(
        db(), staff_id=me().id, list_name=list_name, name=form.model.name, query=form.model.query, now=now()
    )
    return redirect(f"{url_for(endpoint)}?{form.model.query}")


@blueprint.post("/views/<list_name>/<uuid:view_id>/removal")
@staff_required()
def forget_view(list_name: str, view_id: UUID) -> ResponseReturnValue:
    """Take it off the list again."""
    insight.forget_view(db(), staff_id=me().id, view_id=view_id)
    return redirect(url_for(_endpoint(list_name)))


def _endpoint(list_name: str) -> str:
    try:
        return LISTS[list_name]
    except KeyError:
        raise NotFound("not_found", N_("There is nothing at this address.")) from None
