"""Real servers for the suite: one embedded PostgreSQL and Valkey, one migrated template, a transaction per test."""

import gc
import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from playwright.sync_api import expect
from redis import Redis
from sqlalchemy import create_engine, event, make_url, text

from center_core.kit import Database, Looking, Session
from scrm import embedded
from scrm.config import Config

from .databases import Lending, clone

LOOPBACK = ("127.", "localhost", "::1")

# A page on a laden machine may take its time, in milliseconds; a test that passes never waits this long.
PATIENCE = 60_000

# What takes longest is handed out first, so that no worker is left alone with it at the end.
LONGEST_FIRST = (
    "tests/browser/", "tests/faults/", "tests/games/test_playing_all.py", "tests/games/test_watching.py",
    "tests/realtime/", "tests/games/", "tests/fronts/console/", "tests/fronts/", "tests/demo/",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the files by ``LONGEST_FIRST``; xdist keeps the order with ``--no-loadscope-reorder``."""
    rank = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(
        key=lambda item: min((rank[name] for name in rank if item.nodeid.startswith(name)), default=len(rank))
    )


def pytest_collection_finish() -> None:
    """What was imported and collected lasts as long as the run: the garbage collector need never look at it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _patient() -> None:
    """``expect(...)`` waits as long as everything else that looks at a page."""
    expect.set_options(timeout=PATIENCE)


@pytest.fixture(autouse=True, scope="session")
def _plain_logs() -> None:
    """An error in a log as Python writes it: in colours and with all variables it takes most of a second."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ]
    )


@pytest.fixture(autouse=True, scope="session")
def _no_outside() -> Iterator[None]:
    """Nothing in the suite talks to anything but this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How pytest-playwright starts its browser."""
    return chromium()


def chromium() -> dict[str, Any]:
    """The Chromium that `make test` found, or the system's; within a container it has no sandbox of its own."""
    flags = ("no-sandbox", "disable-background-networking", "disable-component-update", "disable-sync",
             "no-first-run", "disable-quic")  # fmt: skip
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return {"executable_path": found, "args": [f"--{flag}" for flag in flags]}


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.Addresses]:
    """The embedded PostgreSQL and Valkey of this run, without fsync."""
    var = tmp_path_factory.mktemp("var")
    addresses = embedded.start(var, durable=False)
    _sign_in_quickly(addresses.database_url)
    yield addresses
    embedded.stop(var)


def _sign_in_quickly(database_url: str) -> None:
    """Tests open thousands of connections, each of which would hash the password four thousand times."""
    server = create_engine(database_url)
    with server.begin() as connection:
        connection.execute(text("set local scram_iterations = 1"))
        connection.execute(text(f"alter role current_user password '{make_url(database_url).password}'"))
    server.dispose()


@pytest.fixture(scope="session")
def template(servers: embedded.Addresses) -> str:
    """The address of a database that the real migrations made; fresh ones are cloned from it."""
    from scrm.migrations import migrate

    migrate(servers.database_url)
    return servers.database_url


@pytest.fixture(scope="session")
def _shared(template: str, servers: embedded.Addresses) -> Iterator[Database]:
    with clone(template) as url:
        database = Database(url)
        yield database
        database.close()


@pytest.fixture
def db(_shared: Database) -> Iterator[Session]:
    """A session whose work is undone after the test; ``db.commit()`` only ends a savepoint."""
    with _shared.engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield session
        outer.rollback()


@pytest.fixture(scope="session")
def _lending(template: str) -> Iterator[Lending]:
    lending = Lending(template)
    yield lending
    lending.close()


@pytest.fixture
def database(_lending: Lending) -> Iterator[Database]:
    """An empty database of the test's own, for what must really commit: races, jobs, HTTP, processes."""
    yield _lending.lend()
    _lending.take_back()


@pytest.fixture
def redis(servers: embedded.Addresses) -> Iterator["Redis[bytes]"]:
    """An empty Valkey."""
    connection: Redis[bytes] = Redis.from_url(servers.redis_url)
    connection.flushall()
    yield connection
    connection.close()


@pytest.fixture
def now() -> datetime:
    """Friday, noon in Shanghai."""
    return datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.fixture
def config(database: Database, servers: embedded.Addresses, tmp_path: Path) -> Config:
    """The settings of a demo installation on the test's own database."""
    return Config(
        database_url=database.url,
        redis_url=servers.redis_url,
        secret_key="a-secret-for-tests-only-" + "0" * 16,
        var=tmp_path / "var",
        demo=True,
    )


class Compiled(BytecodeCache):
    """Templates are compiled once for all applications of a run; Jinja itself sees to it that they are the same."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._codes.get(bucket.key + bucket.checksum):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


COMPILED = Compiled()


@pytest.fixture
def app(config: Config, database: Database, redis: "Redis[bytes]") -> Flask:
    """The web application on the test's own database and an empty Valkey."""
    from scrm.app import create_app

    app = create_app(config, database=database)
    app.jinja_env.bytecode_cache = COMPILED
    app.testing = False  # Errors are answered as they are in production.
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without script."""
    return app.test_client()


@pytest.fixture
def count_queries() -> Callable[[Database], AbstractContextManager[list[str]]]:
    """``with count_queries(database) as seen``: the statements that the block sent, not those of threads beside it."""

    @contextmanager
    def counting(database: Database) -> Iterator[list[str]]:
        seen: list[str] = []
        own = threading.get_ident()

        def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
            if threading.get_ident() == own:
                seen.append(statement)

        def rows(self: Looking, statement: str, values: dict[str, Any]) -> Any:
            note(None, None, statement)
            return look(self, statement, values)

        look = Looking.rows
        glass = database.looking().get_bind()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Looking, "rows", rows)
            for engine in (database.engine, glass):
                event.listen(engine, "before_cursor_execute", note)
            yield seen
            for engine in (database.engine, glass):
                event.remove(engine, "before_cursor_execute", note)

    return counting
