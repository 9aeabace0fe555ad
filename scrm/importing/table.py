"""A CSV file as a spreadsheet writes it: its encoding, its header, its lines."""

import codecs
import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from .faults import Fault, WrongFile


@dataclass(frozen=True)
class Line:
    """One line of the table, and where what is wrong with it is gathered."""

    number: int
    cells: dict[str, str]
    faults: list[Fault]

    def refuse(self, column: str, why: str) -> None:
        """The cell in ``column`` is wrong; reading goes on."""
        self.faults.append(Fault(self.number, column, why))


@dataclass(frozen=True)
class Table:
    """The lines below the header, without blank ones. ``columns`` are those that the file has."""

    encoding: str
    columns: frozenset[str]
    lines: list[Line]
    faults: list[Fault] = field(default_factory=list)

    def settle(self) -> None:
        """Refuse the file if anything was found wrong with it."""
        if self.faults:
            raise WrongFile(self.faults)


def read(content: bytes, *, required: Collection[str], optional: Collection[str]) -> Table:
    """The table in ``content``. WrongFile where it cannot be read, or its header is not as expected."""
    text, encoding = _decoded(content)
    records = _records(text)
    _, header = next(records, (1, []))
    columns = [name.strip().lower() for name in header]
    _check_header(columns, required, optional)
    table = Table(encoding, frozenset(columns), [])
    for number, record in records:
        cells = [cell.strip() for cell in record]
        if not any(cells):
            continue
        if len(cells) != len(columns):
            table.faults.append(Fault(number, "", f"it has {len(cells)} instead of {len(columns)} cells"))
            continue
        table.lines.append(Line(number, dict(zip(columns, cells, strict=True)), table.faults))
    return table


def _decoded(content: bytes) -> tuple[str, str]:
    """UTF-8 with or without its mark, or else GB18030, which Chinese Excel writes unless told otherwise."""
    marked = content.startswith(codecs.BOM_UTF8)
    for encoding, name in (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")):
        try:
            return content.decode(encoding), name
        except UnicodeDecodeError:
            if marked:
                break
    raise WrongFile([Fault(1, "", "the file is neither UTF-8 nor GB18030; save it as CSV UTF-8")])


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line that it begins on: quoted cells may go on over several."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise WrongFile([Fault(number, "", f"this is no CSV: {error}")]) from None
        if record is None:
            return
        yield number, record


def _check_header(columns: list[str], required: Collection[str], optional: Collection[str]) -> None:
    faults = []
    for place, name in enumerate(columns, start=1):
        if not name:
            faults.append(Fault(1, "", f"column {place} has no name"))
        elif name not in required and name not in optional:
            faults.append(Fault(1, name, "there is no such column"))
        elif name in columns[: place - 1]:
            faults.append(Fault(1, name, "the column is there twice"))
    faults += [Fault(1, name, "the column is missing") for name in required if name not in columns]
    if faults:
        raise WrongFile(faults)
