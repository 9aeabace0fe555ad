"""What a member decides about their own data: news or none, a copy of it all, and leaving the club."""

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from center_core import member, user
from center_core.kit import Fault
from scrm.fronts.i18n import language
from scrm.fronts.identity import MEMBER_COOKIE, member_required
from scrm.fronts.identity import sign_out as forget
from scrm.fronts.limits import caller_address, caller_member, limiter
from scrm.fronts.refusals import status_of, text_of
from scrm.fronts.web import db, keep_writes, now

from .copy_of_data import copied
from .front import blueprint, my_id, myself
from .privacy import terms_version

PURPOSE = "leave"

Page = str | BaseResponse | tuple[str, int]


@blueprint.get("/me/privacy")
@member_required
def own_data() -> str:
    consents = member.consents(db(), my_id())
    return render_template(
        "club/own_data.html", news=any(_is_on(consent) for consent in consents), consents=consents
    )


@blueprint.post("/me/privacy/news")
@member_required
def change_news() -> BaseResponse:
    """Have news of campaigns and coupons, or none from now on."""
    if "news" in request.form:
        member.give_consent(db(), member_id=my_id(), document="marketing", version=terms_version(), now=now())
    else:
        member.withdraw_consent(db(), member_id=my_id(), document="marketing", now=now())
    return redirect(url_for("club.own_data"))


@blueprint.get("/me/privacy/copy")
@member_required
@limiter.limit("10/hour", key_func=caller_member)
def copy_of_data() -> Response:
    """Everything that is stored about the member, as a file."""
    answer = Response(copied(myself()), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@blueprint.get("/me/privacy/leaving")
@member_required
def leaving() -> Page:
    return render_template("club/leaving.html", phone=myself().phone, asked=False, error="")


@blueprint.post("/me/privacy/leaving")
@member_required
@limiter.limit("20/minute", key_func=caller_member)
def ask_to_leave() -> Page:
    """Send a code to the member's own phone: a borrowed phone that is signed in ends no membership."""
    try:
        member.request_code(
            db(),
            phone=myself().phone or "",
            purpose=PURPOSE,
            origin=caller_address(),
            locale=language(),
            now=now(),
        )
    except Fault as fault:
        return _refused(fault, asked=fault.key == "code_too_soon")
    return render_template("club/leaving.html", phone=myself().phone, asked=True, error="")


@blueprint.post("/me/privacy/leaving/code")
@member_required
@limiter.limit("30/minute", key_func=caller_member)
def leave() -> Page:
    """Forget the member for good, and sign out."""
    who = myself()
    try:
        member.check_code(
            db(), phone=who.phone or "", code=request.form.get("code", ""), purpose=PURPOSE, now=now()
        )
    except Fault as fault:
        return _refused(fault, asked=True)
    member.erase(db(), member_id=who.member_id, now=now())
    user.record(
        db(),
        actor=user.Actor("member", who.member_id, request.remote_addr),
        verb="member.erase",
        subject=f"member:{who.member_id}",
        now=now(),
    )
    return forget(redirect(url_for("club.goodbye")), MEMBER_COOKIE)


@blueprint.get("/goodbye")
def goodbye() -> str:
    return render_template("club/goodbye.html")


def _refused(fault: Fault, *, asked: bool) -> Page:
    if fault.keep:
        keep_writes()
    page = render_template("club/leaving.html", phone=myself().phone, asked=asked, error=text_of(fault))
    return page, status_of(fault)


def _is_on(consent: member.Consent) -> bool:
    return consent.document == "marketing" and consent.withdrawn_at is None
