"""Lists are paged by key, never by offset, so that page one thousand costs what page one does.

A cursor is the key of the last row that was shown. It comes back in an address, where anybody may write anything: each
``after_`` reads one kind, and refuses ``cursor_bad`` for what is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from .errors import N_, Refused

T = TypeVar("T")

HIGHEST_NUMBER = 2**31 - 1


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows, and the cursor that asks for the following ones (``None`` at the end)."""

    rows: Sequence[T]
    after: str | None = None


def after_id(cursor: str) -> UUID:
    """The id of the last row."""
    try:
        return UUID(cursor)
    except ValueError:
        raise _bad() from None


def after_number(cursor: str) -> int:
    """The number of the last row."""
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 10 and int(cursor) <= HIGHEST_NUMBER):
        raise _bad()
    return int(cursor)


def after_moment(cursor: str) -> tuple[datetime, UUID]:
    """Moment and id of the last row, as ``moment_cursor`` wrote them."""
    moment, _, id = cursor.partition("~")
    try:
        return datetime.fromisoformat(moment), UUID(id)
    except ValueError:
        raise _bad() from None


def moment_cursor(moment: datetime, id: UUID) -> str:
    """The cursor of a row in a list by time, where several may be of the same moment."""
    return f"{moment.isoformat()}~{id}"


def _bad() -> Refused:
    return Refused("cursor_bad", N_("This list has changed. Load it again from the top."))
