"""Lists are read on from a cursor in the address, into which anybody may write anything."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from center_core.kit import Database, utcnow
from scrm.fronts.identity import MEMBER_COOKIE, STAFF_COOKIE, member_token, sign_in_staff
from tests import make
from tests.make import campaign as making

Browse = Callable[..., FlaskClient]

OF_MEMBERS = ("/me/points", "/wallet/past")
OF_GUIDES = ("/guide/members", "/guide/today?show=all", "/guide/today?show=todo", "/guide/conversations")
OF_HEADQUARTERS = (
    "/console/members?q=林", "/console/coupons", "/console/campaigns", "/console/audit",
    "/console/campaigns/{campaign}/winners?prize=1",
)  # fmt: skip
LISTS = [(who, path) for who, paths in (("member", OF_MEMBERS), ("guide", OF_GUIDES), ("admin", OF_HEADQUARTERS))
         for path in paths]  # fmt: skip
NO_CURSORS = ("x", "g" * 32, "2026-11-20", "_", "~", "9" * 30, "\0", "雪")


@pytest.fixture
def browse(app: Flask, database: Database) -> Browse:
    """``browse("guide")``: the browser of a member, a guide or an administrator."""
    with database.transaction() as db:
        make.tiers(db)
        store = make.store(db)
        who = make.member(db, name="林晚舟", store=store, points=5)
        staff = {"guide": make.guide(db, store=store), "admin": make.staff(db, role="admin", password=None)}

    def sit_down(role: str) -> FlaskClient:
        client = app.test_client()
        with app.test_request_context():
            if role == "member":
                client.set_cookie(MEMBER_COOKIE, member_token(who.member_id))
            else:
                cookie = sign_in_staff(app.make_response(""), staff[role]).headers["Set-Cookie"]
                client.set_cookie(STAFF_COOKIE, cookie.split(";")[0].removeprefix(f"{STAFF_COOKIE}="))
        return client

    return sit_down


@pytest.mark.parametrize(("who", "path"), LISTS, ids=[path for _, path in LISTS])
def test_what_is_no_cursor_is_refused_with_its_key(
    browse: Browse, database: Database, who: str, path: str
) -> None:
    with database.transaction() as db:
        prizes = [making.prize(1, "points", points=5, stock=3, odds_ppm=1000), making.fallback()]
        live = making.live(db, now=utcnow(), prizes=prizes)
    path, browser = path.format(campaign=live.id), browse(who)
    asked: dict[str, Any] = {"headers": {"Accept": "application/json"}}
    begins = "&" if "?" in path else "?"
    assert browser.get(path).status_code == 200
    assert browser.get(f"{path}{begins}after=").status_code == 200
    for no_cursor in NO_CURSORS:
        answer = browser.get(f"{path}{begins}after={no_cursor.replace(chr(0), '%00')}", **asked)
        assert (answer.status_code, answer.json["key"]) == (409, "cursor_bad"), ascii(no_cursor)
    cursor = {"/winners": "2", "/conversations": f"{utcnow():%Y-%m-%dT%H:%M:%S}~{uuid4()}"}
    good = next((found for part, found in cursor.items() if part in path), str(uuid4()))
    assert browser.get(f"{path}{begins}after={good}").status_code == 200
