"""Whether the lines that tell of one thing tell the same of it."""

from collections.abc import Collection
from decimal import Decimal

from .cells import PRICE
from .table import Line


class Agreement:
    """Lines of one style, or of one colour of it, repeat what is true of all; the first line's word counts."""

    def __init__(self, columns: Collection[str]) -> None:
        self._columns = columns
        self._first: dict[tuple[str, ...], Line] = {}

    def check(self, line: Line, thing: tuple[str, ...]) -> None:
        """Refuse each cell of ``line`` that contradicts the first line of ``thing``."""
        first = self._first.setdefault(thing, line)
        for column in self._columns:
            own, other = line.cells.get(column, ""), first.cells.get(column, "")
            if own != other and not _same_number(own, other):
                line.refuse(column, f"{own!r}, but line {first.number} says {other!r} of {' '.join(thing)}")


def _same_number(own: str, other: str) -> bool:
    """1299 and 1299.00 are one price, though not one text."""
    return all(PRICE.fullmatch(cell) for cell in (own, other)) and Decimal(own) == Decimal(other)
