"""What is wrong with a file: all of it, told by line and column."""

from typing import NamedTuple


class Fault(NamedTuple):
    """One thing that is wrong. ``line`` counts from 1, as an editor does; no column where it is the whole line."""

    line: int
    column: str
    why: str

    def __str__(self) -> str:
        where = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        return f"{where}: {self.why}"


class WrongFile(Exception):
    """Nothing of the file was written."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = sorted(faults, key=lambda fault: fault.line)
