"""Lists are paged by key, never by offset, so that page one thousand costs what page one does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows, and the cursor that asks for the following ones (``None`` at the end)."""

    rows: Sequence[T]
    after: str | None = None
