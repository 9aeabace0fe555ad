"""The invariants of the catalogue."""

from collections.abc import Iterable

from sqlalchemy import text

from center_core.kit import Finding, Session

# A scanner reads SKU codes and barcodes alike, so none may be both for different SKUs.
_AMBIGUOUS = text("""
    select a.code, b.code as other from sku a join sku b on b.barcode = a.code and b.id <> a.id
""")


def check(db: Session) -> Iterable[Finding]:
    """Whatever a till scans names one SKU."""
    for code, other in db.execute(_AMBIGUOUS):
        yield Finding("product.codes", f"sku {code}", f"its code is the barcode of {other}")
