"""Stores from a CSV file, with their regions and the rooms where their goods lie."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from center_core import channel, inventory
from center_core.kit import Session

from . import cells
from .outcome import Count, Outcome, differing, note
from .table import Line, Table, read

REQUIRED = ("code", "name_zh", "city_zh", "address_zh")
OPTIONAL = (
    "name_en", "kind", "region", "region_zh", "region_en", "province_zh", "province_en", "city_en", "address_en",
    "lat", "lng", "phone", "hours", "zone",
)  # fmt: skip
KINDS = {"store": "store", "eshop": "eshop"}
ZONE = "Asia/Shanghai"


@dataclass(frozen=True)
class Row:
    """A store as its line tells it. ``facts`` are named as in the centre, without what the file has no column for."""

    code: str
    kind: str
    region: str | None
    facts: dict[str, Any]


def import_stores(db: Session, content: bytes, *, file: str, now: datetime) -> Outcome:
    """Make the stores that are not there yet, and bring the others up to date; closed ones stay closed.

    WrongFile names all that is wrong with ``content``, before anything is written.
    """
    table = read(content, required=REQUIRED, optional=OPTIONAL)
    stores = {store.code: store for store in channel.stores(db, kind=None, closed=True)}
    regions = {region.code: region for region in channel.regions(db)}
    rooms = {room.code: room for room in inventory.locations(db)}
    roomed = {room.store_id for room in rooms.values() if room.store_id}
    names = _region_names(table, regions)
    rows = _rows(table, stores, rooms, roomed)
    table.settle()
    counts = {"regions": Count(), "stores": Count()}
    region_ids = _bring_regions(db, names, regions, counts["regions"])
    for row in rows:
        if "region" in table.columns:
            row.facts["region_id"] = region_ids[row.region] if row.region else None
        _bring_store(db, row, stores.get(row.code), roomed, counts["stores"], now)
    outcome = Outcome(table.encoding, counts)
    if outcome.wrote:
        note(db, "store.import", file=file, counts=counts, now=now)
    return outcome


def _region_names(table: Table, known: Mapping[str, channel.Region]) -> dict[str, dict[str, str]]:
    """What each region of the file is called: by the first line that says so, which no other may contradict."""
    names: dict[str, dict[str, str]] = {}
    said: dict[str, Line] = {}
    first: dict[str, Line] = {}
    for line in table.lines:
        region = cells.code(line, "region") if line.cells.get("region") else None
        before = known[region].name if region and region in known else None
        name = cells.both(line, "region", before=before)
        given = any(line.cells.get(column) for column in ("region_zh", "region_en"))
        if region is None:
            if given and not line.cells.get("region"):
                line.refuse("region", "it is empty, but the name of a region is given")
            continue
        first.setdefault(region, line)
        if given and region in names and names[region] != name:
            line.refuse("region_zh", f"line {said[region].number} gives region {region} another name")
        elif given:
            names.setdefault(region, name)
            said.setdefault(region, line)
    for region, line in first.items():
        if region in known:
            names.setdefault(region, dict(known[region].name))
        elif region not in names:
            line.refuse("region_zh", f"it is empty, but region {region} is not there yet and needs a name")
    return names


def _rows(
    table: Table,
    stores: Mapping[str, channel.Store],
    rooms: Mapping[str, inventory.Location],
    roomed: set[UUID],
) -> list[Row]:
    zones = available_timezones()
    rows: list[Row] = []
    seen: dict[str, Line] = {}
    for line in table.lines:
        code = cells.code(line, "code")
        store = stores.get(code or "")
        kind = cells.one_of(line, "kind", KINDS)
        if store and kind and kind != store.kind:
            line.refuse("kind", f"{code} is there already as {store.kind}, and stays so")
        kind = kind or (store.kind if store else "store")
        facts = _facts(line, store)
        if facts.get("zone", ZONE) not in zones:
            line.refuse("zone", f"there is no time zone {facts['zone']!r}")
        if kind == "eshop" and facts.get("lat") is not None:
            line.refuse("lat", "an e-shop has no coordinates")
        if code is None:
            continue
        if code in seen:
            line.refuse("code", f"line {seen[code].number} has {code} already")
        if code in rooms and (store is None or store.id not in roomed):
            line.refuse("code", f"there is a location {code} already")
        seen.setdefault(code, line)
        rows.append(Row(code, kind, line.cells.get("region") or None, facts))
    return rows


def _facts(line: Line, store: channel.Store | None) -> dict[str, Any]:
    facts: dict[str, Any] = {
        name: cells.both(line, name, before=getattr(store, name, None), needed=True)
        for name in ("name", "city", "address")
    }
    if "province_zh" in line.cells or "province_en" in line.cells:
        facts["province"] = cells.both(line, "province", before=store.province if store else None)
    if "lat" in line.cells or "lng" in line.cells:
        facts |= {"lat": cells.degrees(line, "lat", 90), "lng": cells.degrees(line, "lng", 180)}
        for empty, other in (("lat", "lng"), ("lng", "lat")):
            if line.cells.get(other) and not line.cells.get(empty):
                line.refuse(empty, f"it is empty, but {other} is not")
    if "phone" in line.cells:
        facts["phone"] = cells.optional(line, "phone", longest=30)
    if "hours" in line.cells:
        facts["hours"] = cells.optional(line, "hours", longest=60)
    if "zone" in line.cells:
        facts["zone"] = cells.optional(line, "zone") or ZONE
    return facts


def _bring_regions(
    db: Session, names: Mapping[str, dict[str, str]], known: Mapping[str, channel.Region], count: Count
) -> dict[str, UUID]:
    ids = {}
    for code, name in names.items():
        region = known.get(code)
        if region is None:
            region = channel.create_region(db, code=code, name=name)
            count.made += 1
        elif region.name != name:
            channel.rename_region(db, region_id=region.id, name=name)
            count.changed += 1
        else:
            count.unchanged += 1
        ids[code] = region.id
    return ids


def _bring_store(
    db: Session, row: Row, store: channel.Store | None, roomed: set[UUID], count: Count, now: datetime
) -> None:
    if store is None:
        store = channel.create_store(db, code=row.code, kind=row.kind, **row.facts)
        count.made += 1
    elif changes := differing(store, row.facts):
        channel.update_store(db, store_id=store.id, changes=changes, now=now)
        count.changed += 1
    elif store.id not in roomed:
        count.changed += 1
    else:
        count.unchanged += 1
    if store.id not in roomed:
        inventory.create_location(db, code=row.code, kind="store", name=store.name, store_id=store.id)
