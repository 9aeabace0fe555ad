"""Signing guides and store managers in and out."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from center_core import user
from center_core.kit import Fault
from scrm.fronts import identity
from scrm.fronts.limits import caller_address, limiter
from scrm.fronts.refusals import status_of, text_of
from scrm.fronts.web import db, keep_writes, now

from .front import blueprint

LONGEST = 200
"""Characters of a login or password that are looked at; hashing what is longer would only cost time."""


@blueprint.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    if identity.current_staff() is not None:
        return redirect(_destination())
    return render_template("guide/sign_in.html", login="", error="", next=_destination())


@blueprint.post("/sign-in")
@limiter.limit("20/minute")
def let_in() -> ResponseReturnValue:
    """A wrong password and an unknown login are told apart by nobody."""
    login, password = (request.form.get(name, "")[:LONGEST] for name in ("login", "password"))
    try:
        staff = user.sign_in(db(), login=login, password=password, ip=caller_address(), now=now())
    except Fault as fault:
        if fault.keep:
            keep_writes()
        page = render_template("guide/sign_in.html", login=login, error=text_of(fault), next=_destination())
        return page, status_of(fault)
    return identity.sign_in_staff(redirect(_destination()), staff)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    return identity.sign_out(redirect(url_for("guide.sign_in")), identity.STAFF_COOKIE)


def _destination() -> str:
    return identity.safe_next(url_for("guide.today"))
