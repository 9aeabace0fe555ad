"""The shop guides' front: the workbench, held in one hand on the shop floor."""

from importlib import import_module

from flask import Flask

from . import words
from .front import blueprint

VIEWS = (
    "sign_in",
    "today",
    "members",
    "card",
    "changing_guide",
    "remarks",
    "results",
    "season",
    "myself",
    "conversations",
    "enclosures",
)


def init_app(app: Flask) -> None:
    """Serve the workbench under ``/guide``."""
    for view in VIEWS:
        import_module(f"{__name__}.{view}")
    words.init_app(app)
    app.register_blueprint(blueprint)
