"""What a shop's phone keeps and sends, in a real browser that reaches no socket."""

import socket
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from center_core import user
from center_core.kit import Database
from scrm.config import Config
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


def test_a_coupon_is_sent_over_plain_http(handset: Handset, shop: Shop, database: Database) -> None:
    """Where a browser gives no randomUUID."""
    handset.page.add_init_script("delete Crypto.prototype.randomUUID")
    handset.opened_by(shop.guide)
    handset.page.locator("[data-sheet='coupons']").click()
    handset.page.locator("[data-send='coupons']").click()
    expect(handset.page.locator(".bubble[data-seq] .enclosed")).to_have_count(1)
    expect(handset.page.locator(".toast")).to_contain_text("The coupon is in the wallet")
