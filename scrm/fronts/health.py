"""For machines that watch this one: is it alive, may it have traffic, and how does it do."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from time import perf_counter
from typing import Any

import redis
from flask import Blueprint, Flask, Response, current_app, g, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from prometheus_client.values import ValueClass
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from center_core.kit import Database, utcnow
from scrm.backlog import backlog, waiting_since
from scrm.config import Config
from scrm.fronts import web
from scrm.metrics import REQUESTS

blueprint = Blueprint("health", __name__)

# A relay that is further behind than this stands still, or waits for workers that are.
SECONDS_OF_RELAY_LAG = 30


def init_app(app: Flask) -> None:
    """Register the addresses, and time every request of `app`."""
    config: Config = app.extensions["config"]
    app.extensions["health_redis"] = redis.Redis.from_url(config.redis_url, socket_timeout=1, retry=None)
    # First of all, because a check that answers itself (a forged form) keeps the others from running.
    app.before_request_funcs.setdefault(None, []).insert(0, _begin)
    app.after_request(_count)
    app.register_blueprint(blueprint)


@blueprint.get("/healthz")
def healthz() -> Response:
    """This process runs and answers; it asks nobody else."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """May this process have traffic? Yes when its database is there, with our newest migration or a newer one.

    Redis, the relay and whether text messages reach anybody are reported and do not decide: without them people still
    play and buy, and what is owed to them is delivered later, so taking every web process out of service would only
    make it worse.
    """
    database = web.database()
    checks = {
        "database": _database_answers(database),
        "migrations": _is_migrated(database),
        "redis": _redis_answers(),
        "relay": _relay_keeps_up(database, now=web.now()),
        "sms": current_app.extensions["config"].sends_sms,
    }
    ready = checks["database"] and checks["migrations"]
    status = "ready" if all(checks.values()) else "degraded" if ready else "unavailable"
    return jsonify(status=status, checks=checks), 200 if ready else 503


@blueprint.get("/metrics")
def metrics() -> Response:
    """Prometheus' text format: all processes of this installation, and the outbox."""
    registry = CollectorRegistry()
    registry.register(_OutboxCollector(web.database()))
    own = b"" if _adds_up_processes(registry) else generate_latest(REGISTRY)
    return Response(own + generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _OutboxCollector(Collector):
    """Reads the outbox when it is asked."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with self.database.transaction() as db:
            now_open = backlog(db)
        events = GaugeMetricFamily("scrm_outbox_events", "Events not yet done, by state.", labels=["state"])
        for state in ("waiting", "under_way", "parked"):
            events.add_metric([state], getattr(now_open, state))
        yield events
        age = (utcnow() - now_open.oldest).total_seconds() if now_open.oldest else 0.0
        yield GaugeMetricFamily("scrm_outbox_oldest_seconds", "Age of the oldest open event.", value=age)


def _adds_up_processes(registry: CollectorRegistry) -> bool:
    """True when the library was started with a folder in which all processes keep their figures."""
    if ValueClass.__name__ != "MmapedValue":
        return False
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return True


def _database_answers(database: Database) -> bool:
    try:
        with database.transaction() as db:
            return bool(db.scalar(text("select 1")))
    except SQLAlchemyError:
        return False


def _is_migrated(database: Database) -> bool:
    """Not behind: a migration that we do not know is of a newer version of the program, beside which this one works
    on. Were it a reason, `scrm migrate` would take every machine of the old version out of service at once.
    """
    try:
        with database.transaction() as db:
            found = db.scalar(text("select version_num from alembic_version"))
    except SQLAlchemyError:
        return False
    return found is not None and found not in _outgrown_migrations()


@cache
def _outgrown_migrations() -> frozenset[str]:
    """All that we know but the newest."""
    from alembic.script import ScriptDirectory

    from scrm.migrations import alembic_config

    scripts = ScriptDirectory.from_config(alembic_config(""))
    return frozenset(script.revision for script in scripts.walk_revisions()) - set(scripts.get_heads())


def _redis_answers() -> bool:
    connection: redis.Redis = current_app.extensions["health_redis"]
    try:
        return bool(connection.ping())
    except redis.RedisError:
        return False


def _relay_keeps_up(database: Database, *, now: datetime) -> bool:
    try:
        with database.transaction() as db:
            oldest = waiting_since(db)
    except SQLAlchemyError:
        return False
    return oldest is None or (now - oldest).total_seconds() < SECONDS_OF_RELAY_LAG


def _begin() -> None:
    g.began = perf_counter()


_timers: dict[tuple[str, int], Any] = {}


def _count(response: Response) -> Response:
    front = (request.endpoint or "none").partition(".")[0]
    label = (front, response.status_code // 100)
    timer = _timers.get(label)
    if timer is None:
        timer = _timers[label] = REQUESTS.labels(front, f"{label[1]}xx")
    timer.observe(perf_counter() - g.began)
    return response
