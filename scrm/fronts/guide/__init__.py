"""The shop guides' front: the workbench, held in one hand on the shop floor."""

from importlib import import_module

from flask import Flask

from .front import blueprint

VIEWS = ("signing_in", "today")


def init_app(app: Flask) -> None:
    """Serve the workbench under ``/guide``."""
    for view in VIEWS:
        import_module(f"{__name__}.{view}")
    app.register_blueprint(blueprint)
