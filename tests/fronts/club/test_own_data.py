"""What members decide about their own data: news, a copy, and leaving."""

import json
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import text

from center_core import member, user
from center_core.kit import Database
from scrm.engagement import conversation
from scrm.engagement.conversation import TEXT, Draft, Sender, written
from scrm.engagement.conversation.compose import NOBODY
from tests import make

from .conftest import Club
from .test_joining import form_token

ENGLISH = {"Accept-Language": "en"}


def send(phone: FlaskClient, path: str, **fields: str):  # type: ignore[no-untyped-def]
    page = phone.get("/me/privacy", headers=ENGLISH).text
    return phone.post(path, data={"csrf_token": form_token(page), **fields}, headers=ENGLISH)


def code_sent_to(database: Database, who: member.Member) -> str:
    with database.transaction() as db:
        sent = text(
            "select body ->> 'code' from outbox where body ->> 'phone' = :phone order by id desc limit 1"
        )
        return str(db.scalar(sent, {"phone": who.phone}))


def test_news_are_stopped_and_wanted_again(phone: FlaskClient, club: Club, database: Database) -> None:
    def wanted() -> list[bool]:
        with database.transaction() as db:
            found = member.consents(db, club.member.member_id)
        return [one.withdrawn_at is None for one in found if one.document == "marketing"]

    assert "Yes, send me news" in phone.get("/me/privacy", headers=ENGLISH).text
    send(phone, "/me/privacy/news", news="1")
    assert wanted() == [True]
    assert "No more news, please" in phone.get("/me/privacy", headers=ENGLISH).text
    send(phone, "/me/privacy/news")
    assert wanted() == [False]
    with database.transaction() as db:
        terms = [one for one in member.consents(db, club.member.member_id) if one.document == "privacy"]
    assert [one.withdrawn_at for one in terms] == [None]


def test_the_copy_holds_what_is_stored(phone: FlaskClient, club: Club, database: Database) -> None:
    with database.transaction() as db:
        sku = make.sku(db)
        make.stock(db, club.store, sku, 5)
        sale = make.sale(db, club.store, buyer=club.member, lines=[(sku, 2)], now=club.at)
        held = make.coupon(
            db,
            club.member,
            now=club.at,
            valid_from=club.at - timedelta(days=1),
            valid_until=club.at + timedelta(days=9),
        )
        row = conversation.open_with_guide(db, member_id=club.member.member_id, now=club.at)
        for sender in (Sender("member", row.member_id), NOBODY):
            draft = Draft(
                row.member_id, row.id, held.id if sender == NOBODY else sale.id, sender, TEXT, written("蓝色")
            )
            conversation.post(db, draft, now=club.at)
        member.add_tag(db, member_id=row.member_id, tag="滑雪", now=club.at)
        stranger = make.member(db, name="陈远方")
    answer = phone.get("/me/privacy/copy")
    assert "attachment" in answer.headers["Content-Disposition"]
    copy = json.loads(answer.data)
    assert (copy["member"]["name"], copy["member"]["phone"]) == ("林晚舟", club.member.phone)
    assert [one["code"] for one in copy["coupons"]] == [held.code]
    assert [(one["number"], one["lines"][0]["quantity"]) for one in copy["orders"]] == [(sale.number, 2)]
    assert [one["body"]["text"] for one in copy["messages"]] == ["蓝色", "蓝色"]
    assert copy["points"]["available"] == 120
    assert copy["points"]["postings"][0]["amount"] == 120
    assert (copy["tags"], copy["guides"][0]["name"]) == (["滑雪"], club.guide.name)
    assert [one["document"] for one in copy["consents"]] == ["privacy"]
    assert str(stranger.phone) not in answer.text


def test_who_proves_that_it_is_them_is_forgotten(phone: FlaskClient, club: Club, database: Database) -> None:
    assert "This cannot be undone" in phone.get("/me/privacy/leaving", headers=ENGLISH).text
    assert 'name="code"' in send(phone, "/me/privacy/leaving").text
    code = code_sent_to(database, club.member)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    refused = send(phone, "/me/privacy/leaving/code", code=wrong)
    assert refused.status_code == 409
    assert "Tries left: 4" in refused.text
    left = send(phone, "/me/privacy/leaving/code", code=code)
    assert left.location == "/goodbye"
    assert "You have left the club" in phone.get("/goodbye", headers=ENGLISH).text
    with database.transaction() as db:
        row = member.member(db, club.member.member_id)
        assert (row.status, row.name, row.phone) == ("erased", "", None)
        (deed,) = user.audit_log(db, subject=f"member:{row.member_id}").rows
        assert (deed.actor_kind, deed.verb) == ("member", "member.erase")
        assert db.scalar(text("select count(*) from outbox where name = 'MemberErased'")) == 1
    assert phone.get("/me").location.startswith("/join")


def test_a_code_for_joining_ends_no_membership(phone: FlaskClient, club: Club, database: Database) -> None:
    with database.transaction() as db:
        member.request_code(
            db, phone=str(club.member.phone), purpose="join", origin=None, locale="en", now=club.at
        )
    refused = send(phone, "/me/privacy/leaving/code", code=code_sent_to(database, club.member))
    assert refused.status_code == 409
    with database.transaction() as db:
        assert member.member(db, club.member.member_id).status == "active"


def test_nobody_else_sees_or_ends_anything(client: FlaskClient, club: Club) -> None:
    for path in ("/me/privacy", "/me/privacy/copy", "/me/privacy/leaving"):
        assert client.get(path).location.startswith("/join")
