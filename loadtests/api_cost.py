"""What an authenticated ``/v1`` route costs beside a bare Flask route, in CPU of the process, in the same run.

    python -m loadtests.api_cost [--requests 200] [--rounds 60]

Both applications are called as a server would call them, with a complete WSGI environment, in short turns within one
process. What else the machine does can only make a turn dearer (caches, a shared core), so each route's cheapest
turn is compared. Keys, allowance, headers, metrics and the transaction hook are all on; PostgreSQL and Valkey are
the embedded ones.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify
from werkzeug.test import EnvironBuilder

from center_core import channel, inventory, member, product
from center_core.kit import Database, Session, utcnow, uuid7
from scrm import embedded
from scrm.app import create_app
from scrm.config import Config
from scrm.migrations import migrate

BARE = "bare Flask"
ALLOWED = 1.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, installation(Path(folder)) as (config, database):
        with database.transaction() as db:
            key, barcode, phone = furnish(db)
        app = create_app(config, database=database)
        headers = {"Authorization": f"Bearer {key}"}
        routes = {
            BARE: caller(bare(), "/constant"),
            "GET /v1/me": caller(app, "/v1/me", headers),
            "GET /v1/products?barcode=": caller(app, f"/v1/products?barcode={barcode}", headers),
            "GET /v1/members?phone=": caller(app, f"/v1/members?phone={phone}", headers),
        }
        print_costs(measured(routes, options.requests, options.rounds))
        database.close()


@contextmanager
def installation(folder: Path) -> Iterator[tuple[Config, Database]]:
    """The embedded servers, migrated, and the settings of a web process on them."""
    addresses = embedded.start(folder / "var", durable=False)
    try:
        migrate(addresses.database_url)
        config = Config(
            database_url=addresses.database_url,
            redis_url=addresses.redis_url,
            secret_key="a-secret-for-benchmarks-only-" + "0" * 16,
            var=folder / "var",
            api_requests_per_minute=10_000_000,
        )
        yield config, Database(addresses.database_url)
    finally:
        embedded.stop(folder / "var")


def furnish(db: Session) -> tuple[str, str, str]:
    """A store with a key, an article and a member: what the measured requests name."""
    text = {"en": "one", "zh": "一"}
    store = channel.create_store(
        db, code="S001", kind="store", name=text, province=text, city=text, address=text
    )
    inventory.create_location(db, code="S001", kind="store", name=text, store_id=store.id)
    _, key = channel.issue_key(db, store_id=store.id, label="till", scopes=channel.SCOPES, now=utcnow())
    style = product.create_style(
        db, code="XJ0101", name=text, category="long", silhouette="long", quilting="horizontal", hood=True,
        fill="down", season="2026", price_fen=129_900, story=text,
    )  # fmt: skip
    sku = product.create_sku(
        db, style_id=style.id, code="XJ0101-M", barcode="6990000000019", colour="ink", colour_name=text,
        colour_hex="#1d2d5c", size="M", size_order=1,
    )  # fmt: skip
    who, _ = member.join(
        db, phone="13800000001", name="one", store_id=store.id, consent_version="1", now=utcnow()
    )
    member.earn(db, member_id=who.member_id, points=100, source=("gift", uuid7()), now=utcnow())
    return key, sku.barcode, "13800000001"


def bare() -> Flask:
    """The least that a route can cost: a constant as JSON."""
    app = Flask("bare")

    @app.get("/constant")
    def constant() -> Response:
        return jsonify(status="ok")

    return app


def caller(app: Flask, path: str, headers: dict[str, str] | None = None) -> Callable[[], None]:
    """A function that sends the same request to ``app``, as a server would."""
    environ = EnvironBuilder(path, headers=headers).get_environ()
    statuses: list[str] = []

    def start_response(status: str, _headers: Any, _error: Any = None) -> Callable[[bytes], object]:
        statuses[:] = [status]
        return statuses.append

    def call() -> None:
        body = app.wsgi_app(dict(environ), start_response)
        for _ in body:
            pass
        body.close()
        if not statuses[0].startswith("200"):
            raise RuntimeError(f"{path} answered {statuses[0]}")

    return call


def measured(routes: dict[str, Callable[[], None]], requests: int, rounds: int) -> dict[str, float]:
    """The CPU time of each route in microseconds, in its cheapest turn, after a warm-up."""
    spent: dict[str, list[float]] = {name: [] for name in routes}
    for call in routes.values():
        for _ in range(100):
            call()
    for _ in range(rounds):
        for name, call in routes.items():
            began = time.process_time()
            for _ in range(requests):
                call()
            spent[name].append(1e6 * (time.process_time() - began) / requests)
    return {name: min(times) for name, times in spent.items()}


def print_costs(costs: dict[str, float]) -> None:
    for name, micros in costs.items():
        print(f"{name:28} {micros:7.0f} µs  {micros / costs[BARE]:5.2f} × {BARE}")
    ratio = costs["GET /v1/me"] / costs[BARE]
    print(f"authenticated /v1 GET: {ratio:.2f} times a bare route (at most {ALLOWED})")


if __name__ == "__main__":
    main()
