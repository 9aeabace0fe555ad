"""Articles at a till: found by what is scanned, without the ORM, since each sale asks for them."""

from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from center_core.kit import N_, NotFound, Session, look_up


class Article(NamedTuple):
    """So much of a SKU and its style as a sale needs; ``name`` is the style's, by language."""

    sku_id: UUID
    code: str
    barcode: str
    price_fen: int
    style_code: str
    category: str
    name: dict[str, Any]


class Label(NamedTuple):
    """One SKU as it is shown to whoever scanned its barcode: what it is, and of which style."""

    code: str
    barcode: str
    colour: str
    colour_name: dict[str, Any]
    size: str
    price_fen: int
    style_code: str
    style_name: dict[str, Any]
    category: str
    season: str
    fill: str
    style_price_fen: int


ARTICLES = """
select sku.id, sku.code, sku.barcode, sku.price_fen, style.code, style.category, style.name
from sku join style on style.id = sku.style_id
"""
SCANNED = f"{ARTICLES} where sku.code = any(%(codes)s) or sku.barcode = any(%(codes)s)"
OF_SKUS = f"{ARTICLES} where sku.id = any(%(sku_ids)s)"
LABEL = """
select sku.code, sku.barcode, sku.colour, sku.colour_name, sku.size, sku.price_fen,
       style.code, style.name, style.category, style.season, style.fill, style.price_fen
from sku join style on style.id = sku.style_id where sku.barcode = %(barcode)s
"""


def articles(db: Session, codes: Collection[str]) -> dict[str, Article]:
    """What ``codes`` name, each a SKU code or a barcode; NotFound names all that are unknown."""
    wanted = set(codes)
    found: dict[str, Article] = {}
    for row in look_up(db, SCANNED, codes=list(wanted)):
        article = Article(*row)
        for code in wanted & {article.code, article.barcode}:
            found[code] = article
    if missing := sorted(wanted - found.keys()):
        raise NotFound("sku_unknown", N_("Unknown articles: %(codes)s."), codes=", ".join(missing))
    return found


def articles_of(db: Session, sku_ids: Collection[UUID]) -> dict[UUID, Article]:
    """The articles of some SKUs."""
    return {row[0]: Article(*row) for row in look_up(db, OF_SKUS, sku_ids=list(sku_ids))}


def label(db: Session, barcode: str) -> Label:
    """What a scanner read, or NotFound."""
    found = look_up(db, LABEL, barcode=barcode)
    if not found:
        raise NotFound("sku_unknown", N_("No article has this barcode."), barcode=barcode)
    return Label(*found[0])
