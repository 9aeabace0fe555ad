"""Reading a CSV file: encodings, headers and lines, as spreadsheets write them."""

import pytest

from scrm.importing import WrongFile
from scrm.importing.table import Table, read


def table(content: str | bytes) -> Table:
    encoded = content.encode() if isinstance(content, str) else content
    return read(encoded, required=("code", "name"), optional=("note",))


@pytest.mark.parametrize(
    ("encoding", "told"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")]
)
def test_encodings_of_spreadsheets(encoding: str, told: str) -> None:
    found = table("code,name\r\nA1,羽绒服𠮷\r\n".encode(encoding))
    assert found.encoding == told
    assert [line.cells for line in found.lines] == [{"code": "A1", "name": "羽绒服𠮷"}]


def test_lines_are_numbered_as_in_an_editor() -> None:
    found = table('Code , name\n\nA1," two\nlines "\n,\nA2,"say ""hi"", she said"\n')
    assert [(line.number, line.cells["name"]) for line in found.lines] == [
        (3, "two\nlines"),
        (6, 'say "hi", she said'),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", ["line 1, code: the column is missing", "line 1, name: the column is missing"]),
        ("code,nmae\n", ["line 1, nmae: there is no such column", "line 1, name: the column is missing"]),
        ("code,name,\n", ["line 1: column 3 has no name"]),
        ("code,name,code\n", ["line 1, code: the column is there twice"]),
        ('code,name\nA,"b', ["line 2: this is no CSV: unexpected end of data"]),
        (b"\xff\xfec\x00o\x00", ["line 1: the file is neither UTF-8 nor GB18030; save it as CSV UTF-8"]),
        (
            b"\xef\xbb\xbfcode,name\nA,\xd3\xf0\n",
            ["line 1: the file is neither UTF-8 nor GB18030; save it as CSV UTF-8"],
        ),
    ],
)
def test_what_is_no_table(content: str | bytes, told: list[str]) -> None:
    with pytest.raises(WrongFile) as wrong:
        table(content)
    assert list(map(str, wrong.value.faults)) == told


def test_lines_that_do_not_fit_the_header() -> None:
    found = table("code,name\nA\nB,b\nC,c,c\n")
    with pytest.raises(WrongFile) as wrong:
        found.settle()
    assert list(map(str, wrong.value.faults)) == [
        "line 2: it has 1 instead of 2 cells",
        "line 4: it has 3 instead of 2 cells",
    ]
