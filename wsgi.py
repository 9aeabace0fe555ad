"""The WSGI callable where servers look for it by custom."""

from scrm.wsgi import app

__all__ = ["app"]
