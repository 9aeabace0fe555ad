"""Coupons at a counter that sends no orders, and joining there."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text

from center_core import marketing, member
from center_core.kit import Database, Outbox, utcnow
from tests import make

from .conftest import Shop, Till
from .test_journey import cash
from .test_refusals import order_for, refused

TERMS = "2026-11"


def test_a_gift_voucher_is_handed_over_alone_and_given_back(till: Till, coupon: Callable[..., str]) -> None:
    code = coupon(kind="gift", value=0)
    used = till.post(f"/coupons/{code}/redemption", {"number": "C-1"})
    assert used.status_code == 201
    assert used.json["coupon"]["state"] == "redeemed"
    assert used.json["price"] == used.json["price"] | {"total_fen": 0, "discount_fen": 0, "payable_fen": 0}
    assert refused(till.post(f"/coupons/{code}/redemption", {"number": "C-2"})) == (409, "coupon_used")

    for _ in range(2):
        assert till.delete(f"/coupons/{code}/redemption", number="C-1").json["state"] == "issued"
    assert till.post(f"/coupons/{code}/redemption", {"number": "C-3"}).status_code == 201


@pytest.mark.parametrize("terms", [{"minimum_fen": 100}, {"scope": {"categories": ["down-jacket"]}}])
def test_a_gift_that_asks_for_a_purchase_is_not_handed_over_without(
    till: Till, coupon: Callable[..., str], terms: dict[str, Any]
) -> None:
    code = coupon(kind="gift", value=0, **terms)
    status, key = refused(till.post(f"/coupons/{code}/redemption", {"number": "C-1"}))
    assert (status, key) == (409, "coupon_minimum" if "minimum_fen" in terms else "coupon_scope")
    assert till.get(f"/coupons/{code}").json["state"] == "issued"


def test_a_coupon_takes_off_what_the_basket_allows(
    till: Till, shop: Shop, coupon: Callable[..., str]
) -> None:
    code = coupon(kind="percent", value=10)
    lines = [{"article": shop.sku.code, "quantity": 2, "price_fen": 1_005}]
    price = till.post(f"/coupons/{code}/redemption", {"number": "C-1", "lines": lines}).json["price"]
    assert (price["total_fen"], price["discount_fen"]) == (2_010, 201)
    assert price["lines"][0]["payable_fen"] == 1_809


def test_only_the_store_that_redeemed_gives_back(
    till: Till, other_till: Till, coupon: Callable[..., str]
) -> None:
    code = coupon(kind="gift", value=0)
    till.post(f"/coupons/{code}/redemption", {"number": "C-1"})
    assert refused(other_till.delete(f"/coupons/{code}/redemption", number="C-1")) == (
        404,
        "redemption_unknown",
    )
    assert refused(till.delete(f"/coupons/{code}/redemption", number="C-9")) == (404, "redemption_unknown")
    assert refused(till.delete("/coupons/NOSUCHCODE22/redemption", number="C-1")) == (404, "coupon_unknown")
    assert till.get(f"/coupons/{code}").json["state"] == "redeemed"


def test_an_orders_coupon_comes_back_by_a_return_only(
    till: Till, shop: Shop, coupon: Callable[..., str]
) -> None:
    code, gift = coupon(), coupon(kind="gift", value=0)
    sale = order_for(shop, [code])
    till.post("/orders", sale)
    number = sale["number"]
    assert refused(till.delete(f"/coupons/{code}/redemption", number=number)) == (409, "receipt_number_taken")
    on_it = till.post(f"/coupons/{gift}/redemption", {"number": number})
    assert refused(on_it) == (409, "receipt_number_taken")


def test_a_receipt_without_an_order_holds_one_coupon(till: Till, coupon: Callable[..., str]) -> None:
    first, second = coupon(kind="gift", value=0), coupon(kind="gift", value=0)
    till.post(f"/coupons/{first}/redemption", {"number": "C-1"})
    both = till.post(f"/coupons/{second}/redemption", {"number": "C-1"})
    assert refused(both) == (409, "receipt_number_taken")


@pytest.mark.parametrize("buyer", ["the holder", "another", "nobody"])
def test_a_receipt_with_a_coupon_is_no_order_without_it(
    till: Till, shop: Shop, coupon: Callable[..., str], database: Database, buyer: str
) -> None:
    code = coupon(kind="gift", value=0)
    till.post(f"/coupons/{code}/redemption", {"number": "C-1"})
    with database.transaction() as db:
        others = make.member(db, now=shop.at).member_id
    who = {"the holder": str(shop.member.member_id), "another": str(others), "nobody": None}[buyer]
    without = order_for(shop, [], number="C-1", member_id=who, payments=[cash(100_000)])
    assert refused(till.post("/orders", without)) == (409, "receipt_number_taken")
    assert refused(till.get("/orders/C-1")) == (404, "order_unknown")
    assert till.delete(f"/coupons/{code}/redemption", number="C-1").json["state"] == "issued"
    for _ in range(2):
        assert till.post("/orders", without).status_code == 201


def test_a_receipt_with_a_coupon_is_an_order_that_names_it(
    till: Till, shop: Shop, coupon: Callable[..., str]
) -> None:
    code = coupon(kind="gift", value=0)
    till.post(f"/coupons/{code}/redemption", {"number": "C-1"})
    sale = order_for(shop, [code], number="C-1", payments=[cash(100_000)])
    for _ in range(2):
        assert till.post("/orders", sale).json["coupons"] == [code]
    back = till.post("/orders/C-1/returns", {"number": "R-1", "lines": line(shop)})
    assert back.json["coupons_given_back"] == [code]


def test_two_members_do_not_share_a_receipt(
    till: Till, shop: Shop, coupon: Callable[..., str], database: Database
) -> None:
    mine = coupon(kind="gift", value=0)
    with database.transaction() as db:
        other = make.member(db, now=shop.at)
        theirs = make.coupon(db, other, now=shop.at, kind="gift", value=0).code
    till.post(f"/coupons/{mine}/redemption", {"number": "C-1"})
    both = till.post(f"/coupons/{theirs}/redemption", {"number": "C-1"})
    assert refused(both) == (409, "receipt_number_taken")
    sale = order_for(shop, [theirs], number="C-1", member_id=str(other.member_id), payments=[cash(100_000)])
    assert refused(till.post("/orders", sale)) == (409, "receipt_number_taken")
    assert till.get(f"/coupons/{theirs}").json["state"] == "issued"


def test_two_tills_with_one_coupon(till: Till, shop: Shop, coupon: Callable[..., str]) -> None:
    code = coupon()
    assert till.post(f"/coupons/{code}/redemption", {"number": "C-1", "lines": line(shop)}).status_code == 201
    assert refused(till.post("/orders", order_for(shop, [code]))) == (409, "coupon_used")


def test_somebody_joins_at_the_till(till: Till, shop: Shop, database: Database) -> None:
    phone = make.phone_number()
    sent = till.post("/one-time-codes", {"phone": phone, "locale": "en"})
    assert sent.json == {"phone_tail": phone[-4:]}
    newcomer = {"phone": phone, "code": code_for(database, phone), "name": "顾南", "privacy_version": TERMS}
    joined = till.post("/members", {**newcomer, "guide": shop.guide.login, "marketing": True})
    assert joined.status_code == 201
    assert joined.json["guide"]["login"] == shop.guide.login
    with database.transaction() as db:
        who = member.by_phone(db, phone)
        assert {consent.document for consent in member.consents(db, who.member_id)} == {
            "privacy",
            "marketing",
        }
        assert who.join_store_id == shop.store.id


def test_who_is_a_member_gets_their_card(till: Till, shop: Shop, database: Database) -> None:
    phone = shop.member.phone
    till.post("/one-time-codes", {"phone": phone})
    again = till.post(
        "/members", {"phone": phone, "code": code_for(database, phone), "privacy_version": TERMS}
    )
    assert (again.status_code, again.json["id"]) == (200, str(shop.member.member_id))


@pytest.mark.parametrize(("agrees", "to"), [(True, {"privacy", "marketing"}), (False, {"privacy"})])
def test_a_member_may_agree_to_marketing_at_the_till(
    till: Till, shop: Shop, database: Database, agrees: bool, to: set[str]
) -> None:
    phone = shop.member.phone
    till.post("/one-time-codes", {"phone": phone})
    proof = {"phone": phone, "code": code_for(database, phone), "privacy_version": TERMS}
    assert till.post("/members", {**proof, "marketing": agrees}).status_code == 200
    with database.transaction() as db:
        agreed = member.consents(db, shop.member.member_id)
        assert {consent.document for consent in agreed if consent.withdrawn_at is None} == to


def test_a_code_cannot_be_guessed_at_the_till(till: Till, database: Database) -> None:
    phone = make.phone_number()
    till.post("/one-time-codes", {"phone": phone})
    right = code_for(database, phone)
    wrong = "000000" if right != "000000" else "111111"
    guess = {"phone": phone, "code": wrong, "privacy_version": TERMS}
    left = [till.post("/members", guess).json["reasons"].get("tries_left") for _ in range(5)]
    assert left == [4, 3, 2, 1, 0]
    assert refused(till.post("/members", {**guess, "code": right})) == (409, "code_expired")
    assert refused(till.get("/members", phone=phone)) == (404, "member_unknown")


def test_joining_asks_for_the_terms_in_force_and_a_colleague(till: Till, database: Database) -> None:
    phone = make.phone_number()
    till.post("/one-time-codes", {"phone": phone})
    again = till.post("/one-time-codes", {"phone": phone})
    assert refused(again) == (429, "code_too_soon")
    assert int(again.headers["Retry-After"]) <= 60
    newcomer = {"phone": phone, "code": code_for(database, phone), "privacy_version": TERMS}
    outdated = till.post("/members", {**newcomer, "privacy_version": "2020-01"})
    assert refused(outdated) == (409, "privacy_version_outdated")
    assert outdated.json["reasons"] == {"current": TERMS}
    assert refused(till.post("/members", {**newcomer, "guide": "nobody"})) == (404, "staff_unknown")
    assert till.post("/members", newcomer).status_code == 201


def test_a_members_guide_may_work_in_another_store(till: Till, other_till: Till, shop: Shop) -> None:
    here, there = (each.get("/members", card=shop.member.number).json for each in (till, other_till))
    assert here == there
    assert there["guide"]["store_code"] == shop.store.code


def line(shop: Shop) -> list[dict[str, Any]]:
    return [{"article": shop.sku.code, "quantity": 1}]


def code_for(database: Database, phone: str) -> str:
    """The code that goes out by SMS."""
    with database.transaction() as db:
        sent = select(Outbox.body).where(Outbox.name == "OneTimeCodeRequested").order_by(Outbox.id.desc())
        body = next(body for body in db.scalars(sent) if body["phone"] == phone)
    assert re.fullmatch(r"\d{6}", body["code"])
    return str(body["code"])


def test_the_quote_is_what_the_order_takes(till: Till, shop: Shop, coupon: Callable[..., str]) -> None:
    codes = [coupon(kind="percent", value=10), coupon()]
    wanted = {"member_id": str(shop.member.member_id), "lines": line(shop), "coupons": codes}
    price = till.post("/quotes", wanted, once=None).json
    sold = till.post("/orders", {**wanted, "number": "Q-1", "payments": [cash(price["payable_fen"])]}).json
    assert sold["lines"][0]["discount_fen"] == price["lines"][0]["discount_fen"] == 15_000
    assert marketing.Quote((), 0, ()).payable_fen == 0


def test_a_store_cannot_have_everybody_sent_codes(
    till: Till, other_till: Till, shop: Shop, database: Database
) -> None:
    """However many keys it has."""
    with database.transaction() as db:
        db.execute(
            text("insert into one_time_code (id, phone, purpose, code_hash, ip, tries, requested_at, expires_at)"
                 " select gen_random_uuid(), '', 'join', '', :origin, 0, :at, :at from generate_series(1, 1000)"),
            {"origin": f"store:{shop.store.id}", "at": utcnow()},
        )  # fmt: skip
    assert refused(till.post("/one-time-codes", {"phone": make.phone_number()})) == (429, "code_too_many")
    assert other_till.post("/one-time-codes", {"phone": make.phone_number()}).status_code == 201
