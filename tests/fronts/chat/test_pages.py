"""Conversations over HTTP, both sides: what the pages show, what they post, and who may not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from center_core import marketing, member, user
from center_core.kit import Database
from scrm.engagement.conversation import MAX_TEXT
from tests import make
from tests.make import campaign as making

from .conftest import Phone, Shop

PhoneOf = Callable[[Any], Phone]


def said(words: str) -> dict[str, str]:
    return {"client_id": str(uuid4()), "text": words}


def count(database: Database, what: str) -> int:
    with database.transaction() as db:
        return db.scalar(text(f"select count(*) from {what}")) or 0


def test_both_sides_see_what_was_said_before_any_script_runs(shop: Shop, phone_of: PhoneOf) -> None:
    ours, theirs = phone_of(shop.member), phone_of(shop.guide)
    assert ours.post("/chat/messages", said("有蓝色的吗？")).get_json()["seq"] == 1
    assert theirs.post(f"{shop.conversation}/messages", said("有的，M 码")).get_json()["from"] == "staff"
    for page in (ours.get("/chat"), theirs.get(shop.conversation)):
        html = page.get_data(as_text=True)
        assert page.status_code == 200
        assert "有蓝色的吗？" in html
        assert "有的，M 码" in html
    assert "林晚舟" in theirs.get("/guide/conversations").get_data(as_text=True)


def test_markup_in_a_message_is_text(shop: Shop, phone_of: PhoneOf) -> None:
    ours = phone_of(shop.member)
    ours.post("/chat/messages", said("<script>alert(1)</script>"))
    html = ours.get("/chat").get_data(as_text=True)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_the_same_message_sent_again_is_stored_once(
    shop: Shop, phone_of: PhoneOf, database: Database
) -> None:
    ours, message = phone_of(shop.member), said("Hello")
    first = ours.post("/chat/messages", message).get_json()
    assert ours.post("/chat/messages", message).get_json() == first
    assert count(database, "message") == 1


def test_who_comes_back_asks_for_what_follows(shop: Shop, phone_of: PhoneOf) -> None:
    ours, theirs = phone_of(shop.member), phone_of(shop.guide)
    for words in ("one", "two", "three"):
        theirs.post(f"{shop.conversation}/messages", said(words))
    answer = ours.get("/chat/messages?after=1").get_json()
    assert [message["body"]["text"] for message in answer["messages"]] == ["two", "three"]
    assert (answer["last_seq"], answer["member_read_seq"]) == (3, 0)
    assert ours.post("/chat/read", {"seq": 3}).status_code == 200
    assert theirs.get(f"{shop.conversation}/messages?before=2").get_json()["member_read_seq"] == 3


@pytest.mark.parametrize(
    ("message", "status", "key"),
    [
        ({"client_id": str(uuid4()), "text": " "}, 409, "message_empty"),
        ({"client_id": str(uuid4()), "text": "x" * (MAX_TEXT + 1)}, 409, "message_too_long"),
        ({"client_id": "no id", "text": "x"}, 422, "bad_input"),
        ({"text": "x"}, 422, "bad_input"),
        ({"client_id": str(uuid4()), "text": {"a": 1}}, 422, "bad_input"),
        ({"client_id": str(uuid4()), "text": "x", "kind": "coupon"}, 422, "bad_input"),
        ([], 422, "bad_input"),
    ],
)
def test_bad_messages_are_refused_with_their_key(
    shop: Shop, phone_of: PhoneOf, database: Database, message: Any, status: int, key: str
) -> None:
    refused = phone_of(shop.member).post("/chat/messages", message)
    assert (refused.status_code, refused.get_json()["key"]) == (status, key)
    assert count(database, "message") == 0


def test_another_sites_page_cannot_write(shop: Shop, phone_of: PhoneOf, database: Database) -> None:
    refused = phone_of(shop.member).post("/chat/messages", said("x"), **{"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert count(database, "message") == 0


def test_a_colleague_reads_and_writes_nothing(shop: Shop, phone_of: PhoneOf, database: Database) -> None:
    colleague = phone_of(shop.colleague)
    assert colleague.get(shop.conversation).status_code == 403
    assert colleague.get(f"{shop.conversation}/messages").status_code == 403
    assert colleague.post(f"{shop.conversation}/messages", said("x")).status_code == 403
    assert count(database, "message") == 0


def test_without_a_guide_the_page_says_how_to_get_one(shop: Shop, phone_of: PhoneOf) -> None:
    alone = phone_of(shop.lonely)
    assert alone.get("/chat").status_code == 200
    assert alone.post("/chat/messages", said("Hello?")).get_json()["key"] == "no_guide"


def test_a_coupon_and_its_message_come_together_and_once(
    shop: Shop, phone_of: PhoneOf, database: Database
) -> None:
    theirs = phone_of(shop.guide)
    chosen = {"client_id": str(uuid4()), "template_id": str(shop.template.id)}
    sent = theirs.post(f"{shop.conversation}/coupons", chosen).get_json()
    assert theirs.post(f"{shop.conversation}/coupons", chosen).get_json() == sent
    with database.transaction() as db:
        held = marketing.wallet(db, member_id=shop.member.member_id, now=shop.at + timedelta(minutes=1))
    assert [str(one.coupon.id) for one in held] == [sent["body"]["coupon_id"]]
    assert sent["body"]["coupon_id"] in phone_of(shop.member).get("/chat").get_data(as_text=True)


def test_a_coupon_that_cannot_be_issued_leaves_no_message(
    shop: Shop, phone_of: PhoneOf, database: Database
) -> None:
    with database.transaction() as db:
        marketing.close_template(db, template_id=shop.template.id)
    chosen = {"client_id": str(uuid4()), "template_id": str(shop.template.id)}
    assert phone_of(shop.guide).post(f"{shop.conversation}/coupons", chosen).status_code == 409
    assert (count(database, "coupon"), count(database, "message")) == (0, 0)


def offered(database: Database, shop: Shop, **limits: int) -> str:
    """Another coupon that can be issued; its id."""
    period = {"valid_from": shop.at - timedelta(days=1), "valid_until": shop.at + timedelta(days=60)}
    with database.transaction() as db:
        return str(make.template(db, now=shop.at, **period, **limits).id)


def promise(database: Database, shop: Shop, template_id: str) -> None:
    """A campaign begins in which the coupon can be won."""
    prize = making.prize(1, "coupon", template_id=template_id, odds_ppm=1)
    with database.transaction() as db:
        making.live(db, now=shop.at, prizes=[prize, making.fallback()])


def test_what_only_a_prize_pool_keeps_scarce_is_not_sent(
    shop: Shop, phone_of: PhoneOf, database: Database
) -> None:
    theirs, template_id = phone_of(shop.guide), offered(database, shop)
    assert template_id in theirs.get(shop.conversation).text
    promise(database, shop, template_id)
    assert template_id not in theirs.get(shop.conversation).text
    answer = theirs.post(
        f"{shop.conversation}/coupons", {"client_id": str(uuid4()), "template_id": template_id}
    )
    assert (answer.status_code, answer.get_json()["key"]) == (409, "coupon_prize_only")
    assert (count(database, "coupon"), count(database, "message")) == (0, 0)


@pytest.mark.parametrize("limit", ["member_limit", "stock_total"])
def test_a_prize_that_is_limited_itself_is_sent(
    shop: Shop, phone_of: PhoneOf, database: Database, limit: str
) -> None:
    theirs, template_id = phone_of(shop.guide), offered(database, shop, **{limit: 1})
    promise(database, shop, template_id)
    assert template_id in theirs.get(shop.conversation).text
    chosen = {"client_id": str(uuid4()), "template_id": template_id}
    assert theirs.post(f"{shop.conversation}/coupons", chosen).status_code == 200


def test_a_coupon_that_was_sent_is_sent_though_it_is_a_prize_since(
    shop: Shop, phone_of: PhoneOf, database: Database
) -> None:
    theirs, template_id = phone_of(shop.guide), offered(database, shop)
    chosen = {"client_id": str(uuid4()), "template_id": template_id}
    sent = theirs.post(f"{shop.conversation}/coupons", chosen).get_json()
    promise(database, shop, template_id)
    assert theirs.post(f"{shop.conversation}/coupons", chosen).get_json() == sent


def test_a_sent_coupon_is_on_record_once(shop: Shop, phone_of: PhoneOf, database: Database) -> None:
    theirs = phone_of(shop.guide)
    chosen = {"client_id": str(uuid4()), "template_id": str(shop.template.id)}
    for _ in range(2):
        theirs.post(f"{shop.conversation}/coupons", chosen)
    with database.transaction() as db:
        (held,) = marketing.wallet(db, member_id=shop.member.member_id, now=shop.at + timedelta(minutes=1))
        deeds = user.audit_log(db, subject=f"member:{shop.member.member_id}").rows
    sent = [deed for deed in deeds if deed.verb == "coupon.send"]
    assert [(deed.actor_id, deed.detail["code"]) for deed in sent] == [(str(shop.guide.id), held.coupon.code)]


def test_a_game_is_sent_with_the_guides_own_code(shop: Shop, phone_of: PhoneOf, database: Database) -> None:
    theirs = phone_of(shop.guide)
    chosen = {"client_id": str(uuid4()), "slug": shop.live.slug}
    path = theirs.post(f"{shop.conversation}/games", chosen).get_json()["body"]["path"]
    assert path.startswith(f"/c/{shop.live.slug}?k=")
    assert phone_of(shop.member).get(path).status_code == 200
    unknown = {"client_id": str(uuid4()), "slug": "no-such-campaign"}
    assert theirs.post(f"{shop.conversation}/games", unknown).status_code == 404


def test_a_handover_changes_who_answers(shop: Shop, phone_of: PhoneOf, database: Database) -> None:
    phone_of(shop.member).post("/chat/messages", said("Hello"))
    with database.transaction() as db:
        member.bind(
            db, member_id=shop.member.member_id, staff_id=shop.colleague.id, store_id=shop.store.id,
            reason="handover", now=shop.at + timedelta(minutes=1),
        )  # fmt: skip
    assert phone_of(shop.guide).get(shop.conversation).status_code == 403


def test_a_talk_script_can_be_asked_for(shop: Shop, phone_of: PhoneOf) -> None:
    html = phone_of(shop.guide).get(f"{shop.conversation}?say=welcome").get_data(as_text=True)
    assert html.count("data-says-now") == 1
