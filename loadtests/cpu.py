"""CPU spent by the processes of a benchmark: a measure that other work on the machine hardly disturbs."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Cpu:
    """Seconds of CPU, user and system, since each process began."""

    web: float
    postgres: float
    generator: float

    def __sub__(self, other: "Cpu") -> "Cpu":
        return Cpu(self.web - other.web, self.postgres - other.postgres, self.generator - other.generator)

    def each(self, requests: int) -> str:
        """Microseconds for each request."""
        web, postgres, generator = (
            1e6 * seconds / max(1, requests) for seconds in (self.web, self.postgres, self.generator)
        )
        total = web + postgres + generator
        return (
            f"CPU µs each: web {web:.0f} + postgres {postgres:.0f} + generator {generator:.0f} = {total:.0f}"
        )


def cpu_now(web_pids: Sequence[int], postmaster_pid: int) -> Cpu:
    """What the web processes under ``web_pids``, PostgreSQL and this process have spent so far."""
    return Cpu(sum(map(_family, web_pids)), _family(postmaster_pid), _own(psutil.Process(os.getpid())))


def _family(pid: int) -> float:
    """A process with all that descend from it, and those of them that have ended."""
    parent = psutil.Process(pid)
    return sum(_own(one) for one in (parent, *parent.children(recursive=True))) + sum(parent.cpu_times()[2:4])


def _own(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
