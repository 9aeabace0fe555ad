"""What somebody is about to buy, as a till says it, and what coupons do to its price."""

from typing import Any

from pydantic import Field

from center_core import marketing, order
from center_core.kit import Refused
from scrm.fronts.refusals import text_of

from .shape import Answer, Article, Bilingual, CouponCode, Fen, Pieces, Request


class Line(Request):
    """Some pieces of one article; without ``price_fen`` each costs its list price."""

    article: Article = Field(examples=["XJ0101-ink-M"])
    quantity: Pieces = Field(examples=[1])
    price_fen: Fen | None = Field(None, examples=[129900])

    def sold(self) -> order.SaleLine:
        """The line as the order centre takes it."""
        return order.SaleLine(self.article, self.quantity, self.price_fen)


class CouponRefusal(Answer):
    """Why a coupon may not be used: a stable ``key``, ``reasons`` for machines, ``detail`` for people."""

    key: str = Field(examples=["coupon_minimum"])
    detail: str
    reasons: dict[str, Any] = Field(examples=[{"minimum_fen": 200000, "amount_fen": 129900}])

    @classmethod
    def of(cls, refusal: Refused | None) -> "CouponRefusal | None":
        """The same in the reader's language."""
        if refusal is None:
            return None
        return cls(key=refusal.key, detail=text_of(refusal), reasons=refusal.reasons)


class PricedLine(Answer):
    """A line with its share of all coupons."""

    article: str = Field(examples=["XJ0101-ink-M"])
    quantity: int = Field(examples=[1])
    price_fen: Fen = Field(examples=[129900])
    amount_fen: Fen = Field(examples=[129900])
    discount_fen: Fen = Field(examples=[5000])
    payable_fen: Fen = Field(examples=[124900])


class PricedCoupon(Answer):
    """What one coupon takes off, by line of the basket, or why it may not be used."""

    code: CouponCode = Field(examples=["7K3MXPA2Q9RT"])
    name: Bilingual
    discount_fen: Fen = Field(examples=[5000])
    by_line: list[Fen] = Field(examples=[[5000]])
    refusal: CouponRefusal | None


class Price(Answer):
    """The price of a basket with those of the coupons that may be used."""

    total_fen: Fen = Field(examples=[129900])
    discount_fen: Fen = Field(examples=[5000])
    payable_fen: Fen = Field(examples=[124900])
    lines: list[PricedLine]
    coupons: list[PricedCoupon]


def price_of(basket: marketing.Basket, quote: marketing.Quote) -> Price:
    """``quote`` of ``basket`` as a till shows it."""
    return Price(
        total_fen=quote.total_fen,
        discount_fen=quote.discount_fen,
        payable_fen=quote.payable_fen,
        lines=[
            PricedLine(
                article=line.sku_code,
                quantity=line.quantity,
                price_fen=line.price_fen,
                amount_fen=line.amount_fen,
                discount_fen=off,
                payable_fen=line.amount_fen - off,
            )
            for line, off in zip(basket.lines, quote.by_line, strict=True)
        ],
        coupons=[
            PricedCoupon(
                code=each.code,
                name=Bilingual.of(each.name),
                discount_fen=each.discount_fen,
                by_line=list(each.by_line),
                refusal=CouponRefusal.of(each.refusal),
            )
            for each in quote.coupons
        ],
    )
