"""What is done to a member from headquarters: another guide, a rest or an end of the membership, a coupon taken away.

Each deed is on record with who did it and, where it takes something from the member, why.
"""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from center_core import user
from scrm.fronts.identity import staff_required
from scrm.fronts.rebinding import rebind
from scrm.fronts.web import db

from .front import blueprint, note
from .members import seen
from .stores import reach


@blueprint.post("/members/<uuid:member_id>/guide")
@staff_required("member.bind")
def change_guide(member_id: UUID) -> ResponseReturnValue:
    """Another guide, named by their login: one of any store that the reader answers for."""
    seen(member_id, "member.bind")
    guide = user.staff_by_login(db(), request.form.get("login", ""))
    binding = rebind(reach(), member_id=member_id, guide=guide)
    note("member.bind", f"member:{member_id}", staff_id=str(binding.staff_id))
    flash(_("The member was handed over."))
    return _back(member_id)


def _back(member_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("console.member_card", member_id=member_id))
