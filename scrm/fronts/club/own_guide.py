"""A member scans a guide's code: whoever has no guide is theirs from now on, and whoever has one is asked first."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from center_core import channel, member, user
from scrm.fronts.identity import member_required
from scrm.fronts.web import db, now

from .front import blueprint, my_id


def met_by_code(member_id: UUID, scanned: str) -> Response | str | None:
    """What a signed-in member who came by a code sees; ``None`` if it changes nothing for them."""
    code = channel.resolve_code(db(), scanned)
    if code is None:
        return None
    binding = member.guide_of(db(), member_id)
    if binding is None:
        bound = member.bind_in_store(
            db(),
            member_id=member_id,
            store_id=code.store_id,
            staff_id=code.staff_id,
            reason="scan",
            now=now(),
        )
        return redirect(url_for("club.chat")) if bound else None
    guide = _guide(code)
    if guide is None:
        return None
    if guide.id == binding.staff_id:
        return redirect(url_for("club.chat"))
    return render_template(
        "club/another_guide.html",
        code=code.code,
        guide=guide,
        store=channel.store(db(), code.store_id),
        present=user.staff(db(), binding.staff_id),
    )


@blueprint.post("/me/guide")
@member_required
def choose_guide() -> Response:
    """Leave the present guide for the one whose code was scanned."""
    code = channel.resolve_code(db(), request.form.get("k", ""))
    guide = _guide(code) if code else None
    if code and guide:
        member.bind(
            db(), member_id=my_id(), staff_id=guide.id, store_id=code.store_id, reason="scan", now=now()
        )
    return redirect(url_for("club.chat"))


def _guide(code: channel.ChannelCode) -> user.Staff | None:
    """Whose code it is, if they look after members in that store still."""
    guides = user.guides_of_store(db(), code.store_id) if code.staff_id else []
    return next((guide for guide in guides if guide.id == code.staff_id), None)
