"""Exports open in Excel as they are meant."""

import csv
import io

import pytest

from scrm.fronts.console.spreadsheet import Cell, csv_lines, harmless


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("\u3000=1", "'\u3000=1"),
        ("＝1", "'＝1"),
        ("王=小明", "王=小明"),
        ("2026-11-20", "2026-11-20"),
        ("", ""),
        (-5, -5),
        (None, None),
    ],
)
def test_no_cell_is_a_formula(cell: Cell, written: Cell) -> None:
    assert harmless(cell) == written


def test_the_file_begins_with_its_byte_order_mark_and_reads_back() -> None:
    rows: list[list[Cell]] = [["王,小明", 1], ['say "hi"', None], ["two\nlines", 3]]
    text = "".join(csv_lines(["名字", "Number"], rows))
    assert text.encode("utf-8").startswith(b"\xef\xbb\xbf")
    assert "\r\n" in text
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert read == [["名字", "Number"], ["王,小明", "1"], ['say "hi"', ""], ["two\nlines", "3"]]
