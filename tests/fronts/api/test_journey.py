"""The way through a till: a member shows their code, uses a coupon, and brings the jacket back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select, text

from center_core import inventory, marketing, member, order, policies, settlement
from center_core.kit import Database, Outbox, utcnow
from tests import make

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


def test_several_lines_and_coupons_are_one_sale_and_come_back_together(
    till: Till, shop: Shop, coupon: Callable[..., str], basket: list[dict[str, Any]], database: Database
) -> None:
    with database.transaction() as db:
        scarf = make.sku(db, price_fen=50_000)
        make.stock(db, shop.store, scarf, 2, now=shop.at)
    codes = [coupon(), coupon(kind="percent", value=10)]
    who, lines = str(shop.member.member_id), [*basket, {"article": scarf.code, "quantity": 2}, *basket]
    sale = {"member_id": who, "number": "S1-0050", "lines": lines, "coupons": [c.lower() for c in codes]}
    sold = till.post("/orders", {**sale, "payments": [cash(200_000), cash(65_000)]})
    assert sold.status_code == 201, sold.text
    assert (sold.json["total_fen"], sold.json["discount_fen"], sold.json["coupons"]) == (
        300_000,
        35_000,
        codes,
    )
    assert [each["amount_fen"] for each in sold.json["payments"]] == [200_000, 65_000]
    assert [(each["article"], each["quantity"], each["discount_fen"]) for each in sold.json["lines"]] == [
        (shop.sku.code, 1, 11_667),
        (scarf.code, 2, 11_667),
        (shop.sku.code, 1, 11_666),
    ]
    assert till.get("/orders/S1-0050").json == sold.json
    assert pieces(till, shop.sku.code, scarf.code) == (8, 0)
    with database.transaction() as db:
        used = select(Outbox.body["amount_fen"].as_integer()).where(
            Outbox.name == "CouponRedeemed", Outbox.body["member_id"].as_string() == who
        )
        assert sorted(db.scalars(used)) == [5_000, 30_000]

    # The scarves are gone, so that nothing of a sale with one of them may stand, nor its coupon be used up.
    third = coupon()
    again = {"member_id": who, "number": "S1-0051", "lines": lines, "coupons": [third]}
    refused = till.post("/orders", {**again, "payments": [cash(295_000)]})
    assert (refused.json["key"], refused.json["reasons"]["available"]) == ("sold_out", 0)
    assert till.get("/orders/S1-0051").status_code == 404
    assert till.get(f"/coupons/{third}").json["state"] == "issued"
    assert pieces(till, shop.sku.code, scarf.code) == (8, 0)

    part = till.post("/orders/S1-0050/returns", {"number": "R1", "lines": [lines[1]]})
    assert (part.json["refund_fen"], part.json["coupons_given_back"]) == (88_333, [])
    rest = till.post(
        "/orders/S1-0050/returns",
        {"number": "R2", "lines": [{"article": shop.sku.code, "quantity": 2}]},
    )
    assert (rest.json["refund_fen"], rest.json["coupons_given_back"]) == (176_667, codes)
    assert till.get("/orders/S1-0050").json == rest.json["order"]
    assert [till.get(f"/coupons/{code}").json["state"] for code in codes] == ["issued", "issued"]
    assert pieces(till, shop.sku.code, scarf.code) == (10, 2)
    with database.transaction() as db:
        for centre in (order, inventory, marketing):
            assert list(centre.check(db)) == []


def pieces(till: Till, *codes: str) -> tuple[int, ...]:
    """How many of each article lie in the store."""
    return tuple(till.get("/stock", sku=code).json["here"]["on_hand"] for code in codes)


def test_only_what_can_be_used_again_is_given_back(
    till: Till, shop: Shop, coupon: Callable[..., str], basket: list[dict[str, Any]], database: Database
) -> None:
    late, good = coupon(), coupon()
    lines = [{**basket[0], "quantity": 2}]
    sale = {"member_id": str(shop.member.member_id), "lines": lines, "coupons": [late, good]}
    till.post("/orders", {**sale, "number": "S1-0060", "payments": [cash(190_000)]})
    with database.transaction() as db:
        db.execute(
            text("update coupon set valid_until = :at where code = :code"), {"at": utcnow(), "code": late}
        )

    def given_back(number: str) -> list[str]:
        answer = till.post("/orders/S1-0060/returns", {"number": number, "lines": basket})
        return list(answer.json["coupons_given_back"])

    assert [given_back(number) for number in ("R1", "R2")] == [[], [good]]
    assert [given_back(number) for number in ("R1", "R2")] == [[], [good]], "and so when they are sent again"
    assert [till.get(f"/coupons/{code}").json["state"] for code in (late, good)] == ["expired", "issued"]
