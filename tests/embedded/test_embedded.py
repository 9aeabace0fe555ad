"""The embedded PostgreSQL and Valkey: started, reused, killed, refused."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from redis import Redis
from redis.exceptions import AuthenticationError

from scrm import embedded
from scrm.embedded import rootless
from scrm.embedded.port import any_free


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder whose servers run; what a test stops or kills, the next one starts again."""
    var = tmp_path_factory.mktemp("embedded") / "var"
    embedded.start(var, durable=False)
    yield var
    embedded.stop(var)


@pytest.fixture
def var(running: Path) -> Path:
    embedded.start(running, durable=False)
    return running


def connect(var: Path) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(embedded.addresses(var).database_url.replace("+psycopg", ""), autocommit=True)


def pids(var: Path) -> tuple[int, int]:
    status = embedded.status(var)
    assert status.postgres_pid is not None
    assert status.valkey_pid is not None
    return status.postgres_pid, status.valkey_pid


def test_both_answer(var: Path) -> None:
    with connect(var) as connection:
        assert connection.execute("select current_database(), current_user").fetchone() == ("scrm", "app")
        row = connection.execute("show server_version_num").fetchone()
        assert row is not None
        assert str(row[0]).startswith("18")
    with Redis.from_url(embedded.addresses(var).redis_url) as redis:
        assert redis.ping()


def test_only_loopback_and_only_with_the_password(var: Path) -> None:
    addresses = embedded.addresses(var)
    wrong = addresses.database_url.replace("+psycopg", "").replace("app:", "app:x")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(wrong)
    with connect(var) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("127.0.0.1",)
    with Redis.from_url(addresses.redis_url, decode_responses=True) as redis:
        assert redis.config_get("bind") == {"bind": "127.0.0.1"}
    with pytest.raises(AuthenticationError):
        Redis(port=int((var / "valkey" / "port").read_text())).ping()


def test_secrets_are_for_the_owner_only(var: Path) -> None:
    secrets = list((var / "secrets").iterdir())
    assert secrets
    for secret in [*secrets, var / "valkey" / "valkey.conf"]:
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE((var / "secrets").stat().st_mode) == 0o700


def test_what_runs_is_used_again(var: Path) -> None:
    before = pids(var)
    assert embedded.start(var, durable=False) == embedded.addresses(var)
    assert pids(var) == before


def test_a_stop_and_a_start_keep_everything(var: Path) -> None:
    addresses = embedded.addresses(var)
    with connect(var) as connection:
        connection.execute("create table if not exists kept (n int); insert into kept values (1)")
    embedded.stop(var)
    assert embedded.status(var) == embedded.Status(None, None)
    assert embedded.start(var, durable=False) == addresses
    with connect(var) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (1,)


def test_killing_everything_loses_nothing_that_was_committed(tmp_path: Path) -> None:
    var = tmp_path / "var"
    addresses = embedded.start(var)  # durable, as in production
    try:
        with Redis.from_url(addresses.redis_url) as redis:
            redis.set("kept", "yes")
        with connect(var) as connection:
            connection.execute("create table kept (n int); insert into kept values (7)")
            busy = connect(var)
            for pid in (*pids(var), busy.info.backend_pid):
                os.kill(pid, signal.SIGKILL)
        embedded.start(var)
        with connect(var) as connection:
            assert connection.execute("select n from kept").fetchone() == (7,)
        with Redis.from_url(embedded.addresses(var).redis_url) as redis:
            assert redis.get("kept") == b"yes"
    finally:
        embedded.stop(var)


def test_a_lock_that_names_somebody_elses_process_is_not_believed(var: Path) -> None:
    embedded.stop(var)
    lock = var / "postgres" / "cluster" / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{var}\n1\n1\n\n127.0.0.1\n\nready\n")
    embedded.start(var, durable=False)
    assert pids(var)[0] != os.getpid()


@pytest.mark.parametrize("server", ["postgres", "valkey"])
def test_a_taken_port_is_refused_with_advice(var: Path, server: str) -> None:
    embedded.stop(var)
    port = int((var / server / "port").read_text())
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind(("127.0.0.1", port))
        squatter.listen()
        with pytest.raises(embedded.PortTaken, match=rf"127\.0\.0\.1:{port}.*\n.*SCRM_{server.upper()}_PORT"):
            embedded.start(var, durable=False)
    assert int((var / server / "port").read_text()) == port, "a refusal changes nothing"


def test_another_port_can_be_chosen(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port = any_free()
    monkeypatch.setenv("SCRM_POSTGRES_PORT", str(port))
    with pytest.raises(embedded.EmbeddedError, match="Stop it first"):
        embedded.start(var, durable=False)
    embedded.stop(var)
    assert f":{port}/" in embedded.start(var, durable=False).database_url
    with connect(var) as connection:
        assert connection.execute("show port").fetchone() == (str(port),)


def test_data_of_another_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    cluster = tmp_path / "var" / "postgres" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("15\n")
    with pytest.raises(embedded.ForeignVersion, match=r"PostgreSQL 15.*\n?.*PostgreSQL 18"):
        embedded.start(tmp_path / "var")
    assert [file.name for file in cluster.iterdir()] == ["PG_VERSION"]


def test_a_container_without_user_namespaces_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(rootless, "UNSHARE", ("sh", "-c", "echo Operation not permitted >&2; exit 1"))
    rootless.prefix.cache_clear()
    with pytest.raises(embedded.NotPermitted, match=r"Operation not permitted(.|\n)*ordinary user"):
        rootless.prefix()
    rootless.prefix.cache_clear()


def test_simultaneous_first_starts_agree(tmp_path: Path) -> None:
    var = tmp_path / "var"
    script = (
        "import sys; from pathlib import Path; from scrm import embedded;"
        "print(embedded.start(Path(sys.argv[1]), durable=False))"
    )

    def first_start(_: int) -> str:
        return subprocess.run(
            [sys.executable, "-c", script, str(var)], capture_output=True, text=True, check=True
        ).stdout

    try:
        with ThreadPoolExecutor(3) as three:
            answers = set(three.map(first_start, range(3)))
        assert answers == {f"{embedded.addresses(var)}\n"}
    finally:
        embedded.stop(var)


def test_a_first_start_that_was_killed_begins_again(tmp_path: Path) -> None:
    half_made = tmp_path / "var" / "postgres" / "cluster.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")
    try:
        embedded.start(tmp_path / "var", durable=False)
        assert not half_made.exists()
    finally:
        embedded.stop(tmp_path / "var")


def test_in_the_foreground_the_process_is_the_server(var: Path) -> None:
    embedded.stop(var)
    environment = {**os.environ, "SCRM_VAR": str(var)}
    command = [sys.executable, "-m", "scrm", "embedded", "postgres"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while embedded.status(var).postgres_pid != server.pid:
            assert time.monotonic() < deadline, "it did not start"
            time.sleep(0.05)
    finally:
        server.send_signal(signal.SIGINT)
        assert server.wait(60) == 0
