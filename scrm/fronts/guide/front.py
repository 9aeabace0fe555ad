"""What every page of the workbench shares: the blueprint, who works with it, and whom they may look after."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from center_core import member, user
from center_core.kit import N_, NotFound
from scrm.fronts import identity
from scrm.fronts.web import db, now

P = ParamSpec("P")
R = TypeVar("R")

blueprint = Blueprint("guide", __name__, url_prefix="/guide", template_folder="templates")


def guides_only(*permissions: str) -> Callable[[Callable[P, R]], Callable[P, R | BaseResponse]]:
    """Only for staff who hold ``permissions`` somewhere; the others are sent to the workbench's own door."""
    return identity.staff_required(*permissions, sign_in="guide.sign_in")


def me() -> user.Staff:
    """Who holds the phone; only for views behind ``guides_only``."""
    staff = identity.current_staff()
    if staff is None:
        raise identity.SIGNED_OUT
    return staff


def member_in_reach(
    member_id: UUID, permission: str = "member.view"
) -> tuple[member.Member, member.Binding | None]:
    """A person whose store the reader holds ``permission`` in, and whose member they are.

    A guide stands in for a colleague of the same store on a day off, never for another store.
    """
    who = member.member(db(), member_id)
    if who.kind != "person" or who.status == "erased":
        raise NotFound("member_unknown", N_("There is no such member."))
    binding = member.guide_of(db(), member_id)
    store_id = binding.store_id if binding else who.join_store_id
    identity.access().require(permission, store_id=store_id)
    return who, binding


def note(verb: str, subject: str, **detail: Any) -> None:
    """Write into the audit log, in the transaction of the deed itself. ``subject`` is ``kind:id``."""
    actor = user.Actor("staff", me().id, request.remote_addr)
    user.record(db(), actor=actor, verb=verb, subject=subject, detail=detail, now=now())


def is_fragment() -> bool:
    """Whether a script asks for a piece of the page rather than the whole."""
    return request.headers.get("HX-Request") == "true"


def leads_store(store_id: UUID | None) -> bool:
    """Whether the reader may see who works in that store and how they do."""
    return store_id is not None and identity.access().may("staff.view", store_id=store_id)
