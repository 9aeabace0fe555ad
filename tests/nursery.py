"""Processes of ours that begin within a moment: forked off one that has imported what they need.

``python -m tests.nursery MODULE FOLDER`` imports the module, and for each line of its input forks a process that calls
the module's ``main``. In ``FOLDER`` it notes how each of them ended, and it takes all of them with it.
"""

import ctypes
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback

# Bound here, before the module that is imported may replace them by gevent's.
from os import WNOHANG, fork, waitpid, waitstatus_to_exitcode
from pathlib import Path

PR_SET_PDEATHSIG = 1


class Child:
    """One of the processes, as ``subprocess.Popen`` would show it."""

    def __init__(self, pid: int, ended: Path) -> None:
        self.pid = pid
        self._ended = ended

    def poll(self) -> int | None:
        """How it ended, if it has."""
        return int(self._ended.read_text()) if self._ended.exists() else None

    def wait(self, timeout: float = 60) -> int:
        """How it ended, which must be within so many seconds."""
        deadline = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(0.01)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Nursery:
    """Forks processes that call ``main`` of ``module``, until it is closed."""

    def __init__(self, module: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="nursery-")
        command = [sys.executable, "-m", "tests.nursery", module, self._folder.name]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def start(self, *arguments: str, **environment: str) -> Child:
        """A process that calls ``main(*arguments)``, with these variables beside ours."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([arguments, {**os.environ, **environment}]) + "\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        return Child(pid, Path(self._folder.name, str(pid)))

    def close(self) -> None:
        """End all that still run."""
        self._process.communicate()
        self._folder.cleanup()


def serve(module: str, folder: str) -> None:
    def bury(*_signal: object) -> None:
        while ended := _ended():
            pid, status = ended
            draft = Path(folder, f".{pid}")
            draft.write_text(str(waitstatus_to_exitcode(status)))
            draft.replace(Path(folder, str(pid)))

    signal.signal(signal.SIGCHLD, bury)
    main = importlib.import_module(module).main
    for line in sys.stdin:
        arguments, environment = json.loads(line)
        pid = fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _live(main, arguments, environment)
        print(pid, flush=True)


def _ended() -> tuple[int, int] | None:
    try:
        pid, status = waitpid(-1, WNOHANG)
    except ChildProcessError:
        return None
    return (pid, status) if pid else None


def _live(main: object, arguments: list[str], environment: dict[str, str]) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    os.environ.clear()
    os.environ.update(environment)
    try:
        main(*arguments)  # type: ignore[operator]
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    serve(*sys.argv[1:])
