"""People at headquarters with a browser of their own, on a database of the test's own."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from center_core import channel, user
from center_core.kit import Database
from scrm.fronts.identity import STAFF_COOKIE, sign_in_staff
from tests import make

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Desk:
    """A browser without script in which ``staff`` is signed in: its forms carry the page's token."""

    def __init__(self, client: FlaskClient, staff: user.Staff, token: str) -> None:
        self.client = client
        self.staff = staff
        self._token = token

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(f"/console{path}", headers={"Accept-Language": "en"}, **options)

    def post(self, path: str, form: dict[str, Any] | None = None, *, script: bool = False) -> TestResponse:
        """Send a form; ``script`` as the editor's own script does it."""
        headers = {"Accept-Language": "en", **({"HX-Request": "true"} if script else {})}
        return self.client.post(
            f"/console{path}", data={"csrf_token": self._token, **(form or {})}, headers=headers
        )


@pytest.fixture
def desk(app: Flask, database: Database) -> Callable[..., Desk]:
    """``desk("marketer")``: somebody with that role in the brand, or with ``store=`` in one store only."""

    def sit_down(role: str = "admin", *, store: channel.Store | None = None) -> Desk:
        with database.transaction() as db:
            staff = make.staff(db, role=role, store=store, password=None)
        client = app.test_client()
        with app.test_request_context():
            response = sign_in_staff(app.make_response(""), staff)
        cookie = response.headers["Set-Cookie"].split(";")[0].removeprefix(f"{STAFF_COOKIE}=")
        client.set_cookie(STAFF_COOKIE, cookie)
        page = client.get("/console/").get_data(as_text=True)
        return Desk(client, staff, TOKEN.findall(page)[0])

    return sit_down
