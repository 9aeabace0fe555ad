"""The way through a till: a member shows their code, uses a coupon, and brings the jacket back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from center_core import member, policies, settlement
from center_core.kit import Database, Outbox, utcnow

from .conftest import Shop, Till

EVENTS = {each.__name__: each for each in policies.WHEN}


def deliver(database: Database) -> None:
    """What the workers do: every event that centres react to, each once more, since that changes nothing."""
    with database.transaction() as db:
        rows = db.execute(select(Outbox.name, Outbox.body).where(Outbox.name.in_(EVENTS)).order_by(Outbox.id))
        for name, body in rows.all():
            event = EVENTS[name].from_body(body)
            for react in policies.WHEN[type(event)]:
                react(db, event, now=utcnow())


def test_a_coupon_is_used_in_a_store_and_comes_back_with_the_return(
    till: Till, shop: Shop, coupon: Callable[..., str], basket: list[dict[str, Any]], database: Database
) -> None:
    code = coupon()
    shown = member.dynamic_code(shop.member, utcnow())
    card = till.get("/members", code=shown).json
    assert card["name"] == "林晚舟"
    assert card["phone_tail"] == shop.member.phone[-4:]
    assert card["tier"]["code"] == "snow"
    assert card["points"] == {"available": 120, "pending": 0}
    assert card["guide"]["login"] == shop.guide.login
    assert shop.member.phone not in str(card)

    wallet = till.get(f"/members/{card['id']}/coupons").json["coupons"]
    assert [(held["code"], held["in_this_store"]) for held in wallet] == [(code, True)]

    wanted = {"member_id": card["id"], "lines": basket, "coupons": [code]}
    price = till.post("/quotes", wanted, once=None).json
    assert (price["total_fen"], price["discount_fen"], price["payable_fen"]) == (100_000, 5_000, 95_000)
    assert price["lines"][0]["discount_fen"] == 5_000
    assert price["coupons"][0]["refusal"] is None

    sale = {**wanted, "number": "S1-0042", "seller": shop.guide.login, "payments": [cash(95_000)]}
    sold = till.post("/orders", sale)
    assert sold.status_code == 201
    assert sold.json["state"] == "paid"
    assert sold.json["coupons"] == [code]
    assert till.get(f"/coupons/{code}").json["state"] == "redeemed"
    assert till.get("/stock", sku=shop.sku.code).json["here"]["on_hand"] == 9
    deliver(database)
    assert till.get(f"/members/{card['id']}").json["points"] == {"available": 220, "pending": 950}
    assert results(database, shop) == (95_000, 0)

    back = till.post("/orders/S1-0042/returns", {"number": "S1-R007", "lines": basket})
    assert back.status_code == 201
    assert (back.json["refund_fen"], back.json["coupons_given_back"]) == (95_000, [code])
    assert till.get("/orders/S1-0042").json == back.json["order"]
    assert till.get(f"/coupons/{code}").json["state"] == "issued"
    assert till.get("/stock", sku=shop.sku.code).json["here"]["on_hand"] == 10
    deliver(database)
    assert till.get(f"/members/{card['id']}").json["points"]["pending"] == 0
    assert results(database, shop) == (95_000, 95_000)


def cash(fen: int) -> dict[str, Any]:
    return {"means": "cash", "amount_fen": fen}


def results(database: Database, shop: Shop) -> tuple[int, int]:
    """What the guide sold, and what of it came back."""
    with database.transaction() as db:
        span = {"since": shop.at - timedelta(days=1), "until": utcnow() + timedelta(days=1)}
        of_guide = settlement.results_of(db, staff_id=shop.guide.id, **span)
        return of_guide.sales_fen, of_guide.returns_fen


def test_a_till_costs_few_queries(
    till: Till,
    shop: Shop,
    coupon: Callable[..., str],
    basket: list[dict[str, Any]],
    database: Database,
    count_queries: Callable[[Database], AbstractContextManager[list[str]]],
) -> None:
    till.get("/me")  # The key is known from now on.
    who, code = str(shop.member.member_id), coupon()
    sale = {"member_id": who, "lines": basket, "coupons": [code]}
    sold = {**sale, "number": "S1-0001", "payments": [cash(95_000)]}
    most = {
        "me": (0, lambda: till.get("/me")),
        "member": (7, lambda: till.get("/members", phone=shop.member.phone)),
        "wallet": (2, lambda: till.get(f"/members/{who}/coupons")),
        "products": (2, lambda: till.get("/products", limit=40)),
        "stock": (3, lambda: till.get("/stock", sku=shop.sku.code)),
        "quote": (3, lambda: till.post("/quotes", sale, once=None)),
        "order": (26, lambda: till.post("/orders", sold)),
    }
    for name, (allowed, call) in most.items():
        with count_queries(database) as seen:
            assert call().status_code < 300
        assert len(seen) <= allowed, f"{name} took {len(seen)}:\n" + "\n".join(seen)
