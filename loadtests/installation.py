"""A throw-away installation with a folder and ports of its own, started as anybody starts one: `scrm up`."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from center_core.kit import Database
from scrm import embedded
from scrm.fronts.identity import Tokens
from scrm.supervisor.child import end_with_parent

SECONDS_TO_START = 300
SECONDS_TO_STOP = 90
FOREIGN = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")


@dataclass(frozen=True)
class Installation:
    """A running installation, and how to reach into it."""

    var: Path
    port: int
    environ: dict[str, str] = field(repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def realtime_url(self) -> str:
        return f"ws://127.0.0.1:{self.port + 1}"

    @property
    def database_url(self) -> str:
        return embedded.addresses(self.var).database_url

    @property
    def redis_url(self) -> str:
        return embedded.addresses(self.var).redis_url

    def database(self) -> Database:
        return Database(self.database_url, pool_size=4)

    def tokens(self) -> Tokens:
        """Signs people in without their passwords: the secret is the installation's own."""
        return Tokens(embedded.secret(self.var, "secret_key"))

    def pid_of(self, process: str) -> int | None:
        """The process id of ``web-0``, ``relay``, ``postgres`` ...; none while it is not running."""
        try:
            pid = int((self.var / "run" / f"{process}.pid").read_text())
            os.kill(pid, 0)
        except (OSError, ValueError):
            return None
        return pid

    def processes(self, kind: str) -> list[str]:
        """The names of all processes of a kind: ``web-0`` and ``web-1`` of ``web``."""
        names = {file.stem for file in (self.var / "run").glob(f"{kind}*.pid")}
        return sorted(name for name in names if name.partition("-")[0] == kind)

    def scrm(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of its commands."""
        command = [sys.executable, "-m", "scrm", *arguments]
        return subprocess.run(command, env=self.environ, capture_output=True, text=True, check=False)


@contextmanager
def installation(var: Path, *, port: int, demo: bool = True) -> Iterator[Installation]:
    """Start everything anew under ``var``, which is emptied; the ports are ``port`` and the three after it."""
    shutil.rmtree(var, ignore_errors=True)
    var.mkdir(parents=True)
    environ = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    ports = {"SCRM_REALTIME_PORT": port + 1, "SCRM_POSTGRES_PORT": port + 2, "SCRM_VALKEY_PORT": port + 3}
    environ |= {"SCRM_VAR": str(var), "SCRM_DEMO": str(int(demo))}
    environ |= {name: str(number) for name, number in ports.items()}
    environ.setdefault("SCRM_LOG_LEVEL", "WARNING")
    up = [sys.executable, "-m", "scrm", "up", "--port", str(port)]
    with open(var / "up.log", "w") as log:
        process = subprocess.Popen(
            up,
            env=environ,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - before any thread
        )
    it = Installation(var, port, environ)
    try:
        _await_start(it, process)
        yield it
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(SECONDS_TO_STOP)


def _await_start(it: Installation, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    addresses = [f"{it.url}/readyz", f"{it.realtime_url.replace('ws', 'http', 1)}/healthz"]
    while addresses:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"it did not start:\n{(it.var / 'up.log').read_text()[-2000:]}")
        if _answers(addresses[0]):
            addresses.pop(0)
        else:
            time.sleep(0.2)


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
