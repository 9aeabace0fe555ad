"""`scrm web`: serves HTTP."""

import gc
from importlib import import_module
from pathlib import Path

import click

SECONDS_BEFORE_A_DEAD_WORKER_IS_REPLACED = 0.2
SECONDS_FOR_REQUESTS_TO_FINISH = 4
# Phones keep theirs open for a while after the page has come.
CONNECTIONS = 8192
# Thousands of requests wait at once, and the collector's usual pace (700) looks at them over and over: an eighth of
# all CPU under overload.
BETWEEN_COLLECTIONS = (50_000, 20, 50)
A_YEAR = 365 * 86400
# Granian's lines go the way of all others.
OUR_LOGS = {"loggers": {"_granian": {"propagate": True}, "granian.access": {"propagate": True}}}


@click.command()
def command() -> None:
    """Serve HTTP until stopped. Several may run: they share the port."""
    from granian import Granian
    from granian.constants import Interfaces, Loops
    from granian.log import LogLevels

    from scrm.commands.beginning import begin_process

    config = begin_process("web")
    _load_code()
    static = Path(__file__).parent.parent / "fronts" / "static" / "dist"
    static.mkdir(exist_ok=True)
    Granian(
        "scrm.asgi:app",
        address=config.host,
        port=config.port,
        interface=Interfaces.ASGINL,
        loop=Loops.uvloop,
        workers=1,
        # Names carry a hash of the contents, so that a browser need never ask again.
        static_path_route=["/static"],
        static_path_mount=[static],
        static_path_expires=A_YEAR,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        respawn_failed_workers=True,
        respawn_interval=SECONDS_BEFORE_A_DEAD_WORKER_IS_REPLACED,
        workers_kill_timeout=SECONDS_FOR_REQUESTS_TO_FINISH,
        log_level=LogLevels.error,
        log_dictconfig=OUR_LOGS,
    ).serve()


def _load_code() -> None:
    """Import before the fork what the workers need, so that one that died is replaced within a moment."""
    from scrm.app import FRONTS

    for module in (*(f"scrm.fronts.{front}" for front in FRONTS), "scrm.engine", "pypinyin"):
        import_module(module)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*BETWEEN_COLLECTIONS)
