"""What all views of the console share: the blueprint, who acts, the audit trail, the sections of the rail."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar
from uuid import UUID

from flask import Blueprint, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from center_core import user
from center_core.kit import N_
from scrm.fronts import identity
from scrm.fronts.web import db, now

P = ParamSpec("P")
R = TypeVar("R")

blueprint = Blueprint("console", __name__, url_prefix="/console", template_folder="templates")


STAMP = "yyyy-MM-dd HH:mm"
"""How the console writes a moment: dense, sortable, alike in both languages."""


class Section(NamedTuple):
    """One entry of the rail, for those who hold ``permission``; reached by typing ``g`` and ``key``."""

    endpoint: str
    text: str
    icon: str
    key: str
    permission: str | None = None
    by_store: bool = False
    """Whether it is enough to hold the permission in some store or region; the views narrow to those."""


SECTIONS = (
    Section("console.home", N_("Home"), "home", "h"),
    Section("console.campaigns", N_("Campaigns"), "gift", "c", "campaign.view"),
    Section("console.seasons", N_("Seasons"), "trophy", "t", "campaign.view"),
    Section("console.coupon_templates", N_("Coupons"), "ticket", "v", "coupon.view"),
    Section("console.members", N_("Members"), "people", "m", "member.view", by_store=True),
    Section("console.tiers", N_("Tiers"), "snow", "l", "member.view"),
    Section("console.stores", N_("Stores and channels"), "store", "s", "store.view", by_store=True),
    Section("console.api_keys", N_("API keys"), "shield", "k", "api_key.edit", by_store=True),
    Section("console.staff_list", N_("Staff and roles"), "member", "p", "staff.view", by_store=True),
    Section("console.audit_log", N_("Audit log"), "tasks", "a", "audit.view"),
    Section("console.operations", N_("Operations"), "clock", "o", "operations.view"),
)


def me() -> user.Staff:
    """The signed-in member of staff; only for views behind ``staff_required``."""
    staff = identity.current_staff()
    if staff is None:
        raise identity.SIGNED_OUT
    return staff


def actor() -> user.Actor:
    """Who does what this request does, for the audit log."""
    return user.Actor("staff", me().id, request.remote_addr)


def note(verb: str, subject: str, **detail: Any) -> None:
    """Write into the audit log, in the transaction of the deed itself. ``subject`` is ``kind:id``."""
    user.record(db(), actor=actor(), verb=verb, subject=subject, detail=detail, now=now())


def may(permission: str, store_id: UUID | None = None) -> bool:
    """Whether the reader holds ``permission`` in that store, or without one in the whole brand."""
    return identity.current_staff() is not None and identity.access().may(permission, store_id=store_id)


def for_brand(permission: str) -> Callable[[Callable[P, R]], Callable[P, R | BaseResponse]]:
    """Only for staff who hold ``permission`` in the whole brand: campaigns belong to no single store."""

    def decorate(view: Callable[P, R]) -> Callable[P, R | BaseResponse]:
        @identity.staff_required(permission)
        @wraps(view)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            identity.access().require(permission)
            return view(*args, **kwargs)

        return checked

    return decorate


def is_fragment() -> bool:
    """Whether a script asks for a piece of the page rather than the whole."""
    return request.headers.get("HX-Request") == "true"


def open_sections() -> list[Section]:
    """The sections that will not turn the reader away."""
    access = identity.access()
    return [
        section
        for section in SECTIONS
        if section.permission is None
        or (access.may_somewhere if section.by_store else access.may)(section.permission)
    ]


@blueprint.context_processor
def _shared() -> dict[str, Any]:
    staff = identity.current_staff()
    return {
        "sections": open_sections() if staff else [],
        "may": may,
        "me": staff,
        "options": options,
        "stamp": STAMP,
    }


def options(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """The (value, text) pairs of a choice between keys that are known by ``words``."""
    return [(key, gettext(text)) for key, text in words.items()]
