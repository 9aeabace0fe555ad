"""What coupons take off a basket: pure rules, no database.

Each coupon is first asked whether it may be used here and now on this basket, then beside those scanned
before it. Those that may are applied in a fixed order whatever the order of scanning: gifts, percentages,
then amounts, each on what the ones before left over, each shared out over the lines it applies to.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from center_core.kit import N_, Refused, percent_of, split, yuan

from .held import Own, Terms

APPLIED = ("gift", "percent", "amount")


@dataclass(frozen=True)
class BasketLine:
    """Some pieces of one SKU at the price that the till asks for one."""

    sku_code: str
    style_code: str
    category: str
    quantity: int
    price_fen: int

    @property
    def amount_fen(self) -> int:
        """The line's price before coupons."""
        return self.quantity * self.price_fen


@dataclass(frozen=True)
class Basket:
    """What somebody is about to buy."""

    lines: tuple[BasketLine, ...]

    @property
    def total_fen(self) -> int:
        """The price of everything before coupons."""
        return sum(line.amount_fen for line in self.lines)


@dataclass(frozen=True)
class Offered:
    """A scanned code with the coupon found under it, if it is this member's.

    ``redeemed_here`` says that it was already redeemed with the very order that is asked about, ``frozen`` why nothing
    of this member's may be redeemed now.
    """

    code: str
    coupon: Own | None
    template: Terms | None
    redeemed_here: bool = False
    frozen: Refused | None = None


@dataclass(frozen=True)
class Quoted:
    """What one coupon takes off, by line of the basket, or why it may not be used."""

    code: str
    coupon_id: UUID | None
    template_id: UUID | None
    name: dict[str, Any]
    discount_fen: int
    by_line: tuple[int, ...]
    refusal: Refused | None


@dataclass(frozen=True)
class Quote:
    """The price of a basket with those of the coupons that may be used."""

    coupons: tuple[Quoted, ...]
    total_fen: int
    by_line: tuple[int, ...]

    @property
    def discount_fen(self) -> int:
        """What all coupons together take off."""
        return sum(self.by_line)

    @property
    def payable_fen(self) -> int:
        """What is left to pay."""
        return self.total_fen - self.discount_fen

    @property
    def refusal(self) -> Refused | None:
        """Why the first coupon that may not be used may not."""
        return next((coupon.refusal for coupon in self.coupons if coupon.refusal), None)


@dataclass
class _Basket:
    """A basket while coupons are applied: what is still to be paid of each line."""

    basket: Basket
    left: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.left = [line.amount_fen for line in self.basket.lines]


def quote_for(offered: Sequence[Offered], basket: Basket, *, store_id: UUID, at: datetime) -> Quote:
    """The price of ``basket`` with the coupons ``offered``, in the order in which they were scanned."""
    refusals: list[Refused | None] = []
    usable: list[Terms] = []
    for candidate in offered:
        refusal = _refusal(candidate, basket, store_id, at) or _clash(candidate, usable)
        refusals.append(refusal)
        if refusal is None and candidate.template is not None:
            usable.append(candidate.template)

    open_basket = _Basket(basket)
    shares: dict[int, list[int]] = {}
    for i in sorted(range(len(offered)), key=lambda i: _rank(offered[i])):
        template = offered[i].template
        if refusals[i] is None and template is not None:
            share = _apply(template, open_basket)
            if share is None:
                refusals[i] = _nothing_left(offered[i].code)
            else:
                shares[i] = share

    none = [0] * len(basket.lines)
    coupons = tuple(
        _quoted(candidate, shares.get(i, none), refusals[i]) for i, candidate in enumerate(offered)
    )
    by_line = tuple(line.amount_fen - left for line, left in zip(basket.lines, open_basket.left, strict=True))
    return Quote(coupons, basket.total_fen, by_line)


def in_scope(template: Terms, basket: Basket) -> list[int]:
    """Which lines the template applies to: those of its categories or styles, or all where it names none."""
    if template.kind == "gift" and template.gift_sku_code:
        return [i for i, line in enumerate(basket.lines) if line.sku_code == template.gift_sku_code]
    categories = template.scope.get("categories") or ()
    styles = template.scope.get("style_codes") or ()
    if not categories and not styles:
        return list(range(len(basket.lines)))
    return [
        i for i, line in enumerate(basket.lines) if line.category in categories or line.style_code in styles
    ]


def _refusal(candidate: Offered, basket: Basket, store_id: UUID, at: datetime) -> Refused | None:
    """Why this coupon may not be used here, now, on this basket, other coupons aside."""
    code, coupon, template = candidate.code, candidate.coupon, candidate.template
    if coupon is None or template is None:
        return Refused("coupon_unknown", N_("This member has no such coupon."), code=code)
    return (
        (None if candidate.redeemed_here else candidate.frozen or _not_valid(code, coupon, at))
        or _wrong_store(code, template, store_id)
        or _wrong_basket(code, template, basket)
    )


def _not_valid(code: str, coupon: Own, at: datetime) -> Refused | None:
    if coupon.state == "redeemed":
        return Refused("coupon_used", N_("This coupon has already been used."), code=code)
    if coupon.state == "void":
        return Refused("coupon_void", N_("This coupon was withdrawn."), code=code)
    if at < coupon.valid_from:
        return Refused(
            "coupon_not_yet",
            N_("This coupon is not valid yet."),
            code=code,
            valid_from=coupon.valid_from.isoformat(),
        )
    if coupon.state == "expired" or at >= coupon.valid_until:
        return Refused(
            "coupon_expired",
            N_("This coupon has expired."),
            code=code,
            valid_until=coupon.valid_until.isoformat(),
        )
    return None


def _wrong_store(code: str, template: Terms, store_id: UUID) -> Refused | None:
    stores = template.scope.get("store_ids") or ()
    if stores and str(store_id) not in stores:
        return Refused("coupon_wrong_store", N_("This coupon is not valid in this store."), code=code)
    return None


def _wrong_basket(code: str, template: Terms, basket: Basket) -> Refused | None:
    lines = in_scope(template, basket)
    if not lines and (basket.lines or not _handed_over(template)):
        return Refused("coupon_scope", N_("None of these articles take part in this coupon."), code=code)
    if template.kind == "gift" and template.gift_sku_code:
        # The gift itself is not what has to be bought to get it.
        amount = basket.total_fen - basket.lines[lines[0]].price_fen
    else:
        amount = sum(basket.lines[i].amount_fen for i in lines)
    if amount < template.minimum_fen:
        return Refused(
            "coupon_minimum",
            N_("This coupon needs articles for at least %(minimum)s yuan; these are %(amount)s yuan."),
            code=code,
            minimum=yuan(template.minimum_fen),
            amount=yuan(amount),
            minimum_fen=template.minimum_fen,
            amount_fen=amount,
        )
    return None


def _handed_over(template: Terms) -> bool:
    """Whether it is a gift from the counter, for which nothing need be bought unless a minimum is set."""
    narrowed = template.scope.get("categories") or template.scope.get("style_codes")
    return template.kind == "gift" and not template.gift_sku_code and not narrowed


def _clash(candidate: Offered, usable: Sequence[Terms]) -> Refused | None:
    """Why this coupon may not be used beside those that were scanned before it."""
    mine = candidate.template
    for other in usable:
        alone = mine is not None and "alone" in (mine.stacking, other.stacking)
        grouped = mine is not None and mine.stacking_group and mine.stacking_group == other.stacking_group
        if alone or grouped:
            return Refused(
                "coupon_stacking",
                N_("This coupon cannot be used together with the others."),
                code=candidate.code,
                beside=other.code,
            )
    return None


def _nothing_left(code: str) -> Refused:
    text = N_("Nothing is left on the bill that this coupon could take off.")
    return Refused("coupon_stacking", text, code=code)


def _rank(candidate: Offered) -> int:
    return APPLIED.index(candidate.template.kind) if candidate.template else len(APPLIED)


def _apply(template: Terms, open_basket: _Basket) -> list[int] | None:
    """Take the coupon's discount off the lines; its share by line, or None when there is nothing to take."""
    lines = in_scope(template, open_basket.basket)
    weights = [open_basket.left[i] for i in lines]
    discount = min(_worth(template, open_basket, lines), sum(weights))
    by_counter = template.kind == "gift" and not template.gift_sku_code
    if discount == 0:
        return [0] * len(open_basket.left) if by_counter else None
    share = [0] * len(open_basket.left)
    for i, part in zip(lines, split(discount, weights), strict=True):
        share[i] = part
        open_basket.left[i] -= part
    return share


def _worth(template: Terms, open_basket: _Basket, lines: Sequence[int]) -> int:
    if template.kind == "amount":
        return template.value
    if template.kind == "percent":
        off = percent_of(sum(open_basket.left[i] for i in lines), template.value)
        return off if template.cap_fen is None else min(off, template.cap_fen)
    return open_basket.basket.lines[lines[0]].price_fen if template.gift_sku_code else 0


def _quoted(candidate: Offered, by_line: Sequence[int], refusal: Refused | None) -> Quoted:
    coupon, template = candidate.coupon, candidate.template
    return Quoted(
        code=candidate.code,
        coupon_id=coupon.id if coupon else None,
        template_id=template.id if template else None,
        name=template.name if template else {},
        discount_fen=sum(by_line),
        by_line=tuple(by_line),
        refusal=refusal,
    )
