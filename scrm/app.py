"""Puts the application together: configuration in, WSGI callable out."""

from collections.abc import Callable
from importlib import import_module

import orjson
from flask import Flask
from flask.json.provider import JSONProvider
from flask_talisman import Talisman
from werkzeug.middleware.proxy_fix import ProxyFix

from center_core.kit import Database

from .config import Config
from .fronts.lean import LeanFlask

FRONTS = ("club", "guide", "console", "api", "health")
"""Each ``scrm.fronts.<name>`` exports ``init_app(app)``, which registers its blueprint."""


class OrjsonProvider(JSONProvider):
    """JSON by orjson: several times quicker, and it knows UUIDs and datetimes."""

    def dumps(self, obj: object, **kwargs: object) -> str:
        """``obj`` as JSON text."""
        return orjson.dumps(obj, option=orjson.OPT_NON_STR_KEYS).decode()

    def loads(self, s: str | bytes, **kwargs: object) -> object:
        """The value of a JSON text."""
        return orjson.loads(s)


def create_app(config: Config | None = None, *, database: Database | None = None) -> Flask:
    """The whole web application. ``database`` lets a test hand in its own."""
    config = config or Config.from_env()
    app = LeanFlask(
        "scrm",
        static_folder="fronts/static/dist",
        static_url_path="/static",
        template_folder="fronts/templates",
        # Of APIFlask only the reading of routes is used: errors, document and its page are ours.
        enable_openapi=False,
        json_errors=False,
    )
    app.json = OrjsonProvider(app)
    app.extensions["config"] = config
    app.config.update(
        SECRET_KEY=config.secret_key,
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        SESSION_COOKIE_NAME="forms",
        SESSION_COOKIE_SAMESITE="Lax",
        SEND_FILE_MAX_AGE_DEFAULT=365 * 86400,
        PREFERRED_URL_SCHEME="https" if config.secure else "http",
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        DEMO=config.demo,
        BRAND=config.brand,
        AUTO_SERVERS=False,
        AUTO_404_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
    )
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]

    database = database or Database(config.database_url, pool_size=config.database_pool)
    for init in _parts(config, database):
        init(app)
    _secure(app, config)
    for front in FRONTS:
        import_module(f"scrm.fronts.{front}").init_app(app)
    return app


def _parts(config: Config, database: Database) -> tuple[Callable[[Flask], None], ...]:
    from scrm import engine
    from scrm.fronts import assets, frames, i18n, identity, limits, pictures, refusals, theme, web

    return (
        lambda app: web.init_app(app, database),
        lambda app: i18n.init_app(app, config.default_locale),
        lambda app: identity.init_app(app, config.secret_key),
        lambda app: limits.init_app(app, config),
        lambda app: engine.init_app(app, config, database),
        refusals.init_app,
        assets.init_app,
        frames.init_app,
        pictures.init_app,
        theme.init_app,
    )


def _secure(app: Flask, config: Config) -> None:
    """Security headers. Scripts come from our own origin only; there are no inline ones."""
    socket = config.realtime_url.replace("http", "ws", 1)
    Talisman(
        app,
        force_https=False,
        strict_transport_security=config.secure,
        session_cookie_secure=False,  # See ``identity.LazySessions``.
        frame_options="SAMEORIGIN",
        referrer_policy="strict-origin-when-cross-origin",
        permissions_policy={"geolocation": "(self)"},
        content_security_policy={
            "default-src": "'self'",
            "img-src": "'self' data: blob:",
            "style-src": "'self' 'unsafe-inline'",
            "script-src": "'self'",
            "connect-src": f"'self' {config.realtime_url} {socket}",
            "frame-ancestors": "'self'",
            "object-src": "'none'",
            "base-uri": "'self'",
            "form-action": "'self'",
        },
    )
