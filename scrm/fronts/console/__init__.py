"""The console: where headquarters builds, launches and watches campaigns, on a desktop or on a phone."""

from flask import Flask

from . import (  # noqa: F401 - importing them puts their routes on the blueprint
    api_keys,
    audit,
    campaign_list,
    coupon_templates,
    departures,
    editor,
    editor_pictures,
    history,
    home,
    lifecycle,
    member_deeds,
    members,
    operations,
    preview,
    preview_game,
    preview_questions,
    rehearsal,
    report,
    saved_views,
    seasons,
    share,
    sign_in,
    staff,
    stores,
    tiers,
    winners,
)
from .front import blueprint

__all__ = ["blueprint", "init_app"]


def init_app(app: Flask) -> None:
    """Serve the console under ``/console``."""
    app.register_blueprint(blueprint)
