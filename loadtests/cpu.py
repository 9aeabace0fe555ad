"""CPU spent by the processes of a benchmark: a measure that other work on the machine hardly disturbs."""

import os
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass

import psutil


@dataclass(frozen=True)
class Cpu:
    """Seconds of CPU, user and system, since each process began."""

    web: float
    postgres: float
    redis: float
    generator: float

    def __sub__(self, other: "Cpu") -> "Cpu":
        return Cpu(*(mine - its for mine, its in zip(astuple(self), astuple(other), strict=True)))

    def each(self, requests: int) -> str:
        """Microseconds for each request."""
        spent = {name: 1e6 * seconds / max(1, requests) for name, seconds in asdict(self).items() if seconds}
        parts = " + ".join(f"{name} {micros:.0f}" for name, micros in spent.items())
        return f"CPU µs each: {parts} = {sum(spent.values()):.0f}"


def cpu_now(web_pids: Sequence[int], postmaster_pid: int, redis_pid: int | None = None) -> Cpu:
    """What the processes under ``web_pids``, PostgreSQL, Redis and this process have spent so far."""
    return Cpu(
        web=sum(map(_family, web_pids)),
        postgres=_family(postmaster_pid),
        redis=_family(redis_pid) if redis_pid else 0.0,
        generator=_own(psutil.Process(os.getpid())),
    )


def _family(pid: int) -> float:
    """A process with all that descend from it, and those of them that have ended."""
    parent = psutil.Process(pid)
    return sum(_own(one) for one in (parent, *parent.children(recursive=True))) + sum(parent.cpu_times()[2:4])


def _own(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
