"""Which processes there are, in groups: those of the first are started first and stopped last."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from scrm.config import Config

APPLICATION = "app"


@dataclass(frozen=True)
class Program:
    """`count` equal processes. Their number, from 0, takes the place of `{index}` in the arguments.

    Those of the group `app` wait for `Supervision.start_application`.
    """

    name: str
    arguments: Sequence[str]
    count: int = 1
    group: str = APPLICATION
    stop_signal: str = "TERM"
    stop_seconds: int = 6

    def command(self) -> list[str]:
        return [sys.executable, "-m", "scrm", *self.arguments]


def embedded_programs() -> list[Program]:
    # SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for every client to leave.
    postgres = Program(
        "postgres", ["embedded", "postgres"], group="postgres", stop_signal="INT", stop_seconds=30
    )
    return [postgres, Program("valkey", ["embedded", "valkey"], group="valkey", stop_seconds=10)]


def application_programs(config: Config) -> list[Program]:
    return [
        # Each with a worker of its own on the shared port: when one dies, the others go on.
        Program("web", ["web"], count=config.web_processes),
        Program("realtime", ["realtime", "{index}"], count=config.realtime_processes),
        Program("relay", ["relay"]),
        Program("worker", ["worker", "events"], count=config.worker_processes, stop_seconds=16),
        # Waits for gateways, so that no other worker does.
        Program("outside", ["worker", "outside"], stop_seconds=16),
        Program("schedule", ["schedule"]),
    ]
