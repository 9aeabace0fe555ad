"""Signing staff in and out."""

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from center_core import user
from center_core.kit import Fault
from scrm.fronts import identity
from scrm.fronts.limits import limiter
from scrm.fronts.refusals import status_of, text_of
from scrm.fronts.web import db, keep_writes, now

from .form import Form, read
from .front import blueprint


class SignIn(BaseModel):
    """What the sign-in page asks for."""

    login: str = Field(min_length=1, max_length=80)
    password: str = Field(min_length=1, max_length=200)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@limiter.limit("20/minute", methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """A wrong password and an unknown login are told apart by nobody."""
    form: Form[SignIn] = read(SignIn, request.form) if request.method == "POST" else Form({})
    status = 422 if form.errors else 200
    if form.model:
        try:
            staff = user.sign_in(
                db(),
                login=form.model.login,
                password=form.model.password,
                ip=request.remote_addr or "",
                now=now(),
                public=current_app.extensions["config"].refused_passwords,
            )
        except Fault as fault:
            if fault.keep:
                keep_writes()
            form.refuse("password", text_of(fault))
            status = status_of(fault)
        else:
            return identity.sign_in_staff(redirect(identity.safe_next(url_for("console.home"))), staff)
    return render_template("console/sign_in.html", form=form), status


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Back to the sign-in page."""
    return identity.sign_out(redirect(url_for("console.sign_in")), identity.STAFF_COOKIE)
