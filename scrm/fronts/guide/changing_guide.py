"""A store's manager gives a member another guide."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from center_core import user
from scrm.fronts import identity
from scrm.fronts.rebinding import rebind
from scrm.fronts.web import db

from .front import blueprint, for_guides, note_deed, person


@blueprint.post("/members/<uuid:member_id>/guide")
@for_guides("member.bind")
def change_guide(member_id: UUID) -> ResponseReturnValue:
    """The conversation follows, and the new guide is told."""
    person(member_id)
    guide = user.staff_by_login(db(), request.form.get("login", ""))
    binding = rebind(identity.access(), member_id=member_id, guide=guide)
    note_deed("member.bind", member_id, staff_id=str(binding.staff_id))
    return redirect(url_for("guide.member_card", member_id=member_id))
