"""Warehouses from a CSV file: every place where goods lie but for the rooms of stores, which come with their stores."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from center_core import channel, inventory
from center_core.kit import Session

from . import cells
from .outcome import Count, Outcome, note
from .table import Line, Table, read

REQUIRED = ("code", "kind", "name_zh")
OPTIONAL = ("name_en",)
KINDS = {"factory": "factory", "main": "main", "sub": "sub"}
ROOM = "the room of a store comes with its store, from the file of stores"


@dataclass(frozen=True)
class Row:
    """A location as its line tells it."""

    code: str
    kind: str
    name: dict[str, str]


def import_locations(db: Session, content: bytes, *, file: str, now: datetime) -> Outcome:
    """Make the warehouses that are not there yet, and rename those that are.

    WrongFile names all that is wrong with ``content``, before anything is written.
    """
    table = read(content, required=REQUIRED, optional=OPTIONAL)
    known = {location.code: location for location in inventory.locations(db)}
    stores = {store.code for store in channel.stores(db, kind=None, closed=True)}
    rows = _rows(table, known, stores)
    table.settle()
    counts = {"locations": Count()}
    for row in rows:
        _bring_location(db, row, known.get(row.code), counts["locations"])
    outcome = Outcome(table.encoding, counts)
    if outcome.wrote:
        note(db, "location.import", file=file, counts=counts, now=now)
    return outcome


def _rows(table: Table, known: Mapping[str, inventory.Location], stores: set[str]) -> list[Row]:
    rows: list[Row] = []
    seen: dict[str, Line] = {}
    for line in table.lines:
        code = cells.code(line, "code")
        location = known.get(code or "")
        said = line.cells["kind"].lower()
        kind = cells.one_of(line, "kind", KINDS) if said != "store" and cells.text(line, "kind") else None
        if said == "store":
            line.refuse("kind", ROOM)
        elif code in stores or (location and location.store_id):
            # Also where the store has no room yet: the file of stores makes it, with the store's code.
            line.refuse("code", f"{code} is a store's; {ROOM}")
        elif location and kind and kind != location.kind:
            line.refuse("kind", f"{code} is there already as {location.kind}, and stays so")
        name = cells.both(line, "name", before=location.name if location else None, needed=True)
        if code is None:
            continue
        if code in seen:
            line.refuse("code", f"line {seen[code].number} has {code} already")
        seen.setdefault(code, line)
        rows.append(Row(code, kind or "", name))
    return rows


def _bring_location(db: Session, row: Row, location: inventory.Location | None, count: Count) -> None:
    if location is None:
        inventory.create_location(db, code=row.code, kind=row.kind, name=row.name)
        count.made += 1
    elif location.name != row.name:
        inventory.rename_location(db, location_id=location.id, name=row.name)
        count.changed += 1
    else:
        count.unchanged += 1
