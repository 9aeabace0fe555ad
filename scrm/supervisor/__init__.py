"""Keeps the processes of one installation running: supervisord, with a configuration that we write.

The library `supervisor` restarts what dies (at once, then a second later each time, never giving up), stops
the lot in order, and gathers their output in one log.
"""

from scrm.supervisor.programs import Program, application_programs, embedded_programs
from scrm.supervisor.run import AlreadyRunning, Supervision, running_pid, stop_running

__all__ = [
    "AlreadyRunning",
    "Program",
    "Supervision",
    "application_programs",
    "embedded_programs",
    "running_pid",
    "stop_running",
]
