"""Signing guides and store managers in and out."""

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from center_core import user
from center_core.kit import Fault
from scrm.fronts import identity, messages
from scrm.fronts.limits import caller_address, limiter
from scrm.fronts.refusals import status_of, text_of
from scrm.fronts.web import db, keep_writes, now

from .front import blueprint, for_guides, me

LONGEST_LOGIN, LONGEST_PASSWORD = 80, 200


@blueprint.route("/sign-in", methods=["GET", "POST"])
@limiter.limit("20/minute", methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """A wrong password and an unknown login are told apart by nobody."""
    if request.method == "GET":
        return _door()
    login = request.form.get("login", "")[:LONGEST_LOGIN]
    password = request.form.get("password", "")[:LONGEST_PASSWORD]
    try:
        staff = user.sign_in(
            db(),
            login=login,
            password=password,
            ip=caller_address(),
            now=now(),
            public=current_app.extensions["config"].refused_passwords,
        )
    except Fault as fault:
        if fault.keep:
            keep_writes()
        return _door(login, text_of(fault)), status_of(fault)
    return identity.sign_in_staff(redirect(_destination()), staff)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Back to the door."""
    return identity.sign_out(redirect(url_for("guide.sign_in")), identity.STAFF_COOKIE)


@blueprint.get("/token")
@for_guides("conversation.reply")
def token() -> Response:
    """A fresh token for the socket of a page that stood open for long."""
    return messages.token("staff", me().id)


def _door(login: str = "", error: str = "") -> str:
    return render_template("guide/sign_in.html", login=login, error=error, next=_destination())


def _destination() -> str:
    return identity.safe_next(url_for("guide.today"))
