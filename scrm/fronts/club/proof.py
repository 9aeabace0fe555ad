"""The public check of a draw: anybody with its receipt sees how the number came about."""

from flask import Response, jsonify, render_template

import campaigns
from scrm.engine import engine
from scrm.fronts.web import db, now

from .front import blueprint


@blueprint.get("/verify/<code>")
def verify(code: str) -> str:
    """Shows what was fixed beforehand and what was drawn; computes it again once the seed is revealed."""
    receipt = campaigns.receipt(db(), code=code)
    live = engine().live(receipt.slug)
    return render_template(
        "club/verify.html",
        receipt=receipt,
        verdict=campaigns.verify(receipt),
        definition=live.definition,
        over=live.phase(now()) == "over",
    )


@blueprint.get("/verify/<code>.json")
def receipt(code: str) -> Response:
    """The receipt for docs/verify_draw.py, so that nobody has to take this page's word."""
    return jsonify(campaigns.receipt(db(), code=code).document())
