"""The clients' own book: what they asked for and what they were told, kept apart from the system under test.

One line of JSON for each entry. It is written by the load generator alone, and afterwards compared with the
database (`loadtests.comparison`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import orjson


@dataclass(frozen=True, slots=True)
class Phase:
    """From now on the load is ``name``: valley, peak, done."""

    name: str
    at: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request: when its answer came (seconds of the epoch), after how long; status 0 is no answer."""

    kind: str
    at: float
    ms: float
    status: int
    good: bool


@dataclass(frozen=True, slots=True)
class PlayAsked:
    """Written before the first try, so that a play nobody asked for can be told."""

    member: str
    key: str


@dataclass(frozen=True, slots=True)
class PlayTold:
    """An acknowledged play with its answer; a replay is told like the first time."""

    member: str
    key: str
    play_id: str
    prize_no: int
    unit_no: int | None
    n: int
    coupon_id: str | None


@dataclass(frozen=True, slots=True)
class MessageAsked:
    conversation: str
    client_id: str
    text: str


@dataclass(frozen=True, slots=True)
class MessageTold:
    """An acknowledged message with its number."""

    conversation: str
    client_id: str
    seq: int


@dataclass(frozen=True, slots=True)
class MessagesRead:
    """What one side of a conversation has on the phone: every number after ``first`` up to ``last``, but these."""

    conversation: str
    side: str
    first: int
    last: int
    missing: list[int]


@dataclass(frozen=True, slots=True)
class OrderAsked:
    number: str
    member: str


@dataclass(frozen=True, slots=True)
class OrderTold:
    """An order that the till was told is recorded."""

    number: str
    member: str
    payable_fen: int


Entry = (
    Phase
    | Attempt
    | PlayAsked
    | PlayTold
    | MessageAsked
    | MessageTold
    | MessagesRead
    | OrderAsked
    | OrderTold
)
E_ = TypeVar("E_")
KINDS: dict[str, Any] = {kind.__name__: kind for kind in Entry.__args__}


class Book:
    """Open for writing; the lines are complete once it is closed."""

    def __init__(self, path: Path) -> None:
        self._file = open(path, "wb", buffering=1 << 20)  # noqa: SIM115 - closed by `close`

    def write(self, entry: Entry) -> None:
        self._file.write(orjson.dumps([type(entry).__name__, entry]) + b"\n")

    def close(self) -> None:
        self._file.close()


def read(path: Path) -> list[Entry]:
    """All entries in the order in which they were written."""
    with open(path, "rb") as lines:
        return [KINDS[name](**fields) for name, fields in map(orjson.loads, lines)]


def of_kind(entries: Iterable[Entry], kind: type[E_]) -> Iterator[E_]:
    """Those entries that are of ``kind``."""
    return (entry for entry in entries if isinstance(entry, kind))
