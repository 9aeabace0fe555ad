"""The product centre: styles, colours, sizes, SKUs."""

from .checks import check
from .models import Sku, Style
from .service import (
    Goods,
    categories,
    create_sku,
    create_style,
    goods,
    goods_by_id,
    size_runs,
    sku,
    sku_by_barcode,
    skus_by_code,
    skus_of,
    style,
    style_by_code,
    styles,
)

__all__ = [
    "Goods",
    "Sku",
    "Style",
    "categories",
    "check",
    "create_sku",
    "create_style",
    "goods",
    "goods_by_id",
    "size_runs",
    "sku",
    "sku_by_barcode",
    "skus_by_code",
    "skus_of",
    "style",
    "style_by_code",
    "styles",
]
