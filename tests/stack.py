"""The whole installation as `scrm up` runs it, in a folder and on ports of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import psutil

from scrm.embedded.port import any_free


@dataclass(frozen=True)
class Stack:
    """A running installation; `url` is its web address."""

    var: Path
    port: int
    realtime_port: int
    process: "subprocess.Popen[str]"
    environment: Mapping[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def pid(self, name: str) -> int:
        """The process of this name, such as `web-0` or `postgres`."""
        return int((self.var / "run" / f"{name}.pid").read_text())

    def kill(self, name: str) -> None:
        os.kill(self.pid(name), signal.SIGKILL)

    def listens(self, name: str) -> bool:
        """Whether a child of this web process serves: it listens only when it has loaded."""
        with suppress(psutil.NoSuchProcess):
            for child in psutil.Process(self.pid(name)).children():
                if any(it.status == psutil.CONN_LISTEN for it in child.net_connections("tcp")):
                    return True
        return False

    def checks(self) -> dict[str, bool]:
        """What `/readyz` says; empty when nobody answers."""
        try:
            with urlopen(f"{self.url}/readyz", timeout=5) as answer:
                found: dict[str, bool] = json.load(answer)["checks"]
        except HTTPError as error:
            found = json.load(error)["checks"]
        except (URLError, OSError):
            found = {}
        return found

    def is_well(self) -> bool:
        checks = self.checks()
        # Nobody is sent anything here.
        return bool(checks) and all(well for what, well in checks.items() if what != "sms")

    def scrm(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """One command of `scrm`, on this installation."""
        return subprocess.run(
            [sys.executable, "-m", "scrm", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


@contextmanager
def running(var: Path, **settings: str) -> Iterator[Stack]:
    """`scrm up` until the end of the block; `settings` are further variables of its environment."""
    port, realtime_port = any_free(), any_free()
    environment = _without_ours(os.environ) | {
        "SCRM_VAR": str(var),
        "PORT": str(port),
        "SCRM_REALTIME_PORT": str(realtime_port),
        **settings,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "scrm", "up"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        _await_addresses(process)
        yield Stack(var, port, realtime_port, process, environment)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)


def happens(condition: Callable[[], Any], *, within: float = 120) -> bool:
    """Whether it becomes true in time."""
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _await_addresses(process: "subprocess.Popen[str]") -> None:
    """`scrm up` ends its report with how to stop it."""
    report: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        report.append(line)
        if "Ctrl-C" in line:
            return
    raise AssertionError("scrm up did not start:\n" + "".join(report))


def _without_ours(environ: Mapping[str, str]) -> dict[str, str]:
    named = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PROMETHEUS_MULTIPROC_DIR")
    return {k: v for k, v in environ.items() if k not in named and not k.startswith("SCRM_")}
