"""Stock: how many pieces of an article are here and elsewhere; goods that arrive, and counts that differ."""

from typing import Annotated, Literal
from uuid import UUID, uuid5

from pydantic import Field, model_validator

from center_core import inventory, product
from center_core.kit import uuid7
from scrm.fronts.web import db, now, only_reads

from .front import blueprint, caller, operation
from .shape import LINE_OF_TEXT, VISIBLE, Answer, Article, Bilingual, Query, Request


class Sought(Query):
    """The article that somebody asks for."""

    sku: Annotated[
        str, Field(min_length=1, max_length=64, pattern=VISIBLE, description="A SKU code or a barcode.")
    ]


class Pieces(Answer):
    """``available`` is what is on hand and not reserved for anybody."""

    on_hand: int = Field(examples=[3])
    reserved: int = Field(examples=[1])
    available: int = Field(examples=[2])


class Elsewhere(Answer):
    """Another place that has the article."""

    location: str = Field(examples=["S002"])
    kind: Literal["factory", "main", "sub", "store"]
    name: Bilingual
    available: int = Field(examples=[5])


class StockSeen(Answer):
    """The article in this store, and where else it can be had, the most pieces first."""

    sku: str = Field(examples=["XJ0101-ink-M"])
    here: Pieces
    elsewhere: list[Elsewhere]


class MovedLine(Request):
    """Pieces that arrived; for a count, how many more were found, or, negative, how many fewer."""

    article: Article = Field(examples=["XJ0101-ink-M"])
    quantity: Annotated[int, Field(ge=-10_000, le=10_000)] = Field(examples=[12])


class Moving(Request):
    """A delivery (``receive``), or what a count found to differ (``adjust``).

    With a ``number`` it is booked once, however often and late it is sent again.
    """

    kind: Literal["receive", "adjust"]
    number: Annotated[str, Field(min_length=1, max_length=64, pattern=LINE_OF_TEXT)] | None = Field(
        None,
        description="Of the delivery note or the count sheet, unique within the store and the kind.",
        examples=["DN-20261122-07"],
    )
    lines: list[MovedLine] = Field(min_length=1, max_length=200)

    @model_validator(mode="after")
    def _something(self) -> "Moving":
        least = 1 if self.kind == "receive" else -10_000
        if any(line.quantity == 0 or line.quantity < least for line in self.lines):
            raise ValueError("a delivery is of at least one piece, and a difference is not zero")
        return self


class MovedTo(Answer):
    """What is now in the store of one article."""

    sku: str = Field(examples=["XJ0101-ink-M"])
    stock: Pieces


class Moved(Answer):
    """The movement under its own id, as the stock ledger names it, and what is in the store now."""

    id: UUID
    lines: list[MovedTo]


@blueprint.get("/stock")
@operation(
    "inventory:read",
    id="see_stock",
    tag="Goods",
    answers=StockSeen,
    refuses=("sku_unknown", "location_unknown"),
    examples={"sku": "XJ0101-ink-M"},
)
@blueprint.input(Sought, location="query", arg_name="sought")
@only_reads
def see_stock(sought: Sought) -> StockSeen:
    """Ask how many pieces of an article are in this store, and which places have it besides."""
    article = product.articles(db(), [sought.sku])[sought.sku]
    places = {place.id: place for place in inventory.locations(db())}
    here = Pieces(on_hand=0, reserved=0, available=0)
    elsewhere = []
    for stock in inventory.available(db(), sku_ids=[article.sku_id]):
        place = places[stock.location_id]
        if place.store_id == caller().store_id:
            here = _pieces(stock)
        elif stock.available > 0:
            elsewhere.append(
                Elsewhere(
                    location=place.code,
                    kind=place.kind,
                    name=Bilingual.of(place.name),
                    available=stock.available,
                )
            )
    elsewhere.sort(key=lambda each: (-each.available, each.location))
    return StockSeen(sku=article.code, here=here, elsewhere=elsewhere)


@blueprint.post("/stock-movements")
@operation(
    "inventory:write",
    id="move_stock",
    tag="Goods",
    answers=Moved,
    status=201,
    once=True,
    refuses=("sku_unknown", "location_unknown", "sold_out", "movement_number_taken"),
)
@blueprint.input(Moving, arg_name="moving")
def move_stock(moving: Moving) -> Moved:
    """Book goods that arrived in this store, or what a count found to differ; all lines or none.

    The same `number` with the same contents is booked once for ever, with others it is refused.
    """
    location = inventory.location_of_store(db(), caller().store_id)
    articles = product.articles(db(), {line.article for line in moving.lines})
    difference: dict[UUID, int] = {}
    for line in moving.lines:
        sku_id = articles[line.article].sku_id
        difference[sku_id] = difference.get(sku_id, 0) + line.quantity
    id = _id_of(moving)
    source: inventory.Source = ("stock_movement", id)
    number = moving.number
    if not (number and inventory.is_booked(db(), number=number, differences=difference, source=source)):
        _book(moving.kind, location.id, difference, source)
    codes = {each.sku_id: each.code for each in articles.values()}
    after = inventory.available(db(), sku_ids=list(difference), location_ids=[location.id])
    return Moved(id=id, lines=[MovedTo(sku=codes[each.sku_id], stock=_pieces(each)) for each in after])


def _id_of(moving: Moving) -> UUID:
    """The same whenever this store sends this number again."""
    return uuid5(caller().store_id, f"{moving.kind} {moving.number}") if moving.number else uuid7()


def _book(kind: str, location_id: UUID, difference: dict[UUID, int], source: inventory.Source) -> None:
    # In the one order in which stock is always locked.
    for sku_id, quantity in sorted(difference.items()):
        where = {"location_id": location_id, "sku_id": sku_id}
        if kind == "receive":
            inventory.receive(db(), **where, quantity=quantity, source=source, now=now())
        else:
            inventory.adjust(db(), **where, difference=quantity, source=source, now=now())


def _pieces(stock: inventory.Availability) -> Pieces:
    return Pieces(on_hand=stock.on_hand, reserved=stock.reserved, available=stock.available)
