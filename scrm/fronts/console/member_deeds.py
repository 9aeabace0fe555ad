"""What is done to a member from headquarters: another guide, a rest or an end of the membership, a coupon taken away.

Each deed is on record with who did it and, where it takes something from the member, why.
"""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from center_core import marketing, member, user
from center_core.kit import N_, NotFound, Refused
from scrm.fronts.identity import staff_required
from scrm.fronts.rebinding import rebind
from scrm.fronts.web import db, now

from .front import blueprint, note
from .members import seen
from .stores import reach

LONGEST_REASON = 200


@blueprint.post("/members/<uuid:member_id>/guide")
@staff_required("member.bind")
def change_guide(member_id: UUID) -> ResponseReturnValue:
    """Another guide, named by their login: one of any store that the reader answers for."""
    _check(member_id, "member.bind")
    guide = user.staff_by_login(db(), request.form.get("login", ""))
    binding = rebind(reach(), member_id=member_id, guide=guide)
    note("member.bind", f"member:{member_id}", staff_id=str(binding.staff_id))
    flash(_("The member was handed over."))
    return _back(member_id)


@blueprint.post("/members/<uuid:member_id>/freeze")
@staff_required("member.freeze")
def freeze_member(member_id: UUID) -> ResponseReturnValue:
    """The membership rests until somebody ends that; whatever the member has open is closed."""
    _check(member_id, "member.freeze")
    why = _reason()
    member.freeze(db(), member_id=member_id, now=now())
    note("member.freeze", f"member:{member_id}", reason=why)
    flash(_("The membership rests."))
    return _back(member_id)


@blueprint.post("/members/<uuid:member_id>/unfreeze")
@staff_required("member.freeze")
def unfreeze_member(member_id: UUID) -> ResponseReturnValue:
    """The membership goes on where it stopped."""
    _check(member_id, "member.freeze")
    member.unfreeze(db(), member_id=member_id)
    note("member.unfreeze", f"member:{member_id}")
    flash(_("The membership goes on."))
    return _back(member_id)


@blueprint.post("/members/<uuid:member_id>/erasure")
@staff_required("member.erase")
def erase_member(member_id: UUID) -> ResponseReturnValue:
    """Forget the person for good, as they asked; the record of it names nobody."""
    _check(member_id, "member.erase")
    why = _reason()
    if "sure" not in request.form:
        raise Refused("not_confirmed", N_("Please confirm that this cannot be undone."))
    member.erase(db(), member_id=member_id, now=now())
    note("member.erase", f"member:{member_id}", reason=why)
    flash(_("The member was forgotten."))
    return _back(member_id)


@blueprint.post("/members/<uuid:member_id>/coupons/<uuid:coupon_id>/void")
@staff_required("coupon.void")
def void_coupon(member_id: UUID, coupon_id: UUID) -> ResponseReturnValue:
    """Take an unused coupon away again."""
    _check(member_id, "coupon.void")
    why = _reason()
    held = marketing.coupon(db(), member_id=member_id, coupon_id=coupon_id, now=now())
    marketing.void(db(), member_id=member_id, coupon_id=coupon_id, now=now())
    note("coupon.void", f"member:{member_id}", code=held.coupon.code, reason=why)
    flash(_("The coupon was taken away."))
    return _back(member_id)


def _check(member_id: UUID, permission: str) -> None:
    """Refuse whoever may not do this there, for a store's walk-in account, and for whoever was forgotten."""
    person, _binding = seen(member_id, permission)
    if person.kind != "person" or person.status == "erased":
        raise NotFound("member_unknown", N_("There is no such member."))


def _reason() -> str:
    """Why, in the words of whoever does it; without them it is not done."""
    why = " ".join(request.form.get("reason", "").replace("\x00", "").split())
    if not why:
        raise Refused("reason_missing", N_("Please say why; it is kept in the audit log."))
    return why[:LONGEST_REASON]


def _back(member_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("console.member_card", member_id=member_id))
