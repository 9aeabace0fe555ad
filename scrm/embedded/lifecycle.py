"""Start, stop and ask after both embedded servers of one `var/` folder, one process at a time."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from scrm.embedded.errors import PortTaken
from scrm.embedded.files import locked
from scrm.embedded.postgres import Postgres
from scrm.embedded.valkey import Valkey

Server = Postgres | Valkey

# A free port that is chosen at the first start may be taken by somebody else before the server has it.
FIRST_START_TRIES = 5


@dataclass(frozen=True)
class Addresses:
    database_url: str
    redis_url: str


@dataclass(frozen=True)
class Status:
    """`None` as a process id says that the server does not run."""

    postgres_pid: int | None
    valkey_pid: int | None


def prepare(var: Path) -> None:
    """Make folders, passwords, ports, the cluster and its database, for a supervisor that starts the servers.

    Those that a killed run left in the background are stopped first.
    """
    var = var.resolve()
    with locked(var, "embedded"):
        for server in _servers(var):
            server.prepare()
            server.stop()
            server.refuse_taken_port()


def are_ready(var: Path) -> bool:
    """Whether both servers of this folder accept connections, whoever started them."""
    return all(server.is_ready() for server in _servers(var.resolve()))


def start(var: Path, *, durable: bool = True) -> Addresses:
    """Both servers running and ready; those that already run are used as they are.

    `durable=False` trades safety from a crash of the machine for speed, and is for tests.
    """
    var = var.resolve()
    with locked(var, "embedded"):
        for server in _servers(var, durable=durable):
            _start(server)
    return addresses(var)


def stop(var: Path) -> None:
    var = var.resolve()
    if not var.exists():
        return
    with locked(var, "embedded"):
        for server in reversed(_servers(var)):
            if server.port.remembered() is not None:
                server.stop()


def status(var: Path) -> Status:
    postgres, valkey = _servers(var.resolve())
    return Status(
        postgres_pid=postgres.pid(),
        valkey_pid=valkey.pid() if valkey.port.remembered() is not None else None,
    )


def addresses(var: Path) -> Addresses:
    """Where the servers of this folder listen, running or not."""
    postgres, valkey = _servers(var.resolve())
    return Addresses(database_url=postgres.url(), redis_url=valkey.url())


def foreground(var: Path, name: str) -> NoReturn:
    """Become the server: the calling process is replaced by it, which is what a supervisor wants."""
    postgres, valkey = _servers(var.resolve())
    server: Server = postgres if name == "postgres" else valkey
    command = server.foreground_command()
    os.execvp(command[0], command)


def _servers(var: Path, *, durable: bool = True) -> tuple[Postgres, Valkey]:
    return Postgres(var, durable), Valkey(var, durable)


def _start(server: Server) -> None:
    first_start = server.port.remembered() is None
    for remaining in reversed(range(FIRST_START_TRIES if first_start else 1)):
        server.prepare()
        try:
            return server.start()
        except PortTaken:
            if not remaining:
                raise
            server.port.forget()
