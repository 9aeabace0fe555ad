"""Who may come in."""

import re

from flask import Flask

from center_core.kit import Database
from tests import make

from .conftest import TOKEN


def sign_in(app: Flask, login: str, password: str, next: str = "") -> tuple[int, str]:
    client = app.test_client()
    token = TOKEN.findall(client.get("/console/sign-in").get_data(as_text=True))[0]
    form = {"csrf_token": token, "login": login, "password": password, "next": next}
    answer = client.post("/console/sign-in", data=form, headers={"Accept-Language": "en"})
    return answer.status_code, answer.headers.get("Location") or answer.get_data(as_text=True)


def test_the_right_password_leads_to_where_one_wanted_to_go(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        make.staff(db, role="marketer", login="ming")
    assert sign_in(app, "ming", make.PASSWORD) == (302, "/console/")
    assert sign_in(app, "ming", make.PASSWORD, "/console/coupons") == (302, "/console/coupons")
    assert sign_in(app, "ming", make.PASSWORD, "//evil.example") == (302, "/console/")


def test_a_wrong_password_and_an_unknown_login_look_alike(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        make.staff(db, role="marketer", login="ming")
    answers = {sign_in(app, login, "wrong password") for login in ("ming", "nobody")}
    pages = {re.sub(r'value="[^"]*"', "", page) for _status, page in answers}
    assert {status for status, _page in answers} == {409}
    assert len(pages) == 1
    assert "The login or the password is not right." in pages.pop()


def test_nothing_typed_is_told_at_the_fields(app: Flask) -> None:
    status, page = sign_in(app, "", "")
    assert status == 422
    assert page.count("Please fill this in.") == 2


def test_whoever_is_signed_out_is_sent_to_sign_in(app: Flask) -> None:
    answer = app.test_client().get("/console/campaigns?state=running")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/console/sign-in?next=/console/campaigns?state%3Drunning"
