"""What a cell may hold. A cell that is wrong is told to its line and read as nothing."""

import re
from collections.abc import Mapping
from typing import TypeVar

from .table import Line

CODE = re.compile(r"[!-+\--~]{1,64}")
"""What a till can send as the code of an article (docs/api.md), but for the comma, which separates codes in a form."""
ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+\d+")
"""A long number after a spreadsheet took it for a quantity."""
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
SEPARATOR = re.compile(r"[\s,，、]")
PRICE = re.compile(r"([0-9]{1,7})(?:\.([0-9]{1,2}))?")
DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]+)?")
COLOUR = re.compile(r"#[0-9a-f]{6}")

Meaning = TypeVar("Meaning")


def code(line: Line, column: str) -> str | None:
    """A code of letters, digits and signs; it must be there."""
    cell = text(line, column)
    if cell is None:
        return None
    if ROUNDED.fullmatch(cell):
        line.refuse(column, f"{cell!r} was rounded by a spreadsheet; format the column as text")
        return None
    if not CODE.fullmatch(cell):
        line.refuse(
            column, f"{cell!r} is no code: up to 64 letters, digits and signs, no blanks and no commas"
        )
        return None
    return cell


def text(line: Line, column: str, *, longest: int = 200) -> str | None:
    """A text on one line; it must be there."""
    if not line.cells.get(column):
        line.refuse(column, "it is empty")
        return None
    return optional(line, column, longest=longest)


def word(line: Line, column: str, *, longest: int = 60) -> str | None:
    """A text without blanks and commas, since some forms take a list of such words; it must be there."""
    cell = text(line, column, longest=longest)
    if cell and SEPARATOR.search(cell):
        line.refuse(column, f"{cell!r} holds a blank or a comma")
        return None
    return cell


def optional(line: Line, column: str, *, longest: int = 200) -> str | None:
    """A text on one line; nothing where the cell is empty or the file has no such column."""
    cell = line.cells.get(column)
    if not cell:
        return None
    if CONTROL.search(cell):
        line.refuse(column, "it holds a line break or another control character")
        return None
    if len(cell) > longest:
        line.refuse(column, f"it has {len(cell)} characters, and {longest} are allowed")
        return None
    return cell


def fen(line: Line, column: str, *, needed: bool = False) -> int | None:
    """A price in yuan, as fen: by its digits, since binary fractions have no 0.10."""
    cell = text(line, column) if needed else line.cells.get(column)
    if not cell:
        return None
    found = PRICE.fullmatch(cell)
    price = int(found[1] + (found[2] or "").ljust(2, "0")) if found else 0
    if not price:
        line.refuse(column, f"{cell!r} is no price in yuan, such as 1299.00")
        return None
    return price


def degrees(line: Line, column: str, most: int) -> float | None:
    """A latitude or longitude in decimal degrees."""
    cell = line.cells.get(column)
    if not cell:
        return None
    if not DEGREES.fullmatch(cell) or abs(float(cell)) > most:
        line.refuse(column, f"{cell!r} is not between -{most} and {most} degrees")
        return None
    return float(cell)


def one_of(line: Line, column: str, allowed: Mapping[str, Meaning]) -> Meaning | None:
    """One of a few words, whatever their case; the value is what the word stands for."""
    cell = line.cells.get(column)
    if not cell:
        return None
    if cell.lower() not in allowed:
        line.refuse(column, f"{cell!r} is none of {', '.join(allowed)}")
        return None
    return allowed[cell.lower()]


def colour(line: Line, column: str) -> str | None:
    """A colour as ``#1b1d22``."""
    cell = line.cells.get(column, "").lower()
    if not cell:
        return None
    if not COLOUR.fullmatch(cell):
        line.refuse(column, f"{cell!r} is no colour such as #1b1d22")
        return None
    return cell


def number(line: Line, column: str) -> int | None:
    """A small whole number."""
    cell = line.cells.get(column)
    if not cell:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", cell):
        line.refuse(column, f"{cell!r} is no whole number up to 9999")
        return None
    return int(cell)


def both(
    line: Line,
    name: str,
    *,
    before: Mapping[str, str] | None = None,
    needed: bool = False,
    longest: int = 200,
) -> dict[str, str]:
    """The text of ``<name>_zh`` and ``<name>_en``; the language that is not given gets the other one's.

    What was there ``before`` in a language that the file has no column for stays, unless it only repeated the other.
    """
    chinese = text if needed else optional
    zh, en = chinese(line, f"{name}_zh", longest=longest), optional(line, f"{name}_en", longest=longest)
    if before and before.get("en") != before.get("zh"):
        zh = zh if f"{name}_zh" in line.cells else before.get("zh")
        en = en if f"{name}_en" in line.cells else before.get("en")
    return {"zh": zh or en or "", "en": en or zh or ""} if zh or en else {}
