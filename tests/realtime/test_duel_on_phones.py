"""A whole duel on two phones in Chromium: invited by link, played at once, one of them offline in the middle."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import text
from werkzeug.serving import make_server

import games
from center_core.kit import Database, utcnow
from scrm.app import create_app
from scrm.config import Config
from scrm.fronts.identity import MEMBER_COOKIE, Tokens
from tests import make
from tests.games.arcade import PHONE, take_over
from tests.make import campaign as making

from .conftest import free_port, two_processes

pytestmark = pytest.mark.browser
SPRINT = games.game("sprint")
HOW_FAR_THEY_ARE = "document.querySelector('[data-theirs]').style.getPropertyValue('--at')"


@pytest.fixture(scope="module")
def site(config: Config, database: Database) -> Iterator[Config]:
    """The web beside two realtime processes."""
    port = free_port()
    addresses = {
        "public_url": f"http://127.0.0.1:{port}",
        "realtime_url": f"http://127.0.0.1:{config.realtime_port}",
    }
    config = config.model_copy(update={**addresses, "demo": True})
    app = create_app(config, database=database)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with two_processes(config):
        yield config
    server.shutdown()
    thread.join()
    server.server_close()


def phone(browser: Browser, site: Config, database: Database, name: str, language: str) -> Page:
    """A member's phone."""
    with database.transaction() as db:
        who = make.member(db, name=name, now=utcnow()).member_id
    context = browser.new_context(viewport=PHONE, has_touch=True)
    token = Tokens(site.secret_key).make("member", who.bytes)
    context.add_cookies([{"name": MEMBER_COOKIE, "value": token, "url": site.public_url}])
    page = context.new_page()
    page.goto(f"{site.public_url}/?lang={language}")
    return page


def until(holds: Callable[[], bool], seconds: float = 15) -> None:
    """Wait for what a page shows; its own rules forbid the usual way, which evaluates text in it."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.1)


def batches_of(database: Database) -> list[int]:
    """How many batches of inputs each side has sent while it played."""
    with database.transaction() as db:
        return [*db.execute(text("select count(*) from duel_batch group by no")).scalars(), 0][:2]


def test_a_duel(browser: Browser, site: Config, database: Database) -> None:
    with database.transaction() as db:
        live = making.live(db, now=utcnow(), **making.challenge())
    ann, bob = (phone(browser, site, database, *who) for who in (("安安", "en"), ("波波", "zh")))
    ann.goto(f"{site.public_url}/c/{live.slug}/duel")
    ann.click("button[value=friend]")
    ann.wait_for_selector('.game[data-state="alone"]')
    invitation = ann.get_attribute("[data-share]", "data-url")
    assert invitation
    bob.goto(invitation)
    bob.click("form button")
    for page, player in ((ann, "expert"), (bob, "beginner")):
        page.wait_for_selector('.game[data-state="ready"]', timeout=15_000)
        take_over(page, SPRINT, player)
    ann.click("[data-start]")
    ann.wait_for_selector('.game[data-state="starting"]')
    until(lambda: "波**" in ann.inner_text("[data-message]"))
    bob.click("[data-start]")
    for page in (ann, bob):
        page.wait_for_selector('.game[data-state="playing"]', timeout=15_000)
    # Each sees the other one move.
    for page in (ann, bob):
        until(lambda page=page: float(page.evaluate(HOW_FAR_THEY_ARE) or 0) > 0)
    ann.context.set_offline(True)
    ann.wait_for_timeout(1500)
    ann.context.set_offline(False)
    until(lambda: min(batches_of(database)) > 15)
    for page in (ann, bob):
        page.wait_for_selector("#result[open]", timeout=60_000)
    ann.wait_for_selector('#result[data-outcome="won"]', timeout=30_000)
    bob.wait_for_selector('#result[data-outcome="lost"]', timeout=30_000)
    scores = [page.inner_text(".duel-scores") for page in (ann, bob)]
    with database.transaction() as db:
        made = db.execute(text("select score from duel_side order by no")).scalars().all()
    for score in made:
        shown = f"{-(-score // 10) / 100:.2f}"
        assert all(shown in both for both in scores)
    # Whoever asks first opens the rematch; the other one is told.
    bob.click("#result form .button")
    bob.wait_for_selector('.game[data-state="alone"]')
    until(lambda: "rematch" in ann.inner_text(".duel-outcome"))
    ann.click("#result form .button")
    ann.wait_for_selector('.game[data-state="ready"]')
    bob.wait_for_selector('.game[data-state="ready"]', timeout=15_000)
    for page in (ann, bob):
        page.context.close()
