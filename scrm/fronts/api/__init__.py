"""``/v1``: what tills, e-shops and payment providers call."""

from importlib import import_module

from flask import Flask
from redis import Redis

from scrm.config import Config
from scrm.fronts.keyring import Keyring

from . import front
from .allowance import Allowances

VIEWS = (
    "me", "members", "joining", "coupons", "quotes", "orders", "redemptions", "products", "stock", "payments",
    "docs",
)  # fmt: skip
GUESSES_A_MINUTE = 60


def init_app(app: Flask) -> None:
    """Register the routes, with the keys and allowances of this process behind them."""
    keys = app.extensions["keyring"] = Keyring(app.extensions["database"])
    app.extensions["gate"] = open_gate(app.extensions["config"], keys)
    for view in VIEWS:
        import_module(f"{__name__}.{view}")
    app.register_blueprint(front.blueprint)


def open_gate(config: Config, keys: Keyring) -> front.Gate:
    """The door of this process, at which nobody has asked yet."""
    redis = Redis.from_url(config.redis_url, socket_connect_timeout=1, socket_timeout=1)
    return front.Gate(
        keys,
        Allowances(redis, limit=config.api_requests_per_minute, name="key"),
        Allowances(redis, limit=GUESSES_A_MINUTE, name="guess"),
    )
