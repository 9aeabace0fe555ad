"""What watchers are told: alive, ready, and how it does, with every part there or missing."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from redis.exceptions import ConnectionError as RedisAway
from sqlalchemy import text

from center_core.kit import Database, utcnow, uuid7
from scrm.app import create_app
from scrm.config import Config


def publish(database: Database, *, minutes_ago: float, parked: bool = False) -> None:
    at = utcnow() - timedelta(minutes=minutes_ago)
    with database.transaction() as db:
        db.execute(
            text("insert into outbox (id, name, body, occurred_at, parked_at) "
                 "values (:id, 'X', '{}', :at, :parked)"),
            {"id": uuid7(), "at": at, "parked": at if parked else None},
        )  # fmt: skip


def test_alive_asks_nobody(client: FlaskClient, database: Database) -> None:
    database.close()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ok"})


def test_ready_when_everything_is_there(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json() == {
        "status": "ready",
        "checks": {"database": True, "migrations": True, "redis": True, "relay": True, "sms": True},
    }


def test_without_redis_people_are_still_served(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise RedisAway

    monkeypatch.setattr(app.extensions["health_redis"], "ping", away)
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json()["status"] == "degraded"
    assert answer.get_json()["checks"]["redis"] is False


@pytest.mark.parametrize(
    ("minutes_ago", "parked", "keeps_up"), [(0, False, True), (2, False, False), (2, True, True)]
)
def test_a_relay_that_stands_still_is_seen(
    client: FlaskClient, database: Database, minutes_ago: float, parked: bool, keeps_up: bool
) -> None:
    publish(database, minutes_ago=minutes_ago, parked=parked)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json()["checks"]["relay"] is keeps_up


def test_an_older_schema_is_not_ready(client: FlaskClient, database: Database) -> None:
    with database.transaction() as db:
        db.execute(text("update alembic_version set version_num = '0001'"))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["checks"]["migrations"] is False


def test_a_newer_schema_is_ready(client: FlaskClient, database: Database) -> None:
    """Else who migrates before a new version would end the old one in every process at once."""
    with database.transaction() as db:
        db.execute(text("update alembic_version set version_num = '9999'"))
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json()["checks"]["migrations"] is True


def test_a_schema_that_was_never_migrated_is_not_ready(client: FlaskClient, database: Database) -> None:
    with database.transaction() as db:
        db.execute(text("delete from alembic_version"))
    assert client.get("/readyz").status_code == 503


def test_without_its_database_it_is_not_ready(
    client: FlaskClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody_listens = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    monkeypatch.setattr(database, "_session", nobody_listens._session)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["status"] == "unavailable"


def test_figures_are_in_prometheus_form(client: FlaskClient, database: Database) -> None:
    publish(database, minutes_ago=1)
    publish(database, minutes_ago=1, parked=True)
    client.get("/healthz")
    lines = client.get("/metrics").get_data(as_text=True).splitlines()
    assert 'scrm_outbox_events{state="waiting"} 1.0' in lines
    assert 'scrm_outbox_events{state="parked"} 1.0' in lines
    age = next(float(line.split()[1]) for line in lines if line.startswith("scrm_outbox_oldest_seconds "))
    assert 60 <= age < 120
    assert any(line.startswith('scrm_request_seconds_count{front="health",status="2xx"}') for line in lines)


def test_an_empty_redis_is_no_reason(client: FlaskClient, redis: "Redis[bytes]") -> None:
    redis.flushall()
    assert client.get("/readyz").get_json()["status"] == "ready"


@pytest.mark.parametrize(
    ("settings", "reach"),
    [({}, True), ({"demo": False}, False), ({"demo": False, "sms_provider": "http"}, True)],
)
def test_it_is_said_that_codes_reach_nobody(
    config: Config, database: Database, redis: "Redis[bytes]", settings: dict[str, Any], reach: bool
) -> None:
    app = create_app(config.model_copy(update=settings), database=database)
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json()["checks"]["sms"] is reach
    assert answer.get_json()["status"] == ("ready" if reach else "degraded")
