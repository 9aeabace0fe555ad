"""What one member bought and what followed from it: order, payment, points, tier, attribution, sometimes a return."""

from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from center_core.kit import split
from center_core.policies import FEN_FOR_A_POINT, POINTS_PENDING, WELCOME_POINTS

from .copying import Ids, Rows
from .world import TIERS, Article, Shop, World

if TYPE_CHECKING:
    from .members import WelcomeCoupon

Guide = str | None
A_YEAR = timedelta(days=365)
RETURNED = 0.04
AT_ANOTHER_SHOP = 0.12
MEANS = ("wechat", "alipay", "card", "cash")
MEANS_WEIGHT = (60, 28, 9, 3)


class History:
    """Posts for one member in the order of time, and keeps the sums that the ledgers must show."""

    def __init__(
        self, ids: Ids, rows: Rows, world: World, chance: Random, member_id: str, shop: Shop, guide: Guide
    ) -> None:
        self._ids, self._rows, self._world, self._chance = ids, rows, world, chance
        self._member_id, self._shop, self._guide = member_id, shop, guide
        self._available = self._pending = self._lifetime = 0
        # When it was earned, from when on it counts, and how many points: a return counts as long as its purchase.
        self._earned: list[tuple[datetime, datetime, int]] = []
        self._releases: list[datetime] = []
        self._expiries: list[datetime] = []
        self._step = 0
        self.tier_until: datetime | None = None
        self.growth = 0

    @property
    def tier(self) -> str:
        """The code of the tier held."""
        return TIERS[self._step][0]

    def welcome(self, at: datetime) -> None:
        """The points of joining."""
        self._earn(WELCOME_POINTS, ("welcome", self._member_id), at, at)

    def purchase(self, number: str, at: datetime, coupon: "WelcomeCoupon | None") -> None:
        """One visit to the till; ``number`` is unique over all members."""
        elsewhere = self._chance.random() < AT_ANOTHER_SHOP
        shop = self._chance.choice(self._world.shops) if elsewhere else self._shop
        seller = self._chance.choice(shop.guides) if shop.guides else None
        goods = self._chance.choices(
            self._world.articles,
            cum_weights=self._world.article_weights,
            k=self._chance.choices((1, 2, 3), (70, 23, 7))[0],
        )
        total = sum(article.price_fen for article in goods)
        coupon = coupon if coupon is not None and at < coupon.until and self._chance.random() < 0.45 else None
        discount = self._world.welcome_fen if coupon else 0
        shares = split(discount, [article.price_fen for article in goods])
        comes_back = coupon is None and self._chance.random() < RETURNED
        returned_at = at + timedelta(days=self._chance.randint(1, 6), hours=self._chance.randint(0, 3))
        comes_back = comes_back and returned_at < self._world.now
        order_id, payable = self._ids.at(at), total - discount
        own = {"member_id": self._member_id, "order_id": order_id}
        till_number = f"{shop.code}-{at:%y%m%d}-{number}"
        self._rows.add(
            "order",
            member_id=self._member_id, id=order_id, number=till_number, store_id=shop.id, staff_id=seller,
            location_id=shop.location_id, state="returned" if comes_back else "paid", total_fen=total,
            discount_fen=discount, payable_fen=payable, refunded_fen=payable if comes_back else 0,
            coupon_codes=[coupon.code] if coupon else [], placed_at=at, pay_until=None, paid_at=at,
        )  # fmt: skip
        self._rows.add("order_directory", number=till_number, store_id=shop.id, **own)
        for line_no, (article, share) in enumerate(zip(goods, shares, strict=True), start=1):
            paid = article.price_fen - share
            self._rows.add(
                "order_line",
                **own, line_no=line_no, sku_id=article.id, quantity=1, price_fen=article.price_fen,
                discount_fen=share, returned=1 if comes_back else 0, refunded_fen=paid if comes_back else 0,
            )  # fmt: skip
        self._rows.add(
            "payment",
            **own, id=self._ids.at(at), provider=self._chance.choices(MEANS, MEANS_WEIGHT)[0], amount_fen=payable,
            state="paid", reference=None, started_at=at, settled_at=at,
        )  # fmt: skip
        if coupon is not None:
            self._redeem(coupon, shop, till_number, at)
        points = payable * TIERS[self._step][4] // (100 * FEN_FOR_A_POINT)
        lot = self._earn(points, ("order", order_id), at, at + POINTS_PENDING, released=not comes_back)
        posting = self._attribute(order_id, seller, shop, payable, at)
        if comes_back:
            self._bring_back(order_id, shop, goods, payable, returned_at, (lot, points), posting)
        self._recompute_tier(at)

    def close(self) -> None:
        """The balance, once everything is posted, and the tier after the last review."""
        self._recompute_tier(self._world.now)
        self._rows.add(
            "points_balance",
            member_id=self._member_id, available=self._available, pending=self._pending, lifetime=self._lifetime,
            releases_next=min(self._releases, default=None), expires_next=min(self._expiries, default=None),
        )  # fmt: skip

    def _redeem(self, coupon: "WelcomeCoupon", shop: Shop, number: str, at: datetime) -> None:
        coupon.redeemed = True
        self._rows.add(
            "redemption",
            member_id=self._member_id, id=self._ids.at(at), coupon_id=coupon.id,
            template_id=self._world.welcome_template, origin_id=None, store_id=shop.id, order_number=number,
            amount_fen=self._world.welcome_fen, at=at, rolled_back_at=None,
        )  # fmt: skip

    def _earn(
        self, points: int, source: tuple[str, str], at: datetime, usable_at: datetime, released: bool = True
    ) -> str:
        lot = self._ids.at(at)
        held = usable_at > at
        expires = _two_years_after(usable_at)
        self._post(
            "earn", 0 if held else points, points if held else 0, lot, source, at, lot, usable_at, expires
        )
        self._earned.append((at, at, points))
        self._expiries.append(expires)
        if held and released and usable_at <= self._world.now:
            self._post("release", points, -points, lot, ("points_lot", lot), usable_at)
        elif held and released:
            self._releases.append(usable_at)
        return lot

    def _bring_back(
        self, order_id: str, shop: Shop, goods: list[Article], payable: int, at: datetime,
        earned: tuple[str, int], posting: dict[str, Any],
    ) -> None:  # fmt: skip
        return_id = self._ids.at(at)
        self._rows.add(
            "order_return",
            member_id=self._member_id, id=return_id, order_id=order_id, number=f"R{return_id[-12:]}",
            store_id=shop.id, refund_fen=payable, at=at,
        )  # fmt: skip
        for line_no, article in enumerate(goods, start=1):
            self._rows.add(
                "order_return_line",
                member_id=self._member_id, return_id=return_id, line_no=line_no, quantity=1,
                refund_fen=article.price_fen,
            )  # fmt: skip
        lot, points = earned
        self._post("reverse", 0, -points, lot, ("return", return_id), at)
        self._earned.append((posting["at"], at, -points))
        back = {
            "id": self._ids.at(at),
            "source_kind": "return",
            "source_id": return_id,
            "amount_fen": -payable,
            "at": at,
        }
        self._rows.add("attribution", **(posting | back))

    def _attribute(
        self, order_id: str, seller: Guide, shop: Shop, amount_fen: int, at: datetime
    ) -> dict[str, Any]:
        counts_for = self._guide or seller
        basis = "binding" if self._guide else "seller" if seller else "store"
        posting = dict(
            member_id=self._member_id, id=self._ids.at(at), order_id=order_id, source_kind="sale",
            source_id=order_id, staff_id=counts_for, store_id=shop.id, basis=basis, amount_fen=amount_fen, at=at,
        )  # fmt: skip
        self._rows.add("attribution", **posting)
        return posting

    def _post(
        self, kind: str, available: int, pending: int, lot: str, source: tuple[str, str], at: datetime,
        id: str | None = None, usable_at: datetime | None = None, expires_at: datetime | None = None,
    ) -> None:  # fmt: skip
        self._rows.add(
            "points_posting",
            member_id=self._member_id, id=id or self._ids.at(at), kind=kind, available_change=available,
            pending_change=pending, lot_id=lot, source_kind=source[0], source_id=source[1], at=at,
            available_at=usable_at, expires_at=expires_at,
        )  # fmt: skip
        self._available += available
        self._pending += pending
        self._lifetime += available + pending

    def _recompute_tier(self, at: datetime) -> None:
        """As ``member.recompute_tier`` does it: up at once, down when the kept year is over."""
        self.growth = sum(
            points for earned, since, points in self._earned if at - A_YEAR < earned and since <= at
        )
        reached = max(n for n, tier in enumerate(TIERS) if tier[3] <= self.growth)
        if reached > self._step or self.tier_until is None or self.tier_until <= at:
            self._step = reached
            self.tier_until = at + A_YEAR if reached else None


def _two_years_after(at: datetime) -> datetime:
    """As PostgreSQL adds ``interval '24 months'``: the 29th of February becomes the 28th."""
    day = 28 if (at.month, at.day) == (2, 29) else at.day
    return at.replace(year=at.year + 2, day=day)
