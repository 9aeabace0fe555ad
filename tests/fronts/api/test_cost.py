"""How many statements each of a till's requests sends: at a campaign's peak they are what a sale costs."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from center_core import member
from center_core.kit import Database, utcnow
from tests import make

from .conftest import Shop, Till
from .test_journey import cash


def test_a_till_costs_few_statements(
    till: Till,
    shop: Shop,
    coupon: Callable[..., str],
    basket: list[dict[str, Any]],
    database: Database,
    count_queries: Callable[[Database], AbstractContextManager[list[str]]],
) -> None:
    who, phone, card = str(shop.member.member_id), shop.member.phone, shop.member.number
    with database.transaction() as db:
        other = make.sku(db, price_fen=50_000)
        make.stock(db, shop.store, other, 10, now=shop.at)
    first, second, scanned = coupon(), coupon(kind="percent", value=10), coupon()
    plain = {"member_id": who, "lines": basket, "payments": [cash(100_000)]}
    full = {
        "member_id": who,
        "seller": shop.guide.login,
        "lines": [*basket, {"article": other.code, "quantity": 2}, *basket],
        "coupons": [first, second],
    }
    paid = {**full, "number": "S1-0002", "payments": [cash(200_000), cash(65_000)]}
    calls: dict[str, tuple[int, Callable[[], Any]]] = {
        "me": (0, lambda: till.get("/me")),
        "member by phone": (3, lambda: till.get("/members", phone=phone)),
        "member by card": (3, lambda: till.get("/members", card=card)),
        "member by code": (3, lambda: till.get("/members", code=member.dynamic_code(shop.member, utcnow()))),
        "member": (2, lambda: till.get(f"/members/{who}")),
        "wallet": (2, lambda: till.get(f"/members/{who}/coupons")),
        "coupon": (2, lambda: till.get(f"/coupons/{scanned}")),
        "products": (2, lambda: till.get("/products", limit=40)),
        "product by barcode": (1, lambda: till.get("/products", barcode=other.barcode)),
        "stock": (3, lambda: till.get("/stock", sku=shop.sku.code)),
        "quote": (1, lambda: till.post("/quotes", {"lines": basket}, once=None)),
        "quote with coupons": (
            2,
            lambda: till.post("/quotes", {"member_id": who, "lines": basket, "coupons": [first]}, once=None),
        ),
        # One of them asks whether the receipt has coupons that the sale does not name; with coupons, theirs does.
        "order": (9, lambda: till.post("/orders", {**plain, "number": "S1-0001"})),
        # Four more however many: who sold, what the coupons are, their use, and the news of it.
        "order with lines and coupons": (13, lambda: till.post("/orders", paid)),
        "order read again": (7, lambda: till.get("/orders/S1-0002")),
        "redemption": (
            11,
            lambda: till.post(f"/coupons/{scanned}/redemption", {"number": "C-1", "lines": basket}),
        ),
        "return": (24, lambda: till.post("/orders/S1-0001/returns", {"number": "R-1", "lines": basket})),
    }
    for name, (allowed, call) in calls.items():
        till.get("/me")  # The key is known from now on.
        with count_queries(database) as seen:
            answer = call()
        assert answer.status_code < 300, answer.text
        assert len(seen) <= allowed, f"{name} took {len(seen)}:\n" + "\n".join(seen)
