"""Joining the club, and coming back: phone, one-time code, and for newcomers name, store and consent."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from center_core import channel, member
from center_core.kit import Fault
from scrm.fronts.i18n import language, local_text
from scrm.fronts.identity import safe_next, sign_in_member
from scrm.fronts.limits import caller_address, limiter
from scrm.fronts.refusals import status_of, text_of
from scrm.fronts.web import db, keep_writes, now

from .challenge_link import attribute_joining
from .front import blueprint, brought_code, visitor
from .own_guide import met_by_code
from .privacy import terms_version

PURPOSE = "join"
PROVEN_SECONDS = 15 * 60
"""How long a proven phone number may wait for its owner to fill in the last step."""

# A whole mall joins from one address: hundreds within the hour, many of them in its first minutes. These numbers keep
# floods away from the database; how many codes are sent and how often they are guessed at, for each phone and each
# address, is counted there (``center_core/member/codes.py``) and holds whatever stands here.
REQUESTS = "120/minute"
TRIES = "240/minute"

Page = str | Response | tuple[str, int]


@blueprint.get("/join")
def join() -> Page:
    who = visitor()
    if who is not None:
        return met_by_code(who.member_id, request.args.get("k", "")) or redirect(_destination())
    brought_code()  # A guide's own code: who joins by it belongs to them.
    return _phone_step()


@blueprint.post("/join")
@limiter.limit(REQUESTS)
def send_code() -> Page:
    """Ask for a one-time code. The answer is the same whether the number belongs to a member or not."""
    phone = request.form.get("phone", "")
    try:
        phone = member.request_code(
            db(), phone=phone, purpose=PURPOSE, origin=caller_address(), locale=language(), now=now()
        )
    except Fault as fault:
        return _phone_step(phone, fault)
    session["joining"] = phone
    return redirect(url_for("club.join_code", next=_destination()))


@blueprint.get("/join/code")
def join_code() -> Page:
    return _code_step()


@blueprint.post("/join/code")
@limiter.limit(TRIES)
def prove_phone() -> Page:
    """Let a member in who names the code; a newcomer goes on to the last step, a frozen member to whom to ask."""
    phone = session.get("joining")
    if phone is None:
        return redirect(url_for("club.join"))
    try:
        member.check_code(db(), phone=phone, code=request.form.get("code", ""), purpose=PURPOSE, now=now())
    except Fault as fault:
        return _code_step(fault)
    known = member.by_phone(db(), phone)
    if known is not None and known.status == "frozen":
        keep_writes()  # The code is used up.
        raise member.frozen()
    if known is not None:
        return _signed_in(known.member_id)
    session["proven"] = [phone, now().timestamp()]
    return redirect(url_for("club.join_profile", next=_destination()))


@blueprint.get("/join/profile")
def join_profile() -> Page:
    if _proven_phone() is None:
        return redirect(url_for("club.join", next=_destination()))
    return _profile_step({})


@blueprint.post("/join/profile")
def become_member() -> Page:
    phone = _proven_phone()
    if phone is None:
        return redirect(url_for("club.join", next=_destination()))
    if "show" in request.form:
        return _profile_step({})
    code = _channel_code()
    store_id = _chosen_store()
    problems = {}
    if not request.form.get("name", "").strip():
        problems["name"] = _("Please tell us your name.")
    if code is None and store_id is None:
        problems["store_id"] = _("Please choose your store.")
    if "consent" not in request.form:
        problems["consent"] = _("We may only welcome you with your consent.")
    if problems:
        return _profile_step(problems)
    joined, new = member.join(
        db(),
        phone=phone,
        name=request.form.get("name", ""),
        store_id=code.store_id if code else store_id,
        staff_id=code.staff_id if code else None,
        channel_code=code.code if code else None,
        consent_version=terms_version(),
        locale=language(),
        now=now(),
    )
    if "marketing" in request.form:
        member.give_consent(
            db(), member_id=joined.member_id, document="marketing", version=terms_version(), now=now()
        )
    if new:
        attribute_joining(joined.member_id)
    return _signed_in(joined.member_id)


@blueprint.get("/join/stores")
def join_stores() -> str:
    """The stores of a city, or the ones nearest to a place, as rows to pick from."""
    return render_template("club/_stores.html", stores=_stores_to_pick(), store_id="")


def _signed_in(member_id: UUID) -> Response:
    for key in ("joining", "proven", "code", "challenge"):
        session.pop(key, None)
    return sign_in_member(redirect(_destination()), member_id)


def _destination() -> str:
    return safe_next(url_for("club.home"))


def _refused(fault: Fault) -> int:
    """The status for a step that is shown again; what the refusal has to remember is kept."""
    if fault.keep:
        keep_writes()
    return status_of(fault)


def _phone_step(phone: str = "", fault: Fault | None = None) -> Page:
    page = render_template(
        "club/join.html",
        phone=phone,
        error=text_of(fault) if fault else "",
        next=_destination(),
        code_store=_store_name_of_code(),
    )
    return (page, _refused(fault)) if fault else page


def _code_step(fault: Fault | None = None) -> Page:
    phone = session.get("joining")
    if phone is None:
        return redirect(url_for("club.join", next=_destination()))
    error = text_of(fault) if fault else ""
    page = render_template("club/join_code.html", phone=phone, error=error, next=_destination())
    return (page, _refused(fault)) if fault else page


def _profile_step(problems: dict[str, str]) -> Page:
    page = render_template(
        "club/join_profile.html",
        errors=problems,
        name=request.form.get("name", ""),
        city=request.form.get("city", ""),
        store_id=request.form.get("store_id", ""),
        code_store=_store_name_of_code(),
        cities=_cities(),
        stores=_stores_to_pick(),
    )
    return (page, 422) if problems else page


def _proven_phone() -> str | None:
    phone, at = session.get("proven", (None, 0))
    return phone if now().timestamp() - at < PROVEN_SECONDS else None


def _channel_code() -> channel.ChannelCode | None:
    code = session.get("code")
    return channel.resolve_code(db(), code) if code else None


def _store_name_of_code() -> str:
    code = _channel_code()
    return local_text(channel.store(db(), code.store_id).name) if code else ""


def _chosen_store() -> UUID | None:
    try:
        store = channel.store(db(), UUID(request.form.get("store_id", "")))
    except (ValueError, Fault):
        return None
    return store.id if store.active and store.kind == "store" else None


def _cities() -> list[tuple[str, str]]:
    """Each city by the Chinese name that look-ups take, and as the reader writes it."""
    return [(city["zh"], local_text(city)) for city in channel.cities(db())]


def _stores_to_pick() -> Sequence[tuple[channel.Store, float | None]]:
    latitude, longitude = request.args.get("lat", type=float), request.args.get("lng", type=float)
    if latitude is not None and longitude is not None:
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            abort(400)
        return [(near.store, near.km) for near in channel.nearest(db(), lat=latitude, lng=longitude, limit=6)]
    city = request.values.get("city", "")
    if not city:
        return []
    return [(store, None) for store in channel.stores(db(), city=city)]
