"""The consumers' front: the club on the phone."""

from importlib import import_module

from flask import Flask

from . import words
from .front import blueprint

VIEWS = ("home", "joining", "card", "wallet", "campaign", "play", "rounds", "proof", "privacy", "plays")
DEMO_VIEWS = ("inbox", "styleguide")


def init_app(app: Flask) -> None:
    """Register the club's pages; the inbox and the style guide exist under the demo setting only."""
    for view in VIEWS + (DEMO_VIEWS if app.config["DEMO"] else ()):
        import_module(f"{__name__}.{view}")
    words.init_app(app)
    app.register_blueprint(blueprint)
