"""Tags and notes on a member's card: added and removed with one tap, and with one more undone."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from center_core import member, user
from center_core.kit import Fault, Refused
from scrm.engagement import note
from scrm.fronts.refusals import text_of
from scrm.fronts.web import db, now

from .front import blueprint, for_guides, is_fragment, me, person


@blueprint.post("/members/<uuid:member_id>/tags")
@for_guides("member.edit")
def add_tag(member_id: UUID) -> ResponseReturnValue:
    person(member_id, "member.edit")
    tag = request.form.get("tag", "")
    try:
        member.add_tag(db(), member_id=member_id, tag=tag, now=now())
    except Refused as fault:
        return _tags(member_id, fault=fault)
    return _tags(member_id)


@blueprint.post("/members/<uuid:member_id>/tags/removal")
@for_guides("member.edit")
def remove_tag(member_id: UUID) -> ResponseReturnValue:
    person(member_id, "member.edit")
    tag = request.form.get("tag", "")
    member.remove_tag(db(), member_id=member_id, tag=tag)
    return _tags(member_id, removed=tag)


@blueprint.post("/members/<uuid:member_id>/notes")
@for_guides("member.edit")
def write_note(member_id: UUID) -> ResponseReturnValue:
    person(member_id, "member.edit")
    text = request.form.get("text", "")
    try:
        note.write(db(), member_id=member_id, staff_id=me().id, text=text, now=now())
    except Refused as fault:
        return _notes(member_id, fault=fault, text=text)
    return _notes(member_id)


@blueprint.post("/members/<uuid:member_id>/notes/<uuid:note_id>/removal")
@for_guides("member.edit")
def remove_note(member_id: UUID, note_id: UUID) -> ResponseReturnValue:
    """Everybody takes back their own notes only; to undo it is to write the same again."""
    person(member_id, "member.edit")
    taken = note.take_back(db(), member_id=member_id, note_id=note_id, staff_id=me().id)
    return _notes(member_id, removed=taken)


def _tags(member_id: UUID, *, removed: str = "", fault: Fault | None = None) -> ResponseReturnValue:
    if not is_fragment() and fault is None:
        return redirect(url_for("guide.member_card", member_id=member_id, _anchor="tags"))
    return _piece(
        "guide/_tags.html",
        fault,
        person=member.member(db(), member_id),
        tags=member.tags(db(), member_id),
        removed=removed,
    )


def _notes(
    member_id: UUID, *, removed: str = "", fault: Fault | None = None, text: str = ""
) -> ResponseReturnValue:
    if not is_fragment() and fault is None:
        return redirect(url_for("guide.member_card", member_id=member_id, _anchor="notes"))
    notes = note.notes_of(db(), member_id, limit=note.SHOWN)
    return _piece(
        "guide/_notes.html",
        fault,
        person=member.member(db(), member_id),
        notes=notes,
        authors={one.id: one for one in user.staff_by_ids(db(), {one.staff_id for one in notes})},
        own_id=me().id,
        removed=removed,
        text=text,
    )


def _piece(template: str, fault: Fault | None, **shown: object) -> ResponseReturnValue:
    """The list as it is now; a refusal stands where it was typed."""
    page = render_template(template, may_edit=True, error=text_of(fault) if fault else "", **shown)
    return (page, 422) if fault else page
