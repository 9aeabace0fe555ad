"""What a shop's phone keeps and sends, in a real browser that reaches no socket."""

import json
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import text
from werkzeug.serving import make_server

from center_core import member, user
from center_core.kit import Database
from scrm.config import Config
from scrm.engagement import conversation
from scrm.fronts.identity import STAFF_COOKIE, sign_in_staff

from .conftest import Shop

pytestmark = pytest.mark.browser


@pytest.fixture
def config(config: Config) -> Config:
    """Nobody listens where Socket.IO would be."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        nowhere = f"http://127.0.0.1:{probe.getsockname()[1]}"
    return config.model_copy(update={"realtime_url": nowhere})


class Handset:
    """The shop's phone, in the hands of one guide after the other."""

    def __init__(self, app: Flask, page: Page, site: str, shop: Shop) -> None:
        self._app = app
        self._site = site
        self._shop = shop
        self.page = page

    def opened_by(self, guide: user.Staff) -> None:
        """``guide`` signs in and opens the conversation."""
        with self._app.test_request_context():
            cookie = sign_in_staff(self._app.make_response(""), guide).headers["Set-Cookie"]
        token = cookie.split(";")[0].removeprefix(f"{STAFF_COOKIE}=")
        self.page.context.add_cookies([{"name": STAFF_COOKIE, "value": token, "url": self._site}])
        self.page.goto(f"{self._site}{self._shop.conversation}")

    def write(self, words: str) -> None:
        self.page.locator(".composer textarea").fill(words)
        self.page.locator(".composer-send").click()

    def shows_as_sent(self, words: str) -> None:
        expect(self.page.locator(".bubble[data-seq]", has_text=words)).to_have_count(1)


@pytest.fixture
def handset(app: Flask, shop: Shop, browser: Browser) -> Iterator[Handset]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    yield Handset(app, context.new_page(), f"http://127.0.0.1:{server.port}", shop)
    context.close()
    server.shutdown()
    thread.join()
    server.server_close()


def hand_over(database: Database, shop: Shop, guide: user.Staff, *, minutes: int) -> None:
    """The member gets ``guide``, so many minutes after joining."""
    at = shop.at + timedelta(minutes=minutes)
    who = shop.member.member_id
    with database.transaction() as db:
        member.bind(db, member_id=who, staff_id=guide.id, store_id=shop.store.id, reason="handover", now=at)
        conversation.hand_over(db, member_id=who, now=at)


def said_by_guides(database: Database) -> list[str]:
    query = "select body ->> 'text' from message where sender_kind = 'staff' order by seq"
    with database.transaction() as db:
        return list(db.scalars(text(query)))


def test_what_was_refused_is_not_sent_under_another_name(
    handset: Handset, shop: Shop, database: Database
) -> None:
    handset.opened_by(shop.guide)
    hand_over(database, shop, shop.colleague, minutes=1)
    handset.write("I am your guide")
    expect(handset.page.locator(".bubble.failed")).to_have_count(1)
    handset.opened_by(shop.colleague)
    handset.write("And so am I")
    handset.shows_as_sent("And so am I")
    expect(handset.page.get_by_text("I am your guide", exact=True)).to_have_count(0)
    assert said_by_guides(database) == ["And so am I"]


def test_what_was_refused_waits_for_its_writer(handset: Handset, shop: Shop, database: Database) -> None:
    handset.opened_by(shop.guide)
    hand_over(database, shop, shop.colleague, minutes=1)
    handset.write("Refused")
    failed = handset.page.locator(".bubble.failed")
    expect(failed).to_contain_text("This member has another guide now.")
    hand_over(database, shop, shop.guide, minutes=2)
    handset.opened_by(shop.guide)
    expect(failed).to_contain_text("This member has another guide now.")
    handset.write("Here again")
    handset.shows_as_sent("Here again")
    assert said_by_guides(database) == ["Here again"]
    failed.click()
    handset.shows_as_sent("Refused")
    assert said_by_guides(database) == ["Here again", "Refused"]


def test_what_was_kept_before_outboxes_had_an_owner_is_nobodys(
    handset: Handset, shop: Shop, database: Database
) -> None:
    handset.opened_by(shop.guide)
    root = handset.page.locator("[data-conversation]").get_attribute("data-conversation") or ""
    key = f"outbox:{json.loads(root)['conversation']}"
    entry = {"client_id": str(uuid4()), "text": "Whose is this?", "at": shop.at.isoformat()}
    keep = "([key, kept]) => localStorage.setItem(key, kept)"
    handset.page.evaluate(keep, [key, json.dumps([entry])])
    handset.opened_by(shop.guide)
    handset.write("Mine")
    handset.shows_as_sent("Mine")
    assert said_by_guides(database) == ["Mine"]
    assert handset.page.evaluate("key => localStorage.getItem(key)", key) is None


def test_a_coupon_is_sent_over_plain_http(handset: Handset, shop: Shop, database: Database) -> None:
    """Where a browser gives no randomUUID."""
    handset.page.add_init_script("delete Crypto.prototype.randomUUID")
    handset.opened_by(shop.guide)
    handset.page.locator("[data-sheet='coupons']").click()
    handset.page.locator("[data-send='coupons']").click()
    expect(handset.page.locator(".bubble[data-seq] .enclosed")).to_have_count(1)
    expect(handset.page.locator(".toast")).to_contain_text("The coupon is in the wallet")
