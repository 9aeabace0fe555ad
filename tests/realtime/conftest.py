"""Real realtime processes on one port, and real clients."""

import atexit
import json
import signal
import socket
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import pytest
import socketio

from center_core import user
from center_core.kit import Database, utcnow, uuid7
from scrm.config import Config
from scrm.embedded import Addresses
from scrm.engagement.conversation import Conversation
from scrm.fronts.identity import Tokens, password_mark
from tests import make
from tests.databases import clone
from tests.nursery import Child, Nursery

# Seconds that a laden machine may take; a test that passes never waits this long.
PATIENCE = 60


@cache
def nursery() -> Nursery:
    """Where realtime processes come from; the command that starts one is tested with the whole installation."""
    nursery = Nursery("tests.realtime.serving")
    atexit.register(nursery.close)
    return nursery


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@dataclass
class Processes:
    """The realtime processes of one test, sharing one port."""

    config: Config
    running: list[Child] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.config.realtime_port}"

    def start(self, index: int) -> Child:
        environ = {
            "DATABASE_URL": self.config.database_url,
            "REDIS_URL": self.config.redis_url,
            "SECRET_KEY": self.config.secret_key,
            "SCRM_PUBLIC_URL": self.config.public_url,
            "SCRM_REALTIME_PORT": str(self.config.realtime_port),
            "SCRM_DATABASE_POOL": "4",
        }
        process = nursery().start(str(index), **environ)
        self.running.append(process)
        return process

    def wait_for(self, process: Child) -> None:
        """Until ``process`` itself has answered: the kernel deals connections out among those that listen."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                    if json.load(answer)["process"] == process.pid:
                        return
            except OSError:
                pass
            time.sleep(0.05)
        raise AssertionError("the realtime process does not answer")

    def stop(self) -> None:
        for process in self.running:
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self.running:
            process.wait(PATIENCE)


class Phone:
    """A Socket.IO client that remembers what it was told."""

    def __init__(self, url: str, token: str, origin: str) -> None:
        self.url = url
        self.token = token
        self.heard: list[tuple[str, Any]] = []
        self.client = socketio.Client(reconnection=False, websocket_extra_options={"origin": origin})
        self.client.on("*", lambda event, *said: self.heard.append((event, said[0] if said else None)))

    def connect(self) -> "Phone":
        self.client.connect(
            self.url, auth={"token": self.token}, transports=["websocket"], wait_timeout=PATIENCE
        )
        return self

    def say(self, event: str, said: Any, seconds: float = PATIENCE) -> Any:
        """The answer; a line that breaks meanwhile never brings one."""
        answers: list[Any] = []
        self.client.emit(event, said, callback=answers.append)
        until = time.monotonic() + seconds
        while not answers:
            if not self.client.connected:
                raise ConnectionError(f"the line broke before {event} was answered")
            assert time.monotonic() < until, f"{event} was not answered"
            time.sleep(0.005)
        return answers[0]

    def is_cut_off(self, seconds: float = PATIENCE) -> bool:
        """Whether the server closes the line in time."""
        until = time.monotonic() + seconds
        while self.client.connected and time.monotonic() < until:
            time.sleep(0.01)
        return not self.client.connected

    def hears(self, event: str, count: int = 1, seconds: float = PATIENCE) -> list[Any]:
        """The first ``count`` of ``event``, waiting for them."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = [said for name, said in self.heard if name == event]
            if len(found) >= count:
                return found
            time.sleep(0.01)
        raise AssertionError(f"heard {self.heard}, and not {count} of {event}")

    def hang_up(self) -> None:
        self.client.disconnect()


@dataclass(frozen=True)
class Pair:
    """A member, the guide, and the conversation between them."""

    member_id: UUID
    staff_id: UUID
    conversation_id: UUID

    @property
    def joining(self) -> dict[str, str]:
        return {"conversation": str(self.conversation_id), "member": str(self.member_id)}

    def post(self, text: str, client_id: UUID | None = None) -> dict[str, str]:
        return {
            "conversation": str(self.conversation_id),
            "client_id": str(client_id or uuid4()),
            "text": text,
        }


@pytest.fixture(scope="module")
def database(template: str) -> Iterator[Database]:
    """One database for the tests of a module, which keep apart by their own members."""
    with clone(template) as url:
        database = Database(url)
        yield database
        database.close()


@pytest.fixture(scope="module")
def config(database: Database, servers: Addresses, tmp_path_factory: pytest.TempPathFactory) -> Config:
    """The settings of the module's realtime processes."""
    return Config(
        database_url=database.url,
        redis_url=servers.redis_url,
        secret_key="a-secret-for-tests-only-" + "0" * 16,
        var=tmp_path_factory.mktemp("var"),
        realtime_port=free_port(),
    )


@contextmanager
def two_processes(config: Config) -> Iterator[Processes]:
    """Two realtime processes on one port."""
    processes = Processes(config)
    for process in [processes.start(0), processes.start(1)]:
        processes.wait_for(process)
    yield processes
    processes.stop()


@pytest.fixture(scope="module")
def realtime(config: Config) -> Iterator[Processes]:
    """The realtime processes of a module."""
    with two_processes(config) as processes:
        yield processes


@pytest.fixture
def pair(database: Database) -> Pair:
    """A conversation that was just opened."""
    with database.transaction() as db:
        guide = user.create_staff(db, login=f"lin-{uuid4()}", name={"en": "Lin Xue", "zh": "林雪"})
        user.grant(db, staff_id=guide.id, role="guide")
        pair = Pair(make.member(db).member_id, guide.id, uuid7())
        db.add(
            Conversation(
                member_id=pair.member_id, id=pair.conversation_id, kind="guide", staff_id=pair.staff_id,
                store_id=uuid7(), last_seq=0, last_at=utcnow(), member_read_seq=0, staff_read_seq=0,
                opened_at=utcnow(),
            )
        )  # fmt: skip
    return pair


@pytest.fixture
def phone(realtime: Processes) -> Iterator[Callable[[str, UUID], Phone]]:
    """Makes connected phones: ``phone("member", id)``; staff had no password when theirs opened its page."""
    phones: list[Phone] = []
    tokens = Tokens(realtime.config.secret_key)

    def make_phone(kind: str, id: UUID) -> Phone:
        mark = password_mark(None) if kind == "staff" else b""
        token = tokens.make("socket", kind.encode() + b":" + id.bytes + mark)
        phone = Phone(realtime.url, token, realtime.config.public_url)
        phones.append(phone)
        return phone.connect()

    yield make_phone
    for each in phones:
        each.hang_up()
