"""`scrm up`, for real: all of it runs, whatever is killed comes back, and it leaves when told to."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

import psycopg
import pytest

from center_core.kit import Database
from scrm import embedded
from scrm.embedded.port import any_free
from tests.stack import Stack, happens, running

pytestmark = pytest.mark.processes

EACH = (
    "postgres",
    "valkey",
    "web-0",
    "web-1",
    "realtime-0",
    "realtime-1",
    "relay",
    "worker",
    "outside",
    "schedule",
)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running(tmp_path_factory.mktemp("stack") / "var") as stack:
        yield stack


def test_everything_runs(stack: Stack) -> None:
    assert stack.is_well()
    with urlopen(f"http://127.0.0.1:{stack.realtime_port}/healthz", timeout=60) as answer:
        assert answer.status == 200
    with urlopen(f"{stack.url}/", timeout=60) as page:
        assert page.status == 200
    for name in EACH:
        os.kill(stack.pid(name), 0)


def test_each_line_of_our_own_is_json_and_says_whose(stack: Stack) -> None:
    lines = (stack.var / "log" / "scrm.log").read_text().splitlines()
    ours = [json.loads(line) for line in lines if line.startswith("{")]
    assert {line["process"] for line in ours} <= set(EACH)
    assert ours


def test_a_second_start_is_refused(stack: Stack) -> None:
    second = stack.scrm("up")
    assert second.returncode == 1
    assert "runs already" in second.stderr
    assert stack.is_well()


@pytest.mark.parametrize(
    "names",
    [("postgres",), ("valkey",), ("web-0", "realtime-1", "relay", "worker", "outside", "schedule")],
    ids=str,
)
def test_what_is_killed_comes_back(stack: Stack, names: tuple[str, ...]) -> None:
    killed = {name: stack.pid(name) for name in names}
    for name in names:
        stack.kill(name)
    assert happens(lambda: all(stack.pid(name) != pid for name, pid in killed.items()))
    assert happens(stack.is_well)


def test_web_goes_on_answering_while_one_of_it_is_killed(stack: Stack) -> None:
    assert happens(lambda: stack.listens("web-0") and stack.listens("web-1"))
    stack.kill("web-1")
    answered = 0
    for _ in range(50):
        try:
            with urlopen(f"{stack.url}/healthz", timeout=5) as answer:
                answered += answer.status == 200
        except OSError:
            continue
    # What the killed one had accepted and not yet answered is lost, which phones repeat.
    assert answered >= 48


def test_requests_whose_body_never_comes_keep_nobody_out(stack: Stack) -> None:
    """More than both web processes have places for; each is told so after ten seconds."""
    head = b"POST /join HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n"
    with ExitStack() as open_ones:
        silent = [
            open_ones.enter_context(socket.create_connection(("127.0.0.1", stack.port), timeout=60))
            for _ in range(300)
        ]
        for one in silent:
            one.sendall(head)
        for _ in range(10):
            assert stack.is_well()
        for one in silent:
            assert one.recv(12) == b"HTTP/1.1 408"


def test_a_taken_port_is_refused(stack: Stack, tmp_path: Path) -> None:
    environment = dict(stack.environment) | {"SCRM_VAR": str(tmp_path / "var")}
    command = [sys.executable, "-m", "scrm", "up"]
    other = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert other.returncode == 1
    assert f"listens on port {stack.port}" in other.stderr
    assert embedded.status(tmp_path / "var") == embedded.Status(None, None)


def test_ctrl_c_ends_all_of_it_and_waits_for_no_client(stack: Stack) -> None:
    pids = [stack.pid(name) for name in EACH]
    url = embedded.addresses(stack.var).database_url.replace("+psycopg", "")
    with psycopg.connect(url):
        stack.process.send_signal(signal.SIGINT)
        assert stack.process.wait(timeout=60) == 0
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert embedded.status(stack.var) == embedded.Status(None, None)


def test_real_servers_take_the_place_of_the_embedded_ones(
    tmp_path: Path, database: Database, servers: embedded.Addresses
) -> None:
    var = tmp_path / "var"
    one_each = {"SCRM_WEB_PROCESSES": "1", "SCRM_REALTIME_PROCESSES": "1"}
    with running(var, DATABASE_URL=database.url, REDIS_URL=servers.redis_url, **one_each) as stack:
        assert stack.is_well()
        assert not (var / "postgres").exists()
        assert {file.stem for file in (var / "run").glob("*.pid")} == {
            "supervisord", "web", "realtime", "relay", "worker", "outside", "schedule",
        }  # fmt: skip


def test_one_real_server_without_the_other_is_refused(tmp_path: Path, servers: embedded.Addresses) -> None:
    environment = os.environ | {"SCRM_VAR": str(tmp_path / "var"), "REDIS_URL": servers.redis_url}
    command = [sys.executable, "-m", "scrm", "up", "--port", str(any_free())]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "REDIS_URL is set but DATABASE_URL is not" in answer.stderr
