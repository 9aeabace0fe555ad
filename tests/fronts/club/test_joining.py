"""Joining: phone, code, name, store and consent; and everything that must not let anybody in."""

import re
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

import campaigns
from center_core import member
from center_core.kit import Database
from scrm.fronts import identity
from tests import make

from .conftest import Club

PHONE = "13912345678"


def form_token(page: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]  # type: ignore[index]


def send(client: FlaskClient, path: str, **fields: str):  # type: ignore[no-untyped-def]
    page = client.get(path, follow_redirects=True).text
    return client.post(path, data={"csrf_token": form_token(page), **fields})


def code_sent_to(database: Database, phone: str) -> str:
    with database.transaction() as db:
        found = db.scalar(
            text(
                "select body ->> 'code' from outbox where body ->> 'phone' = :phone order by id desc limit 1"
            ),
            {"phone": f"+86{phone}"},
        )
    return str(found)


def prove(client: FlaskClient, database: Database, next: str = "/wallet"):  # type: ignore[no-untyped-def]
    assert send(client, f"/join?next={next}", phone=PHONE).location.startswith("/join/code")
    return send(client, f"/join/code?next={next}", code=code_sent_to(database, PHONE))


def test_a_newcomer_joins_and_lands_where_they_wanted(
    client: FlaskClient, club: Club, database: Database
) -> None:
    proven = prove(client, database)
    assert proven.location == "/join/profile?next=/wallet"
    joined = send(client, proven.location, name="Ada Frost", store_id=str(club.store.id), consent="1")
    assert joined.location == "/wallet"
    assert client.get("/me").status_code == 200
    with database.transaction() as db:
        who = member.by_phone(db, PHONE)
        assert who is not None
        assert (who.name, who.join_store_id) == ("Ada Frost", club.store.id)
        assert [one.document for one in member.consents(db, who.member_id)] == ["privacy"]
        assert member.guide_of(db, who.member_id).staff_id == club.guide.id  # type: ignore[union-attr]


def test_a_member_who_returns_needs_the_code_only(
    client: FlaskClient, club: Club, database: Database
) -> None:
    with database.transaction() as db:
        known = make.member(db, phone=f"+86{PHONE}", now=club.at)
    signed_in = prove(client, database)
    assert signed_in.location == "/wallet"
    assert identity.MEMBER_COOKIE in signed_in.headers["Set-Cookie"]
    with database.transaction() as db:
        assert member.by_phone(db, PHONE).member_id == known.member_id  # type: ignore[union-attr]


def test_who_became_a_member_meanwhile_has_agreed_all_the_same(
    client: FlaskClient, club: Club, database: Database
) -> None:
    """At a till, for instance, while the last step was open on the phone."""
    proven = prove(client, database)
    with database.transaction() as db:
        known = make.member(db, phone=f"+86{PHONE}", now=club.at)
    told = {"name": "Ada", "store_id": str(club.store.id), "consent": "1", "marketing": "1"}
    assert send(client, proven.location, **told).location == "/wallet"
    with database.transaction() as db:
        agreed = {consent.document for consent in member.consents(db, known.member_id)}
    assert agreed == {"privacy", "marketing"}


def test_the_links_code_decides_store_and_guide(client: FlaskClient, club: Club, database: Database) -> None:
    with database.transaction() as db:
        other = make.guide(db, store=club.store)
        code = make.channel_code(db, club.store, guide=other).code
    client.get(f"/c/first-snow?k={code}")
    profile = prove(client, database).location
    assert "store_id" not in client.get(profile).text
    send(client, profile, name="Ada", consent="1")
    with database.transaction() as db:
        who = member.by_phone(db, PHONE)
        assert who is not None
        assert who.join_code == code
        assert member.guide_of(db, who.member_id).staff_id == other.id  # type: ignore[union-attr]


def test_nobody_joins_without_name_store_and_consent(
    client: FlaskClient, club: Club, database: Database
) -> None:
    profile = prove(client, database).location
    fields = {"name": "Ada", "store_id": str(club.store.id), "consent": "1"}
    for missing in fields:
        refused = send(client, profile, **{key: value for key, value in fields.items() if key != missing})
        assert refused.status_code == 422, missing
        assert 'role="alert"' in refused.text
        ticked = re.findall(r'name="(\w+)" value="1"[^>]* checked', refused.text)
        assert ticked == [name for name in ("consent",) if name != missing], "what was ticked stays ticked"
    with database.transaction() as db:
        assert member.by_phone(db, PHONE) is None


def test_a_wrong_code_is_counted_and_after_five_the_right_one_is_worth_nothing(
    client: FlaskClient, club: Club, database: Database
) -> None:
    send(client, "/join", phone=PHONE)
    right = code_sent_to(database, PHONE)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(5):
        assert send(client, "/join/code", code=wrong).status_code in (409, 422, 429)
    assert send(client, "/join/code", code=right).status_code != 302
    with database.transaction() as db:
        assert db.scalar(text("select tries from one_time_code")) == 5


def test_the_last_step_cannot_be_reached_without_a_code(client: FlaskClient, club: Club) -> None:
    assert client.get("/join/profile").location.startswith("/join?")
    send(client, "/join", phone=PHONE)
    assert client.get("/join/profile").location.startswith("/join?")


def test_a_bad_number_is_refused_where_it_was_typed(client: FlaskClient, club: Club) -> None:
    refused = send(client, "/join", phone="12")
    assert refused.status_code == 409
    assert 'aria-invalid="true"' in refused.text
    assert 'value="12"' in refused.text


def test_joining_leads_nowhere_else(phone: FlaskClient) -> None:
    for elsewhere in ("https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"):
        assert phone.get("/join", query_string={"next": elsewhere}).location == "/"


def test_a_form_without_its_token_is_refused(client: FlaskClient, club: Club) -> None:
    assert client.post("/join", data={"phone": PHONE}).status_code == 400


def test_the_nearest_stores_come_first(client: FlaskClient, club: Club, database: Database) -> None:
    with database.transaction() as db:
        near = make.store(db, lat=31.2304, lng=121.4737)
    rows = client.get("/join/stores?lat=31.23&lng=121.47").text
    assert re.findall(r'name="store_id" value="([^"]+)"', rows)[0] == str(near.id)
    assert client.get("/join/stores?lat=900&lng=0").status_code == 400


def test_a_store_that_does_not_exist_cannot_be_chosen(
    client: FlaskClient, club: Club, database: Database
) -> None:
    profile = prove(client, database).location
    for nonsense in ("x", str(UUID(int=7))):
        assert send(client, profile, name="Ada", store_id=nonsense, consent="1").status_code == 422


JUNK = ("\0", "S\0001", "S001'--", "../..", "招牌", "S" * 65)


@pytest.mark.parametrize("junk", JUNK, ids=ascii)
def test_a_link_with_a_code_that_is_none_still_opens(
    app: Flask, client: FlaskClient, club: Club, database: Database, junk: str
) -> None:
    """For joining in the same browser too; and what is counted of it is a visit by a bare link."""
    for path in ("/c/first-snow", "/join"):
        assert client.get(path, query_string={"k": junk}).status_code == 200
        assert client.get("/join").status_code == 200
    client.get("/c/first-snow")
    app.extensions["engine"]().visits.write()
    with database.transaction() as db:
        assert campaigns.report(db, club.live.id, club.at).sources == (("", 2),)


def test_a_code_that_is_none_does_not_replace_the_guides(
    client: FlaskClient, club: Club, database: Database
) -> None:
    with database.transaction() as db:
        code = make.channel_code(db, club.store, guide=club.guide).code
    client.get("/c/first-snow", query_string={"k": code})
    client.get("/join", query_string={"k": "\0"})
    assert club.store.name["en"] in client.get("/join?lang=en").text


def test_a_frozen_member_is_told_whom_to_ask(client: FlaskClient, club: Club, database: Database) -> None:
    with database.transaction() as db:
        known = make.member(db, phone=f"+86{PHONE}", now=club.at)
        member.freeze(db, member_id=known.member_id, now=club.at)
    client.get("/?lang=en")
    answer = prove(client, database)
    assert answer.status_code == 409
    assert identity.MEMBER_COOKIE not in answer.headers.get("Set-Cookie", "")
    assert "Your membership is resting" in answer.text
    again = client.post(
        "/join/code", data={"csrf_token": form_token(client.get("/join/code").text), "code": "1"}
    )
    assert "not valid any more" in again.text, "the code is used up"


def test_who_is_frozen_while_signed_in_is_not_asked_to_sign_in(
    phone: FlaskClient, club: Club, database: Database
) -> None:
    with database.transaction() as db:
        member.freeze(db, member_id=club.member.member_id, now=club.at)
    for path in ("/me", "/wallet"):
        answer = phone.get(f"{path}?lang=en")
        assert answer.status_code == 409, path
        assert "Any of our stores can reach the service desk." in answer.text
    with database.transaction() as db:
        member.erase(db, member_id=club.member.member_id, now=club.at)
    assert phone.get("/wallet").status_code == 401
