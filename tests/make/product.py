"""Styles and SKUs for tests."""

from itertools import count

from center_core import product
from center_core.kit import Session

_serial = count(1)


def style(
    db: Session, *, code: str | None = None, category: str = "down-jacket", price_fen: int = 199_900
) -> product.Style:
    """A style without SKUs."""
    number = next(_serial)
    return product.create_style(
        db,
        code=code or f"DJ{number:04d}",
        name={"en": f"Jacket {number}", "zh": f"羽绒服{number}"},
        category=category,
        silhouette="parka",
        quilting="channel",
        hood=True,
        fill="90% duck down",
        season="2026-winter",
        price_fen=price_fen,
        story={"en": "Warm.", "zh": "温暖。"},
    )


def sku(
    db: Session,
    *,
    code: str | None = None,
    of: product.Style | None = None,
    size: str = "M",
    colour: str = "navy",
    category: str = "down-jacket",
    price_fen: int = 199_900,
) -> product.Sku:
    """A SKU, of a style of its own unless told otherwise."""
    number = next(_serial)
    its_style = of or style(db, category=category, price_fen=price_fen)
    return product.create_sku(
        db,
        style_id=its_style.id,
        code=code or f"{its_style.code}-{colour}-{size}-{number}",
        barcode=f"69{number:011d}",
        colour=colour,
        colour_name={"en": colour.capitalize(), "zh": "藏青"},
        colour_hex="#1b2a49",
        size=size,
        size_order=("XS", "S", "M", "L", "XL").index(size),
        price_fen=price_fen,
    )
