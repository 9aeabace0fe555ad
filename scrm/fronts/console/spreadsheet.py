"""CSV files that Excel opens as they are meant: right characters, right cells, and nothing that runs."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from flask import Response

BYTE_ORDER_MARK = "\ufeff"
# A cell that begins with one of these is a formula to Excel, LibreOffice or WPS, also behind blanks.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Cell = str | int | float | None


def harmless(cell: Cell) -> Cell:
    """The cell as text that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(cell, str) and (cell.lstrip(" \u00a0\u3000").startswith(FORMULA_STARTS)):
        return "'" + cell
    return cell


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The file line by line, the byte order mark first: by it Excel knows UTF-8."""
    yield BYTE_ORDER_MARK
    yield _line(head)
    for row in rows:
        yield _line(row)


def _line(cells: Sequence[Cell]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return line.getvalue()


def download(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A CSV file that the browser saves as ``name``; the rows are read before the transaction ends."""
    body = "".join(csv_lines(head, rows))
    return Response(
        body,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
