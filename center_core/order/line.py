"""The lines of a sale: what the till or the shop says was bought, priced and put into a basket."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from center_core import marketing, product
from center_core.kit import N_, Refused, Session

LINES_LIMIT = 200
QUANTITY_LIMIT = 10_000


@dataclass(frozen=True)
class SaleLine:
    """Some pieces of one article, by SKU code or barcode; ``price_fen`` is for one, None the list price."""

    sku_code: str
    quantity: int
    price_fen: int | None = None


@dataclass(frozen=True)
class PricedLine:
    """A line whose article is known and whose price is settled."""

    article: product.Article
    basket_line: marketing.BasketLine

    @property
    def sku_id(self) -> UUID:
        """What is taken from the shelf."""
        return self.article.sku_id


def priced(db: Session, lines: Sequence[SaleLine]) -> list[PricedLine]:
    """Look the articles up; refuses an empty sale and numbers that no till would send."""
    if not 0 < len(lines) <= LINES_LIMIT:
        raise Refused(
            "order_lines_wrong", N_("An order has between 1 and %(limit)s lines."), limit=LINES_LIMIT
        )
    for number, line in enumerate(lines, start=1):
        if not 0 < line.quantity <= QUANTITY_LIMIT:
            raise Refused("quantity_wrong", N_("The quantity in line %(line)s is wrong."), line=number)
        if line.price_fen is not None and line.price_fen < 0:
            raise Refused("price_wrong", N_("The price in line %(line)s is wrong."), line=number)
    articles = product.articles(db, {line.sku_code for line in lines})
    return [_priced(articles[line.sku_code], line) for line in lines]


def basket_of(db: Session, *, lines: Sequence[SaleLine]) -> marketing.Basket:
    """The basket that coupons are quoted for."""
    return basket(priced(db, lines))


def basket(lines: Sequence[PricedLine]) -> marketing.Basket:
    """The same lines as the marketing centre wants them."""
    return marketing.Basket(tuple(line.basket_line for line in lines))


def pieces(lines: Sequence[PricedLine]) -> list[tuple[UUID, int]]:
    """How many of each SKU, in the one order in which stock is always locked."""
    count: Counter[UUID] = Counter()
    for line in lines:
        count[line.sku_id] += line.basket_line.quantity
    return sorted(count.items())


def _priced(article: product.Article, line: SaleLine) -> PricedLine:
    return PricedLine(
        article,
        marketing.BasketLine(
            sku_code=article.code,
            style_code=article.style_code,
            category=article.category,
            quantity=line.quantity,
            price_fen=article.price_fen if line.price_fen is None else line.price_fen,
        ),
    )
