"""Styles and SKUs: making them, and finding them by what people know of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CollectionAggregate, Text, Uuid, any_, literal, or_, select
from sqlalchemy.types import TypeEngine

from center_core.kit import N_, NotFound, Page, Refused, Session, uuid7

from .models import Sku, Style

STYLE_CHANGEABLE = {
    "name", "category", "silhouette", "quilting", "hood", "fill", "season", "price_fen", "story",
}  # fmt: skip
SKU_CHANGEABLE = {"colour_name", "colour_hex", "size_order", "price_fen"}


@dataclass(frozen=True)
class Goods:
    """A SKU together with the style it belongs to."""

    sku: Sku
    style: Style


def create_style(
    db: Session,
    *,
    code: str,
    name: Mapping[str, str],
    category: str,
    silhouette: str,
    quilting: str,
    hood: bool,
    fill: str,
    season: str,
    price_fen: int,
    story: Mapping[str, str],
) -> Style:
    """Add a style to the catalogue."""
    style = Style(
        id=uuid7(),
        code=code,
        name=dict(name),
        category=category,
        silhouette=silhouette,
        quilting=quilting,
        hood=hood,
        fill=fill,
        season=season,
        price_fen=price_fen,
        story=dict(story),
    )
    db.add(style)
    db.flush()
    return style


def create_sku(
    db: Session,
    *,
    style_id: UUID,
    code: str,
    barcode: str,
    colour: str,
    colour_name: Mapping[str, str],
    colour_hex: str,
    size: str,
    size_order: int,
    price_fen: int | None = None,
) -> Sku:
    """Add a colour and size of a style, at the style's price unless told otherwise."""
    sku = Sku(
        id=uuid7(),
        style_id=style_id,
        code=code,
        barcode=barcode,
        colour=colour,
        colour_name=dict(colour_name),
        colour_hex=colour_hex,
        size=size,
        size_order=size_order,
        price_fen=style(db, style_id).price_fen if price_fen is None else price_fen,
    )
    db.add(sku)
    db.flush()
    return sku


def update_style(db: Session, *, style_id: UUID, changes: Mapping[str, Any]) -> Style:
    """Change what is known of a style; its code stays, since coupons and receipts name it."""
    row = style(db, style_id)
    _change(row, changes, STYLE_CHANGEABLE)
    db.flush()
    return row


def update_sku(db: Session, *, sku_id: UUID, changes: Mapping[str, Any]) -> Sku:
    """Change what is known of a SKU; what is printed on its label stays: code, barcode, colour and size."""
    row = sku(db, sku_id)
    _change(row, changes, SKU_CHANGEABLE)
    db.flush()
    return row


def _change(row: Style | Sku, changes: Mapping[str, Any], changeable: Collection[str]) -> None:
    for field, value in changes.items():
        if field not in changeable:
            raise Refused(
                "product_field_fixed", N_("%(field)s of an article cannot be changed."), field=field
            )
        setattr(row, field, value)


def styles(
    db: Session,
    *,
    category: str | None = None,
    q: str | None = None,
    after: str | None = None,
    limit: int = 40,
) -> Page[Style]:
    """The catalogue by code; ``q`` is part of a name in either language, or the beginning of a code."""
    query = select(Style).order_by(Style.code).limit(limit + 1)
    if category:
        query = query.where(Style.category == category)
    if q and q.strip():
        word = q.strip()
        query = query.where(
            or_(
                Style.code.istartswith(word, autoescape=True),
                Style.name["en"].astext.icontains(word, autoescape=True),
                Style.name["zh"].astext.icontains(word, autoescape=True),
            )
        )
    if after:
        query = query.where(Style.code > after)
    rows = db.scalars(query).all()
    return Page(rows[:limit], rows[limit - 1].code if len(rows) > limit else None)


def categories(db: Session) -> list[str]:
    """The categories that have a style."""
    return list(db.scalars(select(Style.category).distinct().order_by(Style.category)))


def style(db: Session, style_id: UUID) -> Style:
    """The style, or NotFound."""
    found = db.get(Style, style_id)
    if found is None:
        raise NotFound("style_unknown", N_("This style does not exist."))
    return found


def style_by_code(db: Session, code: str) -> Style:
    """The style of that code, or NotFound."""
    found = db.scalar(select(Style).where(Style.code == code))
    if found is None:
        raise NotFound("style_unknown", N_("This style does not exist."))
    return found


def styles_by_code(db: Session, codes: Collection[str]) -> dict[str, Style]:
    """Those of ``codes`` that exist."""
    return {found.code: found for found in db.scalars(select(Style).where(Style.code == _any(codes, Text())))}


def skus_of(db: Session, style_id: UUID) -> list[Sku]:
    """All colours and sizes of a style, each colour's size run in order."""
    query = select(Sku).where(Sku.style_id == style_id).order_by(Sku.colour, Sku.size_order)
    return list(db.scalars(query))


def size_runs(db: Session, style_ids: Collection[UUID]) -> dict[UUID, list[Sku]]:
    """The same of several styles at once, by style; one without articles is left out."""
    query = select(Sku).where(Sku.style_id == _any(style_ids, Uuid()))
    query = query.order_by(Sku.style_id, Sku.colour, Sku.size_order)
    runs: dict[UUID, list[Sku]] = {}
    for found in db.scalars(query):
        runs.setdefault(found.style_id, []).append(found)
    return runs


def sku(db: Session, sku_id: UUID) -> Sku:
    """The SKU, or NotFound."""
    found = db.get(Sku, sku_id)
    if found is None:
        raise NotFound("sku_unknown", N_("This article does not exist."))
    return found


def skus_by_code(db: Session, codes: Collection[str]) -> dict[str, Sku]:
    """Those of ``codes`` that exist."""
    return {found.code: found for found in db.scalars(select(Sku).where(Sku.code == _any(codes, Text())))}


def skus_named(db: Session, codes: Collection[str]) -> list[Sku]:
    """All SKUs that a till could mean by one of ``codes``, be it their code or their barcode."""
    wanted = _any(codes, Text())
    return list(db.scalars(select(Sku).where(or_(Sku.code == wanted, Sku.barcode == wanted))))


def goods_by_id(db: Session, sku_ids: Collection[UUID]) -> dict[UUID, Goods]:
    """The SKUs of ``sku_ids`` with their styles."""
    query = select(Sku, Style).join(Style, Style.id == Sku.style_id).where(Sku.id.in_(set(sku_ids)))
    return {found.id: Goods(found, its_style) for found, its_style in db.execute(query)}


def _any(values: Collection[Any], kind: TypeEngine[Any]) -> CollectionAggregate[Any]:
    """Any of ``values``, which travel as one array: a statement has places for 65,535 values, and a catalogue more."""
    return any_(literal(list(values), ARRAY(kind)))
