"""Starts supervisord, waits for it, and stops it."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from xmlrpc.client import ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from scrm.supervisor.child import end_with_parent
from scrm.supervisor.configuration import configuration
from scrm.supervisor.programs import APPLICATION, Program

SECONDS_TO_STOP = 60


class AlreadyRunning(Exception):
    """Another `scrm up` uses this folder."""


class Supervision:
    """One run of supervisord, as a child of this process."""

    def __init__(self, var: Path, programs: Iterable[Program]) -> None:
        self.var = var
        self.file = var / "supervisord.conf"
        self._log = var / "log" / "supervisord.log"
        (var / "log").mkdir(parents=True, exist_ok=True)
        # Names of processes of an earlier run would lead to others by now.
        shutil.rmtree(var / "run", ignore_errors=True)
        (var / "run").mkdir()
        # A socket's path may have no more than 108 characters, and `var` may have more.
        self._socket = Path(tempfile.mkdtemp(prefix="scrm-")) / "supervisor"
        self.file.write_text(configuration(var, self._socket, programs))
        self._log_began = self._log.stat().st_size if self._log.exists() else 0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Everything but the application, which needs a prepared database."""
        command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(self.file)]
        # A session of its own: Ctrl-C in the terminal reaches us, and we stop it in order.
        self._process = subprocess.Popen(  # noqa: S603
            command,
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - this process has one thread
            stdin=subprocess.DEVNULL,
        )

    def start_application(self) -> None:
        while not self._socket.exists() and self.is_running():
            time.sleep(0.05)
        transport = SupervisorTransport(serverurl=f"unix://{self._socket}")
        with ServerProxy("http://localhost", transport=transport) as orders:
            orders.supervisor.startProcessGroup(APPLICATION, False)

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def deaths(self) -> int:
        """How many times a process died since the start."""
        log = self._log.read_bytes() if self._log.exists() else b""
        return log[self._log_began :].count(b"WARN exited:")

    def wait(self) -> int:
        """Until it ends by itself or by `stop`."""
        return self._process.wait() if self._process else 0

    def stop(self) -> None:
        """Everything in order, the database last."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait()
        shutil.rmtree(self._socket.parent, ignore_errors=True)


@contextmanager
def only_one(var: Path) -> Iterator[None]:
    """Held as long as `scrm up` runs; the lock goes with the process."""
    var.mkdir(parents=True, exist_ok=True)
    with open(var / ".up.lock", "w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None
        _await_end_of_orphan(var)
        yield


def running_pid(var: Path) -> int | None:
    """The supervisor of this folder, if it runs."""
    try:
        pid = int((var / "run" / "supervisord.pid").read_text())
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return pid if str(var / "supervisord.conf").encode() in command else None


def stop_running(var: Path) -> bool:
    """Stop the supervisor of this folder and wait for it; false when none runs."""
    pid = running_pid(var)
    if pid is None:
        return False
    os.kill(pid, signal.SIGTERM)
    _await_end_of_orphan(var)
    return True


def _await_end_of_orphan(var: Path) -> None:
    """A supervisor whose `scrm up` was killed stops by itself, which takes a moment."""
    deadline = time.monotonic() + SECONDS_TO_STOP
    while running_pid(var) is not None:
        if time.monotonic() > deadline:
            raise AlreadyRunning
        time.sleep(0.05)
