"""Rows as COPY text, with marks where one block of members differs from the next.

A block of five thousand members is made once, row by row. Any number of further blocks is the same text with the marks
replaced, which is how five million members take minutes and not hours.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import orjson
from psycopg import Cursor, sql

from center_core.kit import CODE_ALPHABET

# Characters that no text of ours holds. Each stands for the block's number, written in its own way.
HEX8 = "\x01"
DIGITS4 = "\x02"
LETTERS4 = "\x03"
CHECK = "\x04"
MARKS = (HEX8, DIGITS4, LETTERS4, CHECK)


class Ids:
    """Version-7 UUIDs that are the same in each run; ``last`` are the eight digits at their end."""

    def __init__(self, last: str = HEX8) -> None:
        self._made = 0
        self._last = last

    def at(self, moment: datetime) -> str:
        """A new id that sorts by ``moment``."""
        self._made += 1
        time = f"{int(moment.timestamp() * 1000):012x}"
        rest = f"{self._made:010x}"
        return f"{time[:8]}-{time[8:]}-7{rest[:3]}-8{rest[3:6]}-{rest[6:]}{self._last}"


class Rows:
    """COPY text for several tables, in the order in which they were first named."""

    def __init__(self) -> None:
        self._columns: dict[str, tuple[str, ...]] = {}
        self._lines: dict[str, list[str]] = {}

    def add(self, table: str, **values: Any) -> None:
        """One row; every row of a table names the same columns."""
        columns = self._columns.setdefault(table, tuple(values))
        self._lines.setdefault(table, []).append("\t".join(_field(values[column]) for column in columns))

    def count(self, table: str) -> int:
        """How many rows of ``table`` there are."""
        return len(self._lines.get(table, ()))

    def texts(self) -> Iterable[tuple[str, tuple[str, ...], str]]:
        """Table, columns and the COPY text of all its rows."""
        for table, lines in self._lines.items():
            yield table, self._columns[table], "\n".join(lines) + "\n"


def of_block(text: str, block: int) -> str:
    """``text`` as it stands in the block of this number (below 10,000)."""
    letters = ""
    rest = block
    for _ in range(4):
        rest, place = divmod(rest, len(CODE_ALPHABET))
        letters = CODE_ALPHABET[place] + letters
    digits = f"{block:04d}"
    # Within a card number (see members.card_number) the first and third of these digits stand in single, the others
    # in double places of the Luhn sum.
    total = sum(_doubled(int(d)) if place % 2 else int(d) for place, d in enumerate(digits))
    written = {HEX8: f"{block:08x}", DIGITS4: digits, LETTERS4: letters, CHECK: str(-total % 10)}
    for mark, replacement in written.items():
        text = text.replace(mark, replacement)
    return text


def _doubled(digit: int) -> int:
    return digit * 2 - 9 if digit > 4 else digit * 2


def copy_in(cursor: Cursor[Any], table: str, columns: tuple[str, ...], text: str) -> None:
    """Append COPY ``text`` to ``table``."""
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with cursor.copy(statement) as copy:
        copy.write(text.encode())


def _field(value: Any) -> str:
    return _WRITE[type(value)](value)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def _json(value: object) -> str:
    text = orjson.dumps(value).decode()
    for mark in MARKS:
        text = text.replace(f"\\u{ord(mark):04x}", mark)  # JSON writes such characters in its own way.
    return _escaped(text)


_WRITE: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "\\N",
    bool: lambda value: "t" if value else "f",
    int: str,
    float: str,
    str: _escaped,
    datetime: datetime.isoformat,
    bytes: lambda value: f"\\\\x{value.hex()}",
    dict: _json,
    list: _json,
}
