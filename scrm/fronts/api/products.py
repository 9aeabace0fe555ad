"""The catalogue, as tills and e-shops copy it."""

from pydantic import Field

from center_core import product
from scrm.fronts.web import db, only_reads

from .front import blueprint, operation
from .shape import LINE_OF_TEXT, VISIBLE, Answer, Bilingual, Fen, Query


class Sought(Query):
    """One article by its barcode, or the catalogue by code, a page at a time."""

    barcode: str | None = Field(None, min_length=1, max_length=64, pattern=VISIBLE)
    q: str | None = Field(
        None, max_length=60, pattern=LINE_OF_TEXT, description="Part of a name, or the beginning of a code."
    )
    category: str | None = Field(None, max_length=60, pattern=LINE_OF_TEXT)
    after: str | None = Field(
        None, max_length=64, pattern=LINE_OF_TEXT, description="`next` of the page before."
    )
    limit: int = Field(40, ge=1, le=200)


class Article(Answer):
    """One colour and size: what is scanned, counted and sold."""

    sku: str = Field(examples=["XJ0101-ink-M"])
    barcode: str = Field(examples=["6990000000019"])
    colour: str = Field(examples=["ink"])
    colour_name: Bilingual
    size: str = Field(examples=["M"])
    price_fen: Fen = Field(examples=[129900])


class Product(Answer):
    """A style with its articles, each colour's size run in order."""

    style: str = Field(examples=["XJ0101"])
    name: Bilingual
    category: str = Field(examples=["long"])
    season: str = Field(examples=["2026-winter"])
    fill: str = Field(examples=["90% white goose down"])
    price_fen: Fen = Field(examples=[129900])
    articles: list[Article]


class Catalogue(Answer):
    """Some styles; ``next`` asks for those that follow, and is null at the end."""

    products: list[Product]
    next: str | None = Field(examples=["XJ0402"])


@blueprint.get("/products")
@operation("product:read", id="list_products", tag="Goods", answers=Catalogue, refuses=("sku_unknown",))
@blueprint.input(Sought, location="query", arg_name="sought")
@only_reads
def list_products(sought: Sought) -> Catalogue:
    """Read the catalogue, or look one article up by its barcode."""
    if sought.barcode is not None:
        return Catalogue(products=[_scanned(product.label(db(), sought.barcode))], next=None)
    page = product.styles(db(), category=sought.category, q=sought.q, after=sought.after, limit=sought.limit)
    runs = product.size_runs(db(), [style.id for style in page.rows])
    return Catalogue(products=[_shown(style, runs.get(style.id, [])) for style in page.rows], next=page.after)


def _scanned(label: product.Label) -> Product:
    return Product(
        style=label.style_code,
        name=Bilingual.of(label.style_name),
        category=label.category,
        season=label.season,
        fill=label.fill,
        price_fen=label.style_price_fen,
        articles=[_article(label)],
    )


def _shown(style: product.Style, skus: list[product.Sku]) -> Product:
    return Product(
        style=style.code,
        name=Bilingual.of(style.name),
        category=style.category,
        season=style.season,
        fill=style.fill,
        price_fen=style.price_fen,
        articles=[_article(sku) for sku in skus],
    )


def _article(sku: product.Sku | product.Label) -> Article:
    return Article(
        sku=sku.code,
        barcode=sku.barcode,
        colour=sku.colour,
        colour_name=Bilingual.of(sku.colour_name),
        size=sku.size,
        price_fen=sku.price_fen,
    )
