"""What an import did, or would do: counted for whoever called it, and noted in the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from center_core import user
from center_core.kit import Session


@dataclass
class Count:
    """How many things of a kind a file made, brought up to date, and left as they were."""

    made: int = 0
    changed: int = 0
    unchanged: int = 0

    def __str__(self) -> str:
        return f"{self.made} made, {self.changed} brought up to date, {self.unchanged} unchanged"


@dataclass(frozen=True)
class Outcome:
    """``counts`` are by what is counted, the rarer thing first; ``encoding`` is how the file was read."""

    encoding: str
    counts: Mapping[str, Count]

    @property
    def wrote(self) -> bool:
        """Whether anything is another than before."""
        return any(count.made or count.changed for count in self.counts.values())


def differing(row: object, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Those of ``facts`` that ``row`` does not have yet."""
    return {name: value for name, value in facts.items() if getattr(row, name) != value}


def note(db: Session, verb: str, *, file: str, counts: Mapping[str, Count], now: datetime) -> None:
    """One entry of the audit log for the whole file."""
    detail = {
        f"{what}_{how}": number
        for what, count in counts.items()
        for how, number in (("made", count.made), ("changed", count.changed))
    }
    subject = f"{verb.partition('.')[0]}:{file}"
    user.record(db, actor=user.SYSTEM, verb=verb, subject=subject, detail=detail, now=now)
