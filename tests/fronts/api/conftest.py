"""A store with a till: what integrators see, over HTTP, with every refusal held against the document."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from redis import Redis
from werkzeug.test import TestResponse

from center_core import channel, member, product, user
from center_core.kit import Database, utcnow
from scrm import embedded
from scrm.app import create_app
from scrm.config import Config
from scrm.fronts.api import open_gate
from scrm.fronts.api.document import document
from scrm.fronts.api.problems import PROBLEMS
from tests import make
from tests.databases import clone

PAYMENT_SECRET = "between-us-and-the-provider"


class Till:
    """A system with an API key; every answer it gets must be one that the document announces."""

    def __init__(self, app: Flask, key: str | None) -> None:
        self._app = app
        self.headers = {"Accept-Language": "en"} | ({"Authorization": f"Bearer {key}"} if key else {})

    def get(self, path: str, **query: Any) -> TestResponse:
        return self._send("GET", path, query_string=query or None)

    def post(self, path: str, body: Any, *, once: str | None = "new", **headers: str) -> TestResponse:
        """``once`` is the Idempotency-Key; a new one unless told otherwise, none with ``None``."""
        keyed = {"Idempotency-Key": str(uuid4()) if once == "new" else once} if once else {}
        return self._send("POST", path, json=body, headers={**keyed, **headers})

    def delete(self, path: str, **query: Any) -> TestResponse:
        return self._send("DELETE", path, query_string=query or None)

    def _send(
        self, method: str, path: str, headers: dict[str, str] | None = None, **rest: Any
    ) -> TestResponse:
        response = self._app.test_client().open(
            f"/v1{path}", method=method, headers={**self.headers, **(headers or {})}, **rest
        )
        self._announced(method, path, response)
        return response

    def _announced(self, method: str, path: str, response: TestResponse) -> None:
        with self._app.test_request_context(f"/v1{path}", method=method) as context:
            rule = context.request.url_rule
        if rule is None:
            return
        template = rule.rule.replace("<uuid:", "{").replace("<", "{").replace(">", "}")
        answers = document(self._app)["paths"][template][method.lower()]["responses"]
        announced = answers.get(str(response.status_code))
        assert announced, f"{method} {template} does not announce {response.status_code}: {response.text}"
        if response.status_code >= 400:
            key = response.json["key"]
            assert response.content_type == "application/problem+json"
            assert PROBLEMS[key].status == response.status_code
            assert key in announced["content"]["application/problem+json"]["examples"], f"{template}: {key}"


@dataclass
class Shop:
    """A store with a guide, a member of theirs, and ten down jackets at 1,000 yuan."""

    store: channel.Store
    guide: user.Staff
    member: member.Member
    sku: product.Sku
    at: datetime
    key: str


@pytest.fixture(scope="package")
def database(template: str) -> Iterator[Database]:
    """One database for the whole package: each test has a store, a member and an article of its own."""
    with clone(template) as url:
        database = Database(url, pool_size=12)
        with database.transaction() as db:
            make.tiers(db)
        yield database
        database.close()


@pytest.fixture(scope="package")
def config(database: Database, servers: embedded.Addresses) -> Config:
    return Config(
        database_url=database.url,
        redis_url=servers.redis_url,
        secret_key="a-secret-for-tests-only-" + "0" * 16,
        payment_secret=PAYMENT_SECRET,
    )


@pytest.fixture(scope="package")
def app(config: Config, database: Database) -> Flask:
    return create_app(config, database=database)


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet(app: Flask, config: Config, redis: "Redis[bytes]") -> None:
    """Allowances of its own for each test, on an empty Redis."""
    app.extensions["gate"] = open_gate(config, app.extensions["keyring"])


@pytest.fixture
def shop(database: Database) -> Shop:
    at = utcnow()
    with database.transaction() as db:
        store = make.store(db)
        guide = make.guide(db, store=store)
        who = make.member(db, name="林晚舟", store=store, guide=guide, points=120, now=at)
        sku = make.sku(db, price_fen=100_000)
        make.stock(db, store, sku, 10, now=at)
        key = make.api_key(db, store, now=at)
    return Shop(store, guide, who, sku, at, key)


@pytest.fixture
def till(app: Flask, shop: Shop) -> Till:
    """The till of the store, with every scope."""
    return Till(app, shop.key)


@pytest.fixture
def other_till(app: Flask, database: Database, shop: Shop) -> Till:
    """The till of another store."""
    with database.transaction() as db:
        key = make.api_key(db, make.store(db), now=shop.at)
    return Till(app, key)


@pytest.fixture
def coupon(database: Database, shop: Shop) -> Callable[..., str]:
    """``coupon(minimum_fen=…)``: the code of a coupon of the member; 50 yuan off unless told otherwise."""

    def give(**terms: Any) -> str:
        with database.transaction() as db:
            return make.coupon(db, shop.member, now=shop.at, **terms).code

    return give


@pytest.fixture
def basket(shop: Shop) -> list[dict[str, Any]]:
    """One jacket."""
    return [{"article": shop.sku.barcode, "quantity": 1}]
