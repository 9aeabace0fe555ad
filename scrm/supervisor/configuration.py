"""Writes supervisord's configuration file."""

import getpass
import resource
import shlex
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from scrm.supervisor.programs import APPLICATION, Program

# Never give up: supervisord waits one second longer after each failure in a row.
TRIES = 1_000_000
WANTED_FILES = 65_536


def configuration(var: Path, socket: Path, programs: Iterable[Program]) -> str:
    """The groups are stopped one after the other, the last one first, and each all at once.

    `socket` is where supervisord takes orders, from the owner of the folder that it lies in.
    """
    sections = [_supervisord(var), *_orders(socket)]
    for priority, (group, members) in enumerate(
        groupby(programs, key=lambda program: program.group), start=1
    ):
        names = []
        for program in members:
            sections.append(_program(var, program))
            names.append(program.name)
        sections.append(_section(f"group:{group}", programs=",".join(names), priority=priority))
    return "\n".join(sections)


def _supervisord(var: Path) -> str:
    return _section(
        "supervisord",
        nodaemon="true",
        silent="true",
        user=getpass.getuser(),
        logfile=_literal(var / "log" / "supervisord.log"),
        logfile_maxbytes="2MB",
        logfile_backups=1,
        pidfile=_literal(var / "run" / "supervisord.pid"),
        minfds=_open_files(),
    )


def _orders(socket: Path) -> list[str]:
    factory = "supervisor.rpcinterface:make_main_rpcinterface"
    return [
        _section("unix_http_server", file=_literal(socket), chmod="0600"),
        _section("rpcinterface:supervisor", **{"supervisor.rpcinterface_factory": factory}),
    ]


def _program(var: Path, program: Program) -> str:
    command = shlex.join(program.command()).replace("%", "%%").replace("'{index}'", "%(process_num)d")
    settings: dict[str, object] = {"command": command}
    if program.count > 1:
        settings |= {"numprocs": program.count, "process_name": "%(program_name)s-%(process_num)d"}
    return _section(
        f"program:{program.name}",
        **settings,
        environment=_environment(program),
        autostart="false" if program.group == APPLICATION else "true",
        autorestart="true",
        startsecs=3,
        startretries=TRIES,
        stopsignal=program.stop_signal,
        stopwaitsecs=program.stop_seconds,
        killasgroup="true",
        redirect_stderr="true",
        stdout_logfile=_literal(var / "log" / "scrm.log"),
        # Several processes append to one file, so none of them may rotate it.
        stdout_logfile_maxbytes=0,
    )


def _environment(program: Program) -> str:
    index = '-%(process_num)d"' if program.count > 1 else '"'
    return f'SCRM_PROCESS="{program.name}{index}'


def _section(title: str, **settings: object) -> str:
    return "\n".join([f"[{title}]", *(f"{name}={value}" for name, value in settings.items()), ""])


def _literal(path: Path) -> str:
    return str(path).replace("%", "%%")


def _open_files() -> int:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return WANTED_FILES if hard == resource.RLIM_INFINITY else min(hard, WANTED_FILES)
