"""The public check of a draw: anybody with its receipt sees how the number came about."""

from flask import render_template

import campaigns
from scrm.fronts.web import db

from .front import blueprint


@blueprint.get("/verify/<code>")
def verify(code: str) -> str:
    """Shows what was fixed beforehand and what was drawn; computes it again once the seed is revealed."""
    return render_template("club/verify.html", receipt=campaigns.receipt(db(), code=code))
