"""The audit log: who did what to which thing, newest first."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from center_core import user
from scrm.fronts.web import db

from .deeds import told
from .front import blueprint, for_brand


@blueprint.get("/audit")
@for_brand("audit.view")
def audit_log() -> ResponseReturnValue:
    """All of it, or what was done to one thing (``?subject=campaign:<id>``)."""
    page = user.audit_log(
        db(), after=request.args.get("after"), limit=100, subject=request.args.get("subject") or None
    )
    return render_template("console/audit.html", deeds=told(page.rows), after=page.after)
