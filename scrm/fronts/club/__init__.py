"""The consumers' front: the club on the phone."""

from importlib import import_module

from flask import Flask

from . import words
from .front import blueprint, demo

VIEWS = (
    "home",
    "joining",
    "own_guide",
    "card",
    "wallet",
    "chat",
    "campaign",
    "play",
    "brought_picture",
    "rounds",
    "questions",
    "duels",
    "leaderboard",
    "watch",
    "kept_rules",
    "challenge_link",
    "season",
    "proof",
    "privacy",
    "own_data",
    "plays",
)
DEMO_VIEWS = ("inbox", "styleguide")


def init_app(app: Flask) -> None:
    """Register the club's pages, and the demo's under its setting."""
    for view in VIEWS + DEMO_VIEWS:
        import_module(f"{__name__}.{view}")
    words.init_app(app)
    app.register_blueprint(blueprint)
    if app.config["DEMO"]:
        app.register_blueprint(demo)
