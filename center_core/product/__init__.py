"""The product centre: styles, colours, sizes, SKUs."""

from .checks import check
from .models import Sku, Style
from .scanned import Article, Label, articles, articles_of, label
from .service import (
    Goods,
    categories,
    create_sku,
    create_style,
    goods_by_id,
    size_runs,
    sku,
    skus_by_code,
    skus_named,
    skus_of,
    style,
    style_by_code,
    styles,
    styles_by_code,
    update_sku,
    update_style,
)

__all__ = [
    "Article",
    "Goods",
    "Label",
    "Sku",
    "Style",
    "articles",
    "articles_of",
    "categories",
    "check",
    "create_sku",
    "create_style",
    "goods_by_id",
    "label",
    "size_runs",
    "sku",
    "skus_by_code",
    "skus_named",
    "skus_of",
    "style",
    "style_by_code",
    "styles",
    "styles_by_code",
    "update_sku",
    "update_style",
]
