"""What all pages of the workbench share: the blueprint, who holds the phone, and whose members these are."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, ParamSpec, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from center_core import channel, member, user
from center_core.kit import N_, Forbidden, NotFound, Refused
from scrm.engagement import conversation
from scrm.engagement.conversation import Conversation
from scrm.fronts import identity
from scrm.fronts.web import db, now

P = ParamSpec("P")
R = TypeVar("R")

blueprint = Blueprint("guide", __name__, url_prefix="/guide", template_folder="templates")


def for_guides(permission: str) -> Callable[[Callable[P, R]], Callable[P, R | BaseResponse]]:
    """Only for staff who hold ``permission`` in some store; the others are sent to the workbench's own door."""
    return identity.staff_required(permission, sign_in="guide.sign_in")


def me() -> user.Staff:
    """Who holds the phone."""
    staff = identity.current_staff()
    if staff is None:
        raise identity.SIGNED_OUT
    return staff


def shop() -> channel.Store:
    """The store that the guide works in; headquarters staff without one have nothing to do here."""
    if "shop" not in g:
        staff = me()
        if staff.store_id is None:
            raise Refused("no_home_store", N_("You belong to no store, so there is no workbench for you."))
        g.shop = channel.store(db(), staff.store_id)
    store: channel.Store = g.shop
    return store


def person(member_id: UUID, permission: str = "member.view") -> member.Member:
    """A member whom the guide may see: one of their own, or of a store where they hold ``permission``."""
    found = member.member(db(), member_id)
    if found.kind != "person" or found.status == "erased":
        raise NotFound("member_unknown", N_("There is no such member."))
    binding = binding_of(member_id)
    if binding is None or binding.staff_id != me().id:
        store_id = binding.store_id if binding else found.join_store_id
        identity.access().require(permission, store_id=store_id)
    return found


def binding_of(member_id: UUID) -> member.Binding | None:
    """Whose member this is; asked for once in a request."""
    known: dict[UUID, member.Binding | None] = g.setdefault("bindings", {})
    if member_id not in known:
        known[member_id] = member.guide_of(db(), member_id)
    return known[member_id]


def is_mine(member_id: UUID) -> bool:
    """Whether the guide looks after this member."""
    binding = binding_of(member_id)
    return binding is not None and binding.staff_id == me().id


def own_conversation(member_id: UUID) -> Conversation:
    """The conversation with one of the guide's own members; a colleague's is not theirs to read."""
    person(member_id, "conversation.reply")
    if not is_mine(member_id):
        raise Forbidden("conversation_handed_over", N_("This member has another guide now."))
    return conversation.open_with_guide(db(), member_id=member_id, now=now())


def note_deed(verb: str, member_id: UUID, **detail: Any) -> None:
    """Write into the audit log what was done to or seen of a member, in the transaction of the deed itself."""
    actor = user.Actor("staff", me().id, request.remote_addr)
    user.record(db(), actor=actor, verb=verb, subject=f"member:{member_id}", detail=detail, now=now())


def midnight(day: date) -> datetime:
    """The beginning of ``day`` in the store's time zone."""
    return datetime.combine(day, time(), ZoneInfo(shop().zone))


def is_fragment() -> bool:
    """Whether a script asks for a piece of the page rather than the whole."""
    return "HX-Request" in request.headers


@blueprint.context_processor
def _shared() -> dict[str, Any]:
    """Called, not computed: pieces of pages need neither the count nor the token."""
    return {"me": identity.current_staff(), "shop": shop, "waiting": waiting, "live": _live}


def waiting() -> int:
    """In how many conversations somebody waits for an answer."""
    return conversation.waiting_for(db(), staff_id=me().id)


def _live() -> dict[str, str]:
    """What the page's script needs to hear of things as they happen."""
    return {
        "url": current_app.extensions["config"].realtime_url,
        "token": identity.socket_token("staff", me().id),
        "tokenAddress": url_for("guide.token"),
    }
