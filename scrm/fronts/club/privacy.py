"""The privacy terms that members consent to."""

from flask import current_app, render_template

from .front import blueprint


@blueprint.get("/privacy")
def privacy() -> str:
    return render_template("club/privacy.html", version=terms_version())


def terms_version() -> str:
    """The version of the terms as shown, which is the one that a consent names."""
    version: str = current_app.extensions["config"].privacy_version
    return version
