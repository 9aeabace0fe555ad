"""A member scans a guide's code."""

from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from center_core import channel, member, user
from center_core.kit import Database
from scrm.engagement import conversation
from tests import make

from .conftest import Club, signed_in
from .test_joining import form_token


def guide_of(database: Database, member_id: UUID) -> UUID | None:
    with database.transaction() as db:
        binding = member.guide_of(db, member_id)
        return binding.staff_id if binding else None


@pytest.fixture
def code(database: Database, club: Club) -> str:
    """The code of another guide of the store."""
    with database.transaction() as db:
        return make.channel_code(db, club.store, guide=make.guide(db, club.store)).code


def whose(database: Database, code: str) -> UUID | None:
    with database.transaction() as db:
        found = channel.resolve_code(db, code)
        assert found
        return found.staff_id


def test_who_has_no_guide_is_bound_at_once(app: Flask, club: Club, database: Database, code: str) -> None:
    with database.transaction() as db:
        alone = make.member(db)
    phone = signed_in(app, alone)
    assert "Scan the code of a shop guide" in phone.get("/chat", headers={"Accept-Language": "en"}).text
    assert phone.get(f"/join?k={code}").location == "/chat"
    assert guide_of(database, alone.member_id) == whose(database, code)
    assert phone.get("/chat").status_code == 200
    assert "conversation" in phone.get("/chat").text


def test_a_stores_code_gives_one_of_its_guides(app: Flask, club: Club, database: Database) -> None:
    with database.transaction() as db:
        alone = make.member(db)
        code = make.channel_code(db, club.store).code
    signed_in(app, alone).get(f"/join?k={code}")
    assert guide_of(database, alone.member_id) == club.guide.id


def test_who_has_a_guide_is_asked_first(
    phone: FlaskClient, club: Club, database: Database, code: str
) -> None:
    page = phone.get(f"/join?k={code}").text
    assert guide_of(database, club.member.member_id) == club.guide.id, "looking changes nothing"
    answer = phone.post("/me/guide", data={"csrf_token": form_token(page), "k": code})
    assert answer.location == "/chat"
    assert guide_of(database, club.member.member_id) == whose(database, code)
    assert phone.get(f"/join?k={code}").location == "/chat"


def test_a_code_of_nobody_changes_nothing(phone: FlaskClient, club: Club, database: Database) -> None:
    with database.transaction() as db:
        gone = make.guide(db, club.store)
        codes = [make.channel_code(db, club.store, guide=gone).code, make.channel_code(db, club.store).code]
        user.deactivate(db, staff_id=gone.id, now=club.at)
    page = phone.get("/me").text
    for code in (*codes, "no-such-code"):
        assert phone.get(f"/join?k={code}").location == "/"
        phone.post("/me/guide", data={"csrf_token": form_token(page), "k": code})
    assert guide_of(database, club.member.member_id) == club.guide.id


def test_whose_guide_has_left_is_told_so(phone: FlaskClient, club: Club, database: Database) -> None:
    with database.transaction() as db:
        conversation.open_with_guide(db, member_id=club.member.member_id, now=club.at)
        user.deactivate(db, staff_id=club.guide.id, now=club.at)
        member.hand_over(db, staff_id=club.guide.id, now=club.at)
    page = phone.get("/chat", headers={"Accept-Language": "en"}).text
    assert f"{club.guide.name['en']} has left us" in page
