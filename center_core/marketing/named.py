"""What a coupon's terms name of the catalogue: the article of a gift, categories and styles."""

from collections.abc import Mapping, Sequence

from center_core import product
from center_core.kit import NotFound, Session


def gift_code(db: Session, typed: str | None) -> str | None:
    """The SKU code of a gift by its code or barcode, or None where that names nothing."""
    code = (typed or "").strip()
    try:
        return product.articles(db, [code])[code].code if code else None
    except NotFound:
        return None


def names_nothing(
    db: Session, *, gift_sku_code: str | None, scope: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """The codes by which nothing is found, by field: with them a coupon does not count, whatever is bought.

    A gift goes by its SKU code alone: one that is kept under its barcode is not found either.
    """
    gifts = [gift_sku_code] if gift_sku_code else []
    categories, styles = scope.get("categories") or (), scope.get("style_codes") or ()
    found: dict[str, set[str]] = {
        "gift_sku_code": {code for code in gifts if gift_code(db, code) != code},
        "categories": set(categories) - set(product.categories(db) if categories else ()),
        "style_codes": set(styles) - set(product.styles_by_code(db, styles) if styles else ()),
    }
    return {name: sorted(codes) for name, codes in found.items() if codes}
