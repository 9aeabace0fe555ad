"""supervisord with our configuration: what dies comes back, and all of it goes when it should."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scrm.supervisor import AlreadyRunning, Program, Supervision, running_pid, stop_running
from scrm.supervisor.run import only_one


@dataclass(frozen=True)
class Sleeper(Program):
    """A process that writes its pid, as ours do, and waits."""

    def command(self) -> list[str]:
        return [sys.executable, "-m", "tests.supervisor.sleeper", *self.arguments]


def programs(var: Path) -> list[Program]:
    return [
        Sleeper("first", [str(var), "100%"], group="first"),
        Sleeper("twin", [str(var), "{index}"], count=2),
    ]


NAMES = ("first", "twin-0", "twin-1")


@pytest.fixture
def supervision(tmp_path: Path) -> Iterator[Supervision]:
    supervision = Supervision(tmp_path / "var", programs(tmp_path / "var"))
    supervision.start()
    supervision.start_application()
    yield supervision
    supervision.stop()


def happens(condition: Callable[[], bool], within: float = 60) -> bool:
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def pid_of(var: Path, name: str) -> int | None:
    """The process of this name, if it lives."""
    try:
        pid = int((var / "run" / f"{name}.pid").read_text())
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return pid


def all_run(var: Path) -> bool:
    return all(pid_of(var, name) for name in NAMES)


def test_each_process_runs_and_writes_to_one_log(supervision: Supervision) -> None:
    var = supervision.var
    assert happens(lambda: all_run(var))
    expected = {"hello from 100%", "hello from 0", "hello from 1"}
    assert happens(lambda: expected <= set((var / "log" / "scrm.log").read_text().splitlines()))


def test_the_application_waits_until_it_is_let_go(tmp_path: Path) -> None:
    var = tmp_path / "var"
    supervision = Supervision(var, programs(var))
    supervision.start()
    try:
        assert happens(lambda: pid_of(var, "first") is not None)
        assert pid_of(var, "twin-0") is None
        supervision.start_application()
        assert happens(lambda: all_run(var))
    finally:
        supervision.stop()


def test_what_is_killed_comes_back(supervision: Supervision) -> None:
    var = supervision.var
    assert happens(lambda: all_run(var))
    for name in NAMES:
        killed = pid_of(var, name)
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        assert happens(lambda name=name, killed=killed: pid_of(var, name) not in (None, killed))


def test_all_of_it_stops_and_nobody_has_to_be_killed(supervision: Supervision) -> None:
    var = supervision.var
    assert happens(lambda: all_run(var))
    assert running_pid(var) is not None
    assert stop_running(var)
    assert "SIGKILL" not in (var / "log" / "supervisord.log").read_text()
    assert [pid_of(var, name) for name in NAMES] == [None, None, None]
    assert not stop_running(var)


def test_processes_end_with_a_killed_supervisor(supervision: Supervision) -> None:
    var = supervision.var
    assert happens(lambda: all_run(var))
    pid = running_pid(var)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert happens(lambda: not any(pid_of(var, name) for name in NAMES))


def test_one_folder_has_one_supervisor(tmp_path: Path) -> None:
    other = (
        "from pathlib import Path; from scrm.supervisor.run import only_one;"
        f"only_one(Path({str(tmp_path)!r})).__enter__()"
    )
    with only_one(tmp_path):
        second = subprocess.run([sys.executable, "-c", other], capture_output=True, text=True, check=False)
    assert AlreadyRunning.__name__ in second.stderr
    with only_one(tmp_path):
        pass
