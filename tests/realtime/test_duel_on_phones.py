"""A whole duel on two phones in Chromium: by link, played at once, while one is offline, reloads, changes its phone."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import text
from werkzeug.serving import make_server

import games
from center_core.kit import Database, utcnow
from games.catalog import BUILT
from scrm.adapters import open_outside
from scrm.app import create_app
from scrm.config import Config
from scrm.fronts.identity import MEMBER_COOKIE, Tokens
from scrm.jobs import Courier
from scrm.wiring import WHEN, Wiring
from tests import make
from tests.games.arcade import PHONE, take_over
from tests.make import campaign as making

from .conftest import free_port, two_processes

pytestmark = pytest.mark.browser
SPRINT = games.game("sprint")
SHORT_RACE = {"slug": "sprint", "config": {"length": "short"}}
TOLD = ("DuelChanged",)
WAITING = text("select id, name from outbox where done_at is null and name = any(:kinds) order by id")
HOW_FAR_THEY_ARE = "parseFloat(document.querySelector('[data-theirs]').style.transform.slice(11))"


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
    with two_processes(config), telling(config, database):
        yield config
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def telling(config: Config, database: Database) -> Iterator[None]:
    """Relay and worker in one thread: without them phones hear of each other only when they ask, seconds later."""
    courier = Courier(database, Wiring.of_map(WHEN), open_outside(config))
    stopped = threading.Event()

    def work() -> None:
        while not stopped.wait(0.2):
            with database.transaction() as db:
                waiting = db.execute(WAITING, {"kinds": list(TOLD)}).all()
            for id, kind in waiting:
                for reaction in courier.wiring.of(kind):
                    courier.deliver(kind, reaction, [id], now=utcnow())

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    yield
    stopped.set()
    thread.join()


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


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for what a page shows; its own rules forbid the usual way, which evaluates text in it."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.1)


def batches_of(database: Database) -> list[int]:
    """How many batches of inputs each side has sent while it played."""
    with database.transaction() as db:
        return [*db.execute(text("select count(*) from duel_batch group by no")).scalars(), 0][:2]


def meet(browser: Browser, site: Config, database: Database) -> tuple[Page, Page]:
    """Two phones in the room of one duel, neither ready."""
    with database.transaction() as db:
        live = making.live(db, now=utcnow(), **making.challenge(game=SHORT_RACE))
    ann, bob = (phone(browser, site, database, *who) for who in (("安安", "en"), ("波波", "zh")))
    ann.goto(f"{site.public_url}/c/{live.slug}/duel")
    ann.click("button[value=friend]")
    ann.wait_for_selector('.game[data-state="alone"]')
    invitation = ann.get_attribute("[data-share]", "data-url")
    assert invitation
    bob.goto(invitation)
    bob.click("form button")
    for page in (ann, bob):
        page.wait_for_selector('.game[data-state="ready"]', timeout=60_000)
    return ann, bob


def test_a_duel(browser: Browser, site: Config, database: Database) -> None:
    ann, bob = meet(browser, site, database)
    for page, player in ((ann, "expert"), (bob, "beginner")):
        take_over(page, SPRINT, player)
    ann.click("[data-start]")
    ann.wait_for_selector('.game[data-state="starting"]')
    until(lambda: "波**" in ann.inner_text("[data-message]"))
    bob.click("[data-start]")
    for page in (ann, bob):
        page.wait_for_selector('.game[data-state="playing"]', timeout=60_000)
    # Each sees the other one move.
    for page in (ann, bob):
        until(lambda page=page: float(page.evaluate(HOW_FAR_THEY_ARE) or 0) > 0)
    ann.context.set_offline(True)
    ann.wait_for_timeout(1500)
    ann.context.set_offline(False)
    until(lambda: min(batches_of(database)) > 15)
    for page in (ann, bob):
        page.wait_for_selector("#result[open]", timeout=60_000)
    ann.wait_for_selector('#result[data-outcome="won"]', timeout=60_000)
    bob.wait_for_selector('#result[data-outcome="lost"]', timeout=60_000)
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
    bob.wait_for_selector('.game[data-state="ready"]', timeout=60_000)
    for page in (ann, bob):
        page.context.close()


def test_who_is_ready_need_not_wait_for_ever(browser: Browser, site: Config, database: Database) -> None:
    ann, bob = meet(browser, site, database)
    assert not ann.is_visible("[data-leave]")
    ann.click("[data-start]")
    ann.wait_for_selector('.game[data-state="starting"]')
    assert ann.is_visible("[data-leave]")
    until(lambda: "波**" in ann.inner_text("[data-message]"))
    with database.transaction() as db:
        ready = text("update duel_side set ready_at = ready_at - interval '1 minute' where duel_id = :duel")
        db.execute(ready, {"duel": ann.url.rpartition("/")[2]})
    for page in (ann, bob):
        page.wait_for_selector('.game[data-state="gone"]', timeout=60_000)
    assert "波** was not ready in time" in ann.inner_text("[data-message]")
    assert "你没有及时准备好" in bob.inner_text("[data-message]")
    for page in (ann, bob):
        page.context.close()


ROUND = """(() => {
  const { round, ghost } = document.querySelector(".game");
  return { tick: round.tick, events: round.events, theirs: ghost.round.tick };
})()"""
# A scripted player takes over in a round that is being played already.
GO_ON = """() => {
  const { round } = document.querySelector(".game");
  const act = players.expert(dice(1));
  const step = round.step.bind(round);
  round.step = (actions) => step([...actions, ...act(round.state)]);
}"""


AWAY = 240  # ticks


def standing(page: Page) -> dict[str, Any]:
    """How far both rounds are on this phone, and what was done in its own."""
    found: dict[str, Any] = page.evaluate(ROUND)
    return found


def went_on(page: Page, before: dict[str, Any], other: Page) -> None:
    """Assert that the round goes on where it stood, by itself and in the time of the other one."""
    page.wait_for_selector('.game[data-state="playing"]', timeout=60_000)
    assert standing(page)["events"][: len(before["events"])] == before["events"] != []
    # The duel has waited for nobody: what was missed has passed here too.
    until(lambda: standing(page)["tick"] > standing(other)["tick"] - AWAY / 2)
    assert standing(page)["tick"] < standing(other)["tick"] + AWAY


def test_who_comes_back_in_the_middle_goes_on(browser: Browser, site: Config, database: Database) -> None:
    ann, bob = meet(browser, site, database)
    take_over(ann, SPRINT, "expert")
    for page in (ann, bob):
        page.click("[data-start]")
    until(lambda: ann.get_attribute(".game", "data-state") == "playing" and len(standing(ann)["events"]) > 5)
    before, room = standing(ann), ann.url
    ann.goto("about:blank")
    until(lambda: standing(bob)["tick"] > before["tick"] + AWAY)
    ann.goto(room)
    went_on(ann, before, bob)
    seen = standing(bob)["theirs"]
    until(lambda: standing(bob)["theirs"] > seen + 30)
    until(lambda: standing(ann)["theirs"] > before["theirs"])
    # Then she takes another phone, which knows only what the server was sent.
    other = browser.new_context(viewport=PHONE, has_touch=True)
    other.add_cookies(ann.context.cookies())
    again = other.new_page()
    again.goto(room)
    went_on(again, before, bob)
    ann.context.close()
    for page in (again, bob):
        page.evaluate((BUILT / "sprint.players.js").read_text())
        page.evaluate(GO_ON)
    for page in (again, bob):
        page.wait_for_selector("#result[open]", timeout=60_000)
    until(lambda: "pending" not in {page.get_attribute("#result", "data-outcome") for page in (again, bob)})
    with database.transaction() as db:
        sides = text("select score from duel_side where duel_id = :duel order by no")
        scores = db.execute(sides, {"duel": room.rpartition("/")[2]}).scalars().all()
    assert len(scores) == 2
    assert None not in scores
    outcome = "won" if scores[0] < scores[1] else "lost"
    assert again.get_attribute("#result", "data-outcome") == outcome
    # What was played already is no longer kept, so that nothing of it gets into the next duel.
    assert waiting_on(again) == []
    for page in (again, bob):
        page.context.close()


def waiting_on(page: Page) -> list[str]:
    """What the phone keeps until it is sent."""
    found: list[str] = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('pending:'))")
    return found


def play_and_go(page: Page) -> None:
    """Play a round as an expert, and leave the page before its result could be sent."""
    before = waiting_on(page)
    take_over(page, SPRINT, "expert")
    page.route("**/rounds/*/result", lambda route: route.abort("internetdisconnected"))
    page.click("[data-start]")
    page.wait_for_selector('.game[data-state="sending"]', timeout=60_000)
    assert len(waiting_on(page)) == len(before) + 1
    page.goto("about:blank")
    page.unroute("**/rounds/*/result")


def test_what_could_not_be_sent_waits_for_the_page_it_was_played_on(
    browser: Browser, site: Config, database: Database
) -> None:
    ann, bob = meet(browser, site, database)
    room = ann.url
    campaign = room.partition("/duels/")[0]
    ann.goto(f"{campaign}/challenge")
    play_and_go(ann)
    ann.goto(room)
    ann.wait_for_selector('.game[data-state="ready"]', timeout=60_000)
    bob.click("[data-start]")
    play_and_go(ann)
    ann.goto(room)
    ann.wait_for_selector('#result[open][data-outcome="pending"]', timeout=60_000)
    assert len(waiting_on(ann)) == 1
    ann.goto(f"{campaign}/challenge")
    ann.wait_for_selector("#result[open]", timeout=60_000)
    assert "Your best" in ann.inner_text("#result")
    assert waiting_on(ann) == []
    for page in (ann, bob):
        page.context.close()
