"""The small files that an embedded server keeps under `var/`: its secret, its port, its log's end."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def private_folder(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def write_private(file: Path, text: str) -> None:
    """Whole or not at all: a crash between two lines must not leave half a password behind."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)


def secret(var: Path, name: str) -> str:
    """The generated secret of this name; made at the first call and the same ever after."""
    file = private_folder(var / "secrets") / name
    with locked(var):
        if not file.exists():
            write_private(file, secrets.token_hex(24))
        return file.read_text().strip()


@contextmanager
def locked(var: Path, name: str = "secrets") -> Iterator[None]:
    """One process at a time; the lock goes with the process, so that a killed one never blocks the next."""
    private_folder(var)
    with open(var / f".{name}.lock", "w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def last_lines(log: Path, count: int = 12) -> str:
    if not log.exists():
        return "(the log is empty)"
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
