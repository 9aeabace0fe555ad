"""Styles and SKUs from a CSV file with one line for each SKU."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from center_core import product
from center_core.kit import Session

from . import cells
from .agreement import Agreement
from .outcome import Count, Outcome, differing, note
from .table import Line, Table, read

REQUIRED = (
    "style", "name_zh", "category", "season", "price", "sku", "barcode", "colour", "colour_zh", "size",
)  # fmt: skip
OPTIONAL = (
    "name_en", "silhouette", "quilting", "hood", "fill", "story_zh", "story_en", "sku_price", "colour_en", "colour_hex",
    "size_order",
)  # fmt: skip
OF_A_STYLE = (
    "name_zh", "name_en", "category", "season", "price", "silhouette", "quilting", "hood", "fill", "story_zh",
    "story_en",
)  # fmt: skip
OF_A_COLOUR = ("colour_zh", "colour_en", "colour_hex")
# What a style is drawn as when the file does not say; the pictures fall back to the same.
DRAWN = {"silhouette": "short", "quilting": "horizontal"}
YES_OR_NO = {
    "yes": True,
    "no": False,
    "是": True,
    "否": False,
    "1": True,
    "0": False,
    "true": True,
    "false": False,
}


@dataclass(frozen=True)
class Row:
    """A SKU as its line tells it. Facts are named as in the centre, without what the file has no column for."""

    line: Line
    style: str
    style_facts: dict[str, Any]
    sku: str
    barcode: str
    colour: str
    size: str
    facts: dict[str, Any]


class Known:
    """The styles of the file that are there already, and all SKUs that its lines name or could be mistaken for."""

    def __init__(self, db: Session, table: Table) -> None:
        self.styles = product.styles_by_code(db, _codes(table, "style"))
        runs = product.size_runs(db, [style.id for style in self.styles.values()])
        of_styles = [sku for run in runs.values() for sku in run]
        named = product.skus_named(db, _codes(table, "sku", "barcode"))
        self.by_code = {sku.code: sku for sku in [*of_styles, *named]}
        self.by_barcode = {sku.barcode: sku for sku in self.by_code.values()}
        self.by_place = {(sku.style_id, sku.colour, sku.size): sku for sku in of_styles}
        self.size_orders: dict[str, dict[str, int]] = {
            code: {sku.size: sku.size_order for sku in runs.get(style.id, [])}
            for code, style in self.styles.items()
        }


def _codes(table: Table, *columns: str) -> set[str]:
    """What stands in ``columns``, but for what is no code and told as such later."""
    told = {line.cells[column] for line in table.lines for column in columns}
    return {code for code in told if cells.CODE.fullmatch(code)}


def import_products(db: Session, content: bytes, *, file: str, now: datetime) -> Outcome:
    """Make the styles and SKUs that are not there yet, and bring the others up to date.

    WrongFile names all that is wrong with ``content``, before anything is written.
    """
    table = read(content, required=REQUIRED, optional=OPTIONAL)
    known = Known(db, table)
    rows = _rows(table, known)
    _check_one_another(rows)
    for row in rows:
        _check_known(row, known)
    table.settle()
    counts = {"styles": Count(), "skus": Count()}
    styles = _bring_styles(db, rows, known, counts["styles"])
    _bring_skus(db, rows, known, styles, counts["skus"])
    outcome = Outcome(table.encoding, counts)
    if outcome.wrote:
        note(db, "product.import", file=file, counts=counts, now=now)
    return outcome


def _rows(table: Table, known: Known) -> list[Row]:
    """The lines that say which SKU they are; those that do not are told of, and cannot be compared with others."""
    rows: list[Row] = []
    of_a_style, of_a_colour = Agreement(OF_A_STYLE), Agreement(OF_A_COLOUR)
    for line in table.lines:
        style, sku, barcode = (cells.code(line, column) for column in ("style", "sku", "barcode"))
        colour, size = cells.word(line, "colour", longest=40), cells.word(line, "size", longest=20)
        style_facts = _style_facts(line, known.styles.get(style or ""))
        facts = _sku_facts(line, known.by_code.get(sku or ""), style_facts["price_fen"])
        if style:
            of_a_style.check(line, (style,))
        if style and colour:
            of_a_colour.check(line, (style, colour))
        if style and sku and barcode and colour and size:
            rows.append(Row(line, style, style_facts, sku, barcode, colour, size, facts))
    return rows


def _style_facts(line: Line, style: product.Style | None) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "name": cells.both(line, "name", before=style.name if style else None, needed=True),
        "category": cells.word(line, "category"),
        "season": cells.text(line, "season", longest=40),
        "price_fen": cells.fen(line, "price", needed=True),
    }
    for column in ("silhouette", "quilting", "fill"):
        if column in line.cells:
            facts[column] = cells.optional(line, column, longest=60) or DRAWN.get(column, "")
    if "hood" in line.cells:
        facts["hood"] = bool(cells.one_of(line, "hood", YES_OR_NO))
    if "story_zh" in line.cells or "story_en" in line.cells:
        facts["story"] = cells.both(line, "story", before=style.story if style else None, longest=2000)
    return facts


def _sku_facts(line: Line, sku: product.Sku | None, style_price: int | None) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "colour_name": cells.both(line, "colour", before=sku.colour_name if sku else None, needed=True),
        "price_fen": cells.fen(line, "sku_price") or style_price,
    }
    if "colour_hex" in line.cells:
        facts["colour_hex"] = cells.colour(line, "colour_hex") or ""
    if (order := cells.number(line, "size_order")) is not None:
        facts["size_order"] = order
    return facts


def _check_one_another(rows: Sequence[Row]) -> None:
    """No two lines are the same SKU, and no scanner reads one as the other."""
    skus: dict[str, Row] = {}
    barcodes: dict[str, Row] = {}
    places: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        place = (row.style, row.colour, row.size)
        if (first := skus.setdefault(row.sku, row)) is not row:
            row.line.refuse("sku", f"line {first.line.number} has {row.sku} already")
        if (first := barcodes.setdefault(row.barcode, row)) is not row:
            row.line.refuse("barcode", f"line {first.line.number} has {row.barcode} already")
        if (first := places.setdefault(place, row)) is not row:
            row.line.refuse("size", f"line {first.line.number} has {' '.join(place)} already")
    for row in rows:
        if (other := barcodes.get(row.sku, row)).sku != row.sku:
            row.line.refuse("sku", f"{row.sku} is the barcode in line {other.line.number}")


def _check_known(row: Row, known: Known) -> None:
    """What is printed on the label of a SKU that is there stays, and no other SKU has any of it."""
    style, sku = known.styles.get(row.style), known.by_code.get(row.sku)
    if sku is not None:
        if style is None or sku.style_id != style.id:
            row.line.refuse("style", f"{row.sku} is there already, of another style")
        for column in ("barcode", "colour", "size"):
            if (has := getattr(sku, column)) != getattr(row, column):
                row.line.refuse(column, f"{row.sku} is there already with {has!r}, and keeps it")
        return
    if (other := known.by_barcode.get(row.sku)) is not None:
        row.line.refuse("sku", f"{row.sku} is the barcode of {other.code}")
    if (other := known.by_barcode.get(row.barcode)) is not None:
        row.line.refuse("barcode", f"{other.code} has {row.barcode} already")
    if (other := known.by_code.get(row.barcode)) is not None:
        row.line.refuse("barcode", f"{row.barcode} is the code of {other.code}")
    if style and (other := known.by_place.get((style.id, row.colour, row.size))) is not None:
        row.line.refuse("size", f"{other.code} is {row.style} {row.colour} {row.size} already")


def _bring_styles(db: Session, rows: Sequence[Row], known: Known, count: Count) -> dict[str, product.Style]:
    styles: dict[str, product.Style] = {}
    for row in rows:
        if row.style in styles:
            continue
        style = known.styles.get(row.style)
        if style is None:
            facts: dict[str, Any] = DRAWN | {"hood": False, "fill": "", "story": {}} | row.style_facts
            style = product.create_style(db, code=row.style, **facts)
            count.made += 1
        elif changes := differing(style, row.style_facts):
            product.update_style(db, style_id=style.id, changes=changes)
            count.changed += 1
        else:
            count.unchanged += 1
        styles[row.style] = style
    return styles


def _bring_skus(
    db: Session, rows: Sequence[Row], known: Known, styles: Mapping[str, product.Style], count: Count
) -> None:
    orders = defaultdict(dict, known.size_orders)
    for row in rows:
        sku = known.by_code.get(row.sku)
        order = _order_of(row, orders[row.style])
        if sku is None:
            facts: dict[str, Any] = {"colour_hex": "", "size_order": order} | row.facts
            product.create_sku(
                db, style_id=styles[row.style].id, code=row.sku, barcode=row.barcode, colour=row.colour, size=row.size,
                **facts,
            )  # fmt: skip
            count.made += 1
        elif changes := differing(sku, row.facts):
            product.update_sku(db, sku_id=sku.id, changes=changes)
            count.changed += 1
        else:
            count.unchanged += 1


def _order_of(row: Row, orders: dict[str, int]) -> int:
    """The place of the size in the style's run: as told, as in its other colours, or behind those before it."""
    order: int = row.facts.get("size_order", orders.get(row.size, max(orders.values(), default=-1) + 1))
    orders[row.size] = order
    return order
