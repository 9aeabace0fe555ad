"""Staff leave and come back: what becomes of the members whom they looked after, said before it is done."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from center_core import channel, member, user
from scrm.fronts.i18n import local_text
from scrm.fronts.web import db, now

from .front import blueprint, for_brand, me, note


@blueprint.get("/staff/<uuid:staff_id>/departure")
@for_brand("staff.edit")
def departure(staff_id: UUID) -> ResponseReturnValue:
    """Who takes over whom, before anybody leaves."""
    found = user.staff(db(), staff_id)
    shares = member.handover_plan(db(), staff_id=staff_id)
    return render_template(
        "console/departure.html",
        person=found,
        shares=shares,
        members=sum(share.count for share in shares),
        stores=_stores(shares),
    )


@blueprint.post("/staff/<uuid:staff_id>/departure")
@for_brand("staff.edit")
def staff_leaves(staff_id: UUID) -> ResponseReturnValue:
    """They have left: they cannot sign in any more, and their members have another guide at once.

    For somebody who left before, it hands over whoever is still theirs.
    """
    if staff_id == me().id:
        flash(_("You cannot sign yourself out for good; somebody else has to."), "error")
        return redirect(url_for("console.staff_member", staff_id=staff_id))
    user.deactivate(db(), staff_id=staff_id, now=now())
    shares = member.hand_over(db(), staff_id=staff_id, now=now())
    handed = sum(share.count for share in shares if share.staff)
    alone = sum(share.count for share in shares if share.staff is None)
    note("staff.leave", f"staff:{staff_id}", handed_over=handed or None, without_guide=alone or None)
    if handed:
        flash(ngettext("%(num)s member was handed over.", "%(num)s members were handed over.", handed))
    if alone:
        flash(_without_guide(shares, alone), "error")
    return redirect(url_for("console.staff_member", staff_id=staff_id))


@blueprint.get("/staff/<uuid:staff_id>/return")
@for_brand("staff.edit")
def coming_back(staff_id: UUID) -> ResponseReturnValue:
    """Whether they take their members back, before they do."""
    return render_template(
        "console/return.html",
        person=user.staff(db(), staff_id),
        members=member.members_to_return(db(), staff_id=staff_id),
    )


@blueprint.post("/staff/<uuid:staff_id>/return")
@for_brand("staff.edit")
def staff_returns(staff_id: UUID) -> ResponseReturnValue:
    """They are back: their login works again, and with ``members`` so does what was handed over."""
    user.reactivate(db(), staff_id=staff_id)
    count = member.return_members(db(), staff_id=staff_id, now=now()) if "members" in request.form else 0
    note("staff.return", f"staff:{staff_id}", given_back=count or None)
    flash(_("They can sign in again."))
    if count:
        flash(ngettext("%(num)s member was given back.", "%(num)s members were given back.", count))
    return redirect(url_for("console.staff_member", staff_id=staff_id))


def _without_guide(shares: list[member.Share], alone: int) -> str:
    stores = _stores(shares)
    names = ", ".join(local_text(stores[share.store_id].name) for share in shares if share.staff is None)
    return str(
        ngettext(
            "%(num)s member has no guide now, since nobody is left in %(stores)s.",
            "%(num)s members have no guide now, since nobody is left in %(stores)s.",
            alone,
            stores=names,
        )
    )


def _stores(shares: list[member.Share]) -> dict[UUID, channel.Store]:
    return {store_id: channel.store(db(), store_id) for store_id in {share.store_id for share in shares}}
