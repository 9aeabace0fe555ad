"""Which processes there are, in the order in which they are stopped last."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from scrm.config import Config


@dataclass(frozen=True)
class Program:
    """`count` equal processes. Their number, from 0, takes the place of `{index}` in the arguments."""

    name: str
    arguments: Sequence[str]
    count: int = 1
    group: str = "app"
    stop_signal: str = "TERM"
    stop_seconds: int = 6
    environment: dict[str, str] = field(default_factory=dict)

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
        Program("worker", ["worker"], count=config.worker_processes, stop_seconds=16),
        Program("schedule", ["schedule"]),
    ]
