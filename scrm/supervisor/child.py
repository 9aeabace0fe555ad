"""What a process does first when the supervisor has started it."""

import ctypes
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1


def begin(var: Path) -> None:
    """End with the supervisor, even when it is killed, and be found by name in `var/run`."""
    name = os.environ.get("SCRM_PROCESS")
    if name is None:
        return
    end_with_parent()
    (var / "run").mkdir(parents=True, exist_ok=True)
    draft = var / "run" / f".{name}.{os.getpid()}"
    draft.write_text(f"{os.getpid()}\n")
    draft.replace(var / "run" / f"{name}.pid")


def end_with_parent(how: signal.Signals = signal.SIGTERM) -> None:
    """An orphan would hold the port against the next start. Linux only; the wish survives `exec`."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, how)
