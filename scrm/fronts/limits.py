"""Rate limits, counted in Redis; a Redis that is away counts in the process instead of refusing."""

from flask import Flask, request
from flask_limiter import Limiter

from scrm.config import Config

from .identity import current_member


def caller_address() -> str:
    """The address a limit is counted for where nobody has signed in yet."""
    return request.remote_addr or "unknown"


def caller_member() -> str:
    """What a limit of a signed-in route is counted for: a mall's visitors share an address, but no membership."""
    member_id = current_member()
    return caller_address() if member_id is None else f"member:{member_id}"


limiter = Limiter(
    caller_address,
    strategy="moving-window",
    headers_enabled=True,
    in_memory_fallback_enabled=True,
    swallow_errors=True,
    key_prefix="limit",
)
"""Has no default limit: a route that needs one says so, and plays are limited by the draw itself."""


def init_app(app: Flask, config: Config) -> None:
    """Count in the Redis of ``config``."""
    app.config["RATELIMIT_STORAGE_URI"] = config.redis_url
    app.config["RATELIMIT_STORAGE_OPTIONS"] = {"socket_connect_timeout": 1, "socket_timeout": 1}
    limiter.init_app(app)
