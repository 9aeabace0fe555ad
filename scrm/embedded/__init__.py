"""PostgreSQL and Valkey from two Python wheels, so that a fresh clone needs no other server.

There are two ways to run them. `start` leaves them in the background and is what tests and one-off
commands use. `scrm up` calls `prepare` and lets its supervisor run `foreground` for each, so that one that
dies comes back.
"""

from scrm.embedded.errors import EmbeddedError, ForeignVersion, NotPermitted, PortTaken, StartFailed
from scrm.embedded.files import last_lines, secret
from scrm.embedded.lifecycle import (
    Addresses,
    Status,
    addresses,
    are_ready,
    foreground,
    prepare,
    start,
    status,
    stop,
)
from scrm.embedded.port import is_free

__all__ = [
    "Addresses",
    "EmbeddedError",
    "ForeignVersion",
    "NotPermitted",
    "PortTaken",
    "StartFailed",
    "Status",
    "addresses",
    "are_ready",
    "foreground",
    "is_free",
    "last_lines",
    "prepare",
    "secret",
    "start",
    "status",
    "stop",
]
