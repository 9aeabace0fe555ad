"""What every page of the club shares: the blueprint, and who is looking."""

from uuid import UUID

from flask import Blueprint, g, request, session

from center_core import channel, member
from center_core.kit import Fault, NotFound
from scrm.fronts.identity import SIGNED_OUT, current_member
from scrm.fronts.web import db

blueprint = Blueprint("club", "scrm.fronts.club")
demo = Blueprint("demo", "scrm.fronts.club")
"""Pages that exist under the demo setting only."""


def visitor() -> member.Member | None:
    """The member who is looking at the page; none if nobody signed in, or if the membership has ended."""
    if "visitor" not in g:
        g.visitor = _visitor()
    found: member.Member | None = g.visitor
    return found


def myself() -> member.Member:
    """The member who is looking at a page of their own."""
    found = visitor()
    if found is None:
        raise _stranger()
    return found


def visitor_id() -> UUID | None:
    """Their id alone, for pages that show no more of them: a fifth of the cost."""
    member_id = current_member()
    return member_id if member_id is not None and member.is_active(db(), member_id) else None


def my_id() -> UUID:
    """The id of the member who is looking at a page of their own."""
    found = visitor_id()
    if found is None:
        raise _stranger()
    return found


def brought_code() -> str:
    """The channel code that the page's link brought (empty: none); who joins later in this browser came by it."""
    code = request.args.get("k", "")
    if not channel.could_be_code(code):
        return ""
    session["code"] = code
    return code


def _stranger() -> Fault:
    """Why this page is nobody's own: signing in again would not help a frozen member."""
    member_id = current_member()
    try:
        is_frozen = member_id is not None and member.standing(db(), member_id).status == "frozen"
    except NotFound:
        is_frozen = False
    return member.frozen() if is_frozen else SIGNED_OUT


def _visitor() -> member.Member | None:
    member_id = current_member()
    if member_id is None:
        return None
    try:
        found = member.member(db(), member_id)
    except NotFound:
        return None
    return found if found.status == "active" else None
