"""Everything a till can get wrong: which key it is refused with, why, and that nothing is left behind."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from center_core import channel, inventory, marketing, member
from center_core.channel.api_keys import CONTAINS
from center_core.kit import Database, utcnow
from scrm.fronts import keyring
from tests import make

from .conftest import Shop, Till
from .test_journey import cash


def refused(response: TestResponse) -> tuple[int, str]:
    """The status and key of a refusal."""
    return response.status_code, response.json["key"]


@pytest.mark.parametrize(
    ("key", "status", "refusal"),
    [
        (None, 401, "api_key_missing"),
        ("nonsense", 401, "api_key_unknown"),
        ("sk_0123456789ab_0123456789", 401, "api_key_unknown"),
        ("sk_\x00_", 401, "api_key_unknown"),
    ],
)
def test_who_has_no_key_is_told_so(
    app: Flask, shop: Shop, key: str | None, status: int, refusal: str
) -> None:
    answer = Till(app, key).get("/me") if key != "sk_\x00_" else Till(app, "sk_%00_").get("/me")
    assert refused(answer) == (status, refusal)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_key_is_refused_with_the_moment(app: Flask, database: Database, shop: Shop) -> None:
    with database.transaction() as db:
        key, plaintext = channel.issue_key(
            db, store_id=shop.store.id, label="old", scopes=["member:read"], now=shop.at
        )
        channel.revoke_key(db, key_id=key.id, now=shop.at)
    answer = Till(app, plaintext).get("/me")
    assert refused(answer) == (401, "api_key_revoked")
    assert answer.json["reasons"] == {"revoked_at": shop.at.isoformat()}


def test_the_key_of_a_closed_store_is_refused_until_it_opens_again(
    app: Flask, database: Database, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "FRESH_SECONDS", 0.0)
    till = Till(app, shop.key)

    def is_open(active: bool) -> None:
        with database.transaction() as db:
            channel.update_store(db, store_id=shop.store.id, changes={"active": active}, now=shop.at)

    assert till.get("/me").status_code == 200
    is_open(False)
    answer = till.get("/me")
    assert refused(answer) == (403, "store_closed")
    assert answer.json["reasons"] == {"store": shop.store.code}
    is_open(True)
    assert till.get("/me").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("get", "/members?card=1", "member:read"),
        ("post", "/members", "member:write"),
        ("post", "/one-time-codes", "member:write"),
        ("post", "/quotes", "coupon:read"),
        ("post", "/orders", "order:write"),
        ("post", "/orders/1/returns", "order:write"),
        ("get", "/orders/1", "order:read"),
        ("post", "/coupons/A/redemption", "coupon:write"),
        ("get", "/products", "product:read"),
        ("get", "/stock?sku=1", "inventory:read"),
        ("post", "/stock-movements", "inventory:write"),
    ],
)
def test_a_key_does_only_what_it_was_issued_for(
    app: Flask, database: Database, shop: Shop, method: str, path: str, scope: str
) -> None:
    others = [each for each in channel.SCOPES if each != scope and CONTAINS.get(each) != scope]
    with database.transaction() as db:
        till = Till(app, make.api_key(db, shop.store, scopes=others))
    answer = till.get(path) if method == "get" else till.post(path, {})
    assert refused(answer) == (403, "scope_missing")
    assert answer.json["reasons"] == {"scope": scope, "scopes": sorted(others)}


@pytest.mark.parametrize("scopes", [["order:read"], ["order:write"]])
def test_an_order_is_read_by_who_may_read_and_by_who_may_record(
    app: Flask, database: Database, shop: Shop, scopes: list[str]
) -> None:
    """Keys from before there was ``order:read`` go on working."""
    made = Till(app, shop.key).post("/orders", order_for(shop, [], payments=[cash(100_000)]))
    assert made.status_code == 201, made.json
    with database.transaction() as db:
        till = Till(app, make.api_key(db, shop.store, scopes=scopes))
    seen = till.get(f"/orders/{made.json['number']}")
    assert (seen.status_code, seen.json["state"]) == (200, "paid")
    assert till.get("/me").json["scopes"] == sorted({"order:read", *scopes})
    returned = till.post(f"/orders/{made.json['number']}/returns", {"number": "R1", "lines": []})
    assert returned.status_code == (403 if scopes == ["order:read"] else 422)


def order_for(shop: Shop, codes: list[str], **other: Any) -> dict[str, Any]:
    return {
        "number": f"S1-{uuid4().hex[:8]}",
        "member_id": str(shop.member.member_id),
        "lines": [{"article": shop.sku.code, "quantity": 1}],
        "coupons": codes,
        "payments": [cash(95_000)],
        **other,
    }


COUPONS: list[tuple[dict[str, Any], str, dict[str, Any]]] = [
    ({"minimum_fen": 200_000}, "coupon_minimum", {"minimum_fen": 200_000, "amount_fen": 100_000}),
    ({"scope": {"categories": ["scarf"]}}, "coupon_scope", {}),
    ({"scope": {"store_ids": [str(uuid4())]}}, "coupon_wrong_store", {}),
]


@pytest.mark.parametrize(("terms", "refusal", "reasons"), COUPONS, ids=[each[1] for each in COUPONS])
def test_a_coupon_that_may_not_be_used_says_why_in_the_quote_and_stops_the_order(
    till: Till,
    shop: Shop,
    coupon: Callable[..., str],
    database: Database,
    terms: dict[str, Any],
    refusal: str,
    reasons: dict[str, Any],
) -> None:
    with database.transaction() as db:
        make.style(db, category="scarf")
    code = coupon(**terms)
    sale = order_for(shop, [code])
    quoted = till.post("/quotes", {name: sale[name] for name in ("member_id", "lines", "coupons")}, once=None)
    assert quoted.json["payable_fen"] == 100_000
    why = quoted.json["coupons"][0]["refusal"]
    assert why["key"] == refusal
    assert reasons.items() <= why["reasons"].items()

    answer = till.post("/orders", sale)
    assert refused(answer) == (409, refusal)
    assert answer.json["reasons"]["code"] == code
    assert refused(till.get(f"/orders/{sale['number']}")) == (404, "order_unknown")
    assert till.get(f"/coupons/{code}").json["state"] == "issued"
    assert till.get("/stock", sku=shop.sku.code).json["here"]["on_hand"] == 10


def test_a_coupon_is_used_once(till: Till, shop: Shop, coupon: Callable[..., str]) -> None:
    code = coupon()
    assert till.post("/orders", order_for(shop, [code])).status_code == 201
    assert refused(till.post("/orders", order_for(shop, [code]))) == (409, "coupon_used")


def test_an_expired_coupon_is_refused(till: Till, shop: Shop, database: Database) -> None:
    before = shop.at - timedelta(days=40)
    with database.transaction() as db:
        offer = make.offer(valid_from=before, valid_until=before + timedelta(days=20))
        template = marketing.create_template(db, offer=offer, now=before)
        code = make.coupon(db, shop.member, of=template, now=before).code
    assert refused(till.post("/orders", order_for(shop, [code]))) == (409, "coupon_expired")
    assert till.get(f"/coupons/{code}").json["state"] == "expired"


@pytest.mark.parametrize(
    ("change", "status", "refusal"),
    [
        ({"payments": [cash(1)]}, 409, "order_total_wrong"),
        ({"payments": []}, 409, "order_total_wrong"),
        ({"member_id": str(UUID(int=7))}, 404, "member_unknown"),
        ({"member_id": None}, 409, "coupon_needs_member"),
        ({"seller": "nobody"}, 404, "staff_unknown"),
        ({"coupons": ["NOSUCHCODE22"]}, 404, "coupon_unknown"),
        ({"lines": [{"article": "NOTHING", "quantity": 1}]}, 404, "sku_unknown"),
        ({"lines": [], "coupons": []}, 422, "bad_input"),
        ({"lines": [{"article": "x", "quantity": 0}]}, 422, "bad_input"),
        ({"number": "a/b"}, 422, "bad_input"),
        ({"unheard_of": 1}, 422, "bad_input"),
    ],
)
def test_an_order_that_is_wrong_is_not_recorded(
    till: Till, shop: Shop, coupon: Callable[..., str], change: dict[str, Any], status: int, refusal: str
) -> None:
    code = coupon()
    assert refused(till.post("/orders", order_for(shop, [code]) | change)) == (status, refusal)
    assert till.get(f"/coupons/{code}").json["state"] == "issued"
    assert till.get("/stock", sku=shop.sku.code).json["here"]["on_hand"] == 10


def test_bad_fields_are_all_named(till: Till, shop: Shop) -> None:
    sale = order_for(shop, []) | {
        "lines": [{"article": "x", "quantity": "1"}],
        "payments": [{"means": "cash"}],
    }
    errors = till.post("/orders", sale).json["reasons"]["errors"]
    assert {(each["at"], each["rule"]) for each in errors} == {
        ("lines.0.quantity", "int_type"),
        ("payments.0.amount_fen", "missing"),
    }


def test_more_than_there_is_cannot_be_sold(till: Till, shop: Shop) -> None:
    sale = order_for(shop, []) | {
        "lines": [{"article": shop.sku.code, "quantity": 11}],
        "payments": [cash(1_100_000)],
    }
    answer = till.post("/orders", sale)
    assert refused(answer) == (409, "sold_out")
    assert answer.json["reasons"] == {"sku_id": str(shop.sku.id), "wanted": 11, "available": 10}


def test_another_stores_order_is_nobodys(till: Till, other_till: Till, shop: Shop) -> None:
    sale = order_for(shop, []) | {"payments": [cash(100_000)]}
    assert till.post("/orders", sale).status_code == 201
    number = sale["number"]
    assert refused(other_till.get(f"/orders/{number}")) == (404, "order_unknown")
    back = {"number": "R1", "lines": sale["lines"]}
    assert refused(other_till.post(f"/orders/{number}/returns", back)) == (404, "order_unknown")
    assert till.get(f"/orders/{number}").json["state"] == "paid"


def test_a_return_gives_back_no_more_than_was_sold(till: Till, shop: Shop) -> None:
    sale = order_for(shop, []) | {"payments": [cash(100_000)]}
    till.post("/orders", sale)
    two = {"number": "R1", "lines": [{"article": shop.sku.code, "quantity": 2}]}
    answer = till.post(f"/orders/{sale['number']}/returns", two)
    assert refused(answer) == (409, "return_too_much")
    assert answer.json["reasons"]["left"] == 1
    till.post(f"/orders/{sale['number']}/returns", {"number": "R2", "lines": sale["lines"]})
    again = {"number": "R3", "lines": sale["lines"]}
    assert refused(till.post(f"/orders/{sale['number']}/returns", again)) == (409, "order_not_returnable")


def test_a_number_names_one_sale_for_ever(till: Till, shop: Shop) -> None:
    sale = order_for(shop, []) | {"payments": [cash(100_000)]}
    assert till.post("/orders", sale).json == till.post("/orders", sale).json
    other = sale | {"lines": [{"article": shop.sku.code, "quantity": 2}], "payments": [cash(200_000)]}
    assert refused(till.post("/orders", other)) == (409, "order_number_taken")
    assert till.get("/stock", sku=shop.sku.code).json["here"]["on_hand"] == 9


def test_what_is_no_json_is_refused(app: Flask, shop: Shop) -> None:
    headers = {"Authorization": f"Bearer {shop.key}", "Idempotency-Key": "1"}
    client = app.test_client()
    broken = client.post("/v1/orders", data=b"{", headers={**headers, "Content-Type": "application/json"})
    assert refused(broken) == (400, "bad_request")
    form = client.post("/v1/orders", data={"number": "1"}, headers=headers)
    assert refused(form) == (415, "unsupported_media_type")
    huge = client.post(
        "/v1/orders", data=b" " * 2**21, headers={**headers, "Content-Type": "application/json"}
    )
    assert refused(huge) == (413, "too_large")
    nul = client.get("/v1/coupons/a%00b", headers=headers)
    assert refused(nul) == (400, "bad_request")
    assert refused(client.get("/v1/nothing", headers=headers)) == (404, "not_found")
    assert refused(client.delete("/v1/orders", headers=headers)) == (405, "method_not_allowed")


@pytest.mark.parametrize(
    ("query", "status", "refusal"),
    [
        ({"code": "123"}, 409, "member_code_malformed"),
        ({"phone": "13900000009"}, 404, "member_unknown"),
        ({"phone": "12"}, 409, "phone_invalid"),
        ({"card": "600000000018"}, 404, "member_unknown"),
        ({}, 422, "bad_input"),
        ({"card": "1", "phone": "13900000009"}, 422, "bad_input"),
    ],
)
def test_nobody_is_found(till: Till, query: dict[str, str], status: int, refusal: str) -> None:
    assert refused(till.get("/members", **query)) == (status, refusal)


def test_a_photographed_code_is_worth_nothing(till: Till, shop: Shop) -> None:
    then = utcnow() - timedelta(minutes=3)
    code = member.dynamic_code(shop.member, then)
    assert refused(till.get("/members", code=code)) == (409, "member_code_stale")


def test_a_frozen_member_is_frozen_however_found(till: Till, shop: Shop, database: Database) -> None:
    with database.transaction() as db:
        member.freeze(db, member_id=shop.member.member_id, now=utcnow())
    who = shop.member
    for query in ({"code": member.dynamic_code(who, utcnow())}, {"phone": who.phone}, {"card": who.number}):
        assert refused(till.get("/members", **query)) == (409, "member_frozen")
    assert refused(till.get(f"/members/{who.member_id}")) == (409, "member_frozen")


@pytest.fixture(params=["frozen", "erased"])
def gone(request: pytest.FixtureRequest, shop: Shop, database: Database) -> Callable[[], str]:
    """Freezes the member, or forgets them; which of the two."""

    def go() -> str:
        with database.transaction() as db:
            if request.param == "frozen":
                member.freeze(db, member_id=shop.member.member_id, now=shop.at)
            else:
                member.erase(db, member_id=shop.member.member_id, now=shop.at)
        return str(request.param)

    return go


def test_nothing_moves_for_who_is_not_a_member_now(
    till: Till, shop: Shop, coupon: Callable[..., str], gone: Callable[[], str]
) -> None:
    code, sale = coupon(), order_for(shop, [])
    how = gone()
    missing = {"frozen": (409, "member_frozen"), "erased": (404, "member_unknown")}[how]
    lines = sale["lines"]
    assert refused(till.post("/orders", {**sale, "payments": [cash(100_000)]})) == missing
    assert refused(till.post("/orders", {**sale, "coupons": [code]})) == missing
    quote = till.post(
        "/quotes", {"member_id": sale["member_id"], "lines": lines, "coupons": [code]}, once=None
    )
    none = "member_frozen" if how == "frozen" else "coupon_unknown"
    assert quote.json["coupons"][0]["refusal"]["key"] == none
    assert quote.json["discount_fen"] == 0
    alone = till.post(f"/coupons/{code}/redemption", {"number": "C-1", "lines": lines})
    assert refused(alone)[1] == none
    assert till.get(f"/coupons/{code}").json["state"] == "issued"
    walk_in = {**sale, "member_id": None, "payments": [cash(100_000)]}
    assert till.post("/orders", walk_in).status_code == 201


def test_a_sale_told_again_is_the_same_sale_though_the_member_was_frozen_since(
    till: Till, shop: Shop, gone: Callable[[], str]
) -> None:
    sale = {**order_for(shop, []), "payments": [cash(100_000)]}
    first = till.post("/orders", sale)
    gone()
    assert till.post("/orders", sale).json == first.json


def test_a_walk_in_account_is_nobodys_card(till: Till, shop: Shop, database: Database) -> None:
    assert (
        till.post("/orders", order_for(shop, [], member_id=None, payments=[cash(100_000)])).status_code == 201
    )
    with database.transaction() as db:
        account = member.walk_in(db, store_id=shop.store.id, now=shop.at).member_id
    assert refused(till.get(f"/members/{account}")) == (404, "member_unknown")
    assert refused(till.get(f"/members/{account}/coupons")) == (404, "member_unknown")


def test_stock_cannot_be_counted_below_what_is_reserved(till: Till, shop: Shop, database: Database) -> None:
    with database.transaction() as db:
        location = inventory.location_of_store(db, shop.store.id)
        inventory.hold(
            db, location_id=location.id, sku_id=shop.sku.id, quantity=8, source=("order", uuid4()),
            expires_at=shop.at + timedelta(days=1), now=shop.at,
        )  # fmt: skip
    fewer = {"kind": "adjust", "lines": [{"article": shop.sku.code, "quantity": -3}]}
    assert refused(till.post("/stock-movements", fewer)) == (409, "sold_out")
    none = {"kind": "receive", "lines": [{"article": shop.sku.code, "quantity": -3}]}
    assert refused(till.post("/stock-movements", none)) == (422, "bad_input")
    assert till.get("/stock", sku=shop.sku.code).json["here"] == {
        "on_hand": 10,
        "reserved": 8,
        "available": 2,
    }
