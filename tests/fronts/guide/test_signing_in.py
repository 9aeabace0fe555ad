"""Who may pick up the workbench."""

from flask import Flask

from center_core.kit import Database
from tests import make

from .conftest import TOKEN, Floor, Phone


def sign_in(app: Flask, login: str, password: str, next: str = "") -> tuple[int, str]:
    client = app.test_client()
    token = TOKEN.findall(client.get("/guide/sign-in").text)[0]
    form = {"csrf_token": token, "login": login, "password": password, "next": next}
    answer = client.post("/guide/sign-in", data=form, headers={"Accept-Language": "en"})
    return answer.status_code, answer.headers.get("Location") or answer.text


def test_the_right_password_leads_to_today_or_where_one_wanted_to_go(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        make.staff(db, role="guide", store=make.store(db), login="mei")
    assert sign_in(app, "mei", make.PASSWORD) == (302, "/guide/today")
    assert sign_in(app, "MEI", make.PASSWORD, "/guide/results") == (302, "/guide/results")
    assert sign_in(app, "mei", make.PASSWORD, "https://evil.example") == (302, "/guide/today")


def test_a_wrong_password_is_told_at_the_field_and_counted(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        make.staff(db, role="guide", store=make.store(db), login="mei")
    for _ in range(10):
        status, page = sign_in(app, "mei", "guess")
        assert status == 409
        assert "The login or the password is not right." in page
    assert sign_in(app, "mei", make.PASSWORD)[0] == 429


def test_whoever_is_signed_out_is_sent_to_the_workbenchs_own_door(app: Flask) -> None:
    for path in ("today", "members", "results", "me"):
        answer = app.test_client().get(f"/guide/{path}")
        assert answer.headers["Location"] == f"/guide/sign-in?next=/guide/{path}"


def test_signing_out_ends_it(phone: Phone) -> None:
    assert phone.post("/sign-out").headers["Location"] == "/guide/sign-in"
    assert phone.get("/today").status_code == 302


def test_headquarters_without_a_store_is_told_so(phone_of, floor: Floor, database: Database) -> None:  # type: ignore[no-untyped-def]
    with database.transaction() as db:
        admin = make.staff(db, role="admin", password=None)
    answer = phone_of(admin).get("/today")
    assert answer.status_code == 409
    assert "You belong to no store" in answer.text
    told = phone_of(admin).client.get("/guide/today", headers={"Accept": "application/json"})
    assert (told.status_code, told.json["key"]) == (409, "no_home_store")
