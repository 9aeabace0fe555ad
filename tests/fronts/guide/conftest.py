"""Two stores: in the first one a manager, two guides and their members; in the second one strangers to all of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from center_core import channel, member, order, product, settlement, user
from center_core.kit import Database, Session, utcnow
from scrm.engagement import feed
from scrm.fronts.identity import STAFF_COOKIE, sign_in_staff
from tests import make

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Floor:
    """What the tests of the workbench find there."""

    store: channel.Store
    manager: user.Staff
    guide: user.Staff
    colleague: user.Staff
    member: member.Member
    colleagues_member: member.Member
    elsewhere: channel.Store
    stranger: user.Staff
    strangers_member: member.Member
    at: datetime


@pytest.fixture
def floor(database: Database) -> Floor:
    at = utcnow()
    joined = at - timedelta(days=10)
    with database.transaction() as db:
        make.tiers(db)
        store, elsewhere = make.store(db), make.store(db)
        manager = make.staff(db, role="manager", store=store, password=None)
        guide, colleague = make.guide(db, store), make.guide(db, store)
        stranger = make.guide(db, elsewhere)
        return Floor(
            store,
            manager,
            guide,
            colleague,
            make.member(db, name="林晚舟", store=store, guide=guide, points=120, now=joined),
            make.member(db, name="周小满", store=store, guide=colleague, now=joined),
            elsewhere,
            stranger,
            make.member(db, name="陈远方", store=elsewhere, guide=stranger, now=joined),
            at,
        )


def tell(db: Session, guide: user.Staff, kind: str, who: member.Member, at: datetime, **body: Any) -> UUID:
    """Put a line into a guide's feed, and give its id."""
    said = {"name": who.name, **body}
    feed.add(db, [feed.Line(guide.id, kind, who.member_id, said)], now=at)
    return feed.of_staff(db, staff_ids=[guide.id], limit=1).rows[0].id


WON = {
    "prize": {"en": "A warm scarf", "zh": "一条围巾"},
    "prize_kind": "gift",
    "campaign": {"en": "First snow", "zh": "初雪"},
}


class Phone:
    """A browser without script in which ``staff`` is signed in: its forms carry the page's token."""

    def __init__(self, client: FlaskClient, staff: user.Staff) -> None:
        self.client = client
        self.staff = staff

    def get(self, path: str, *, script: bool = False) -> TestResponse:
        """Open a page; ``script``: a piece of it, as htmx asks."""
        return self.client.get(f"/guide{path}", headers=_headers(script))

    def post(self, path: str, *, script: bool = False, **form: str) -> TestResponse:
        """Send a form."""
        token = TOKEN.findall(self.get("/me").text)[0]
        return self.client.post(f"/guide{path}", data={"csrf_token": token, **form}, headers=_headers(script))


def _headers(script: bool) -> dict[str, str]:
    return {"Accept-Language": "en", **({"HX-Request": "true"} if script else {})}


@pytest.fixture
def phone_of(app: Flask) -> Callable[[user.Staff], Phone]:
    """``phone_of(floor.guide)``."""

    def pick_up(staff: user.Staff) -> Phone:
        client = app.test_client()
        with app.test_request_context():
            response = sign_in_staff(app.make_response(""), staff)
        cookie = response.headers["Set-Cookie"].split(";")[0].removeprefix(f"{STAFF_COOKIE}=")
        client.set_cookie(STAFF_COOKIE, cookie)
        return Phone(client, staff)

    return pick_up


@pytest.fixture
def phone(floor: Floor, phone_of: Callable[[user.Staff], Phone]) -> Phone:
    """The guide's own phone."""
    return phone_of(floor.guide)


def sold(
    db: Session, floor: Floor, sku: product.Sku, pieces: int, *, buyer: member.Member | None, at: datetime
) -> order.Order:
    """A sale in the store, counted for whom it counts for."""
    sale = make.sale(db, floor.store, buyer=buyer, lines=[(sku, pieces)], now=at)
    settlement.attribute(db, member_id=sale.member_id, order_id=sale.id, now=at)
    return sale
