"""What happens to my members just now."""

from flask import render_template

from scrm.engagement import feed
from scrm.fronts.web import db

from .front import blueprint, guides_only, me


@blueprint.get("/")
@guides_only("member.view")
def today() -> str:
    return render_template("guide/today.html", lines=feed.of_staff(db(), staff_id=me().id).rows)
