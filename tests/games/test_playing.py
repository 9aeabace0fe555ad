"""Games played to their end in a real browser, on a real site."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route
from sqlalchemy import select

import games
from campaigns import GameRound

from .conftest import PHONE, Site
from .runner import RUN

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser: Browser) -> Any:
    """``phone(site, **options)``: a phone on which the member is signed in."""
    contexts: list[BrowserContext] = []

    def pick_up(site: Site, **options: Any) -> Page:
        context = browser.new_context(viewport=PHONE, has_touch=True, **options)
        contexts.append(context)
        site.sign_in(context)
        return context.new_page()

    yield pick_up
    for context in contexts:
        context.close()


def open_sprint(page: Page, site: Site) -> None:
    page.goto(site.page_of(games.game("sprint")) + "?lang=en")
    page.wait_for_selector('.game[data-state="ready"]')


def run(page: Page, scatter: float = 2) -> None:
    page.click("[data-start]")
    page.wait_for_selector('.game[data-state="playing"]')
    page.evaluate(RUN, scatter)


def seconds(counted: GameRound) -> float:
    assert counted.score is not None
    return -(-counted.score // 10) / 100


def wait_for_state(page: Page, name: str, value: object) -> None:
    for _ in range(200):
        if page.evaluate("(name) => document.querySelector('.game').round.state[name]", name) == value:
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"{name} never became {value}")


def shown_score(page: Page) -> float:
    page.wait_for_selector("#result[open]", timeout=90_000)
    return float(page.inner_text('#result [data-slot="score"]'))


def stored(site: Site) -> GameRound:
    with site.database.transaction() as db:
        return db.scalars(select(GameRound).order_by(GameRound.started_at.desc()).limit(1)).one()


def test_touch_reaches_the_rules(site: Any, phone: Any) -> None:
    there = site(games.game("sprint"))
    page = phone(there)
    open_sprint(page, there)
    page.click("[data-start]")
    page.wait_for_selector('.game[data-state="playing"]')
    wait_for_state(page, "phase", "run")
    page.wait_for_timeout(250)
    page.touchscreen.tap(300, 700)
    wait_for_state(page, "steps", 1)
    wait_for_state(page, "foot", "left")


def test_a_slow_phone_with_dropped_frames_is_believed(site: Any, phone: Any) -> None:
    there = site(games.game("sprint"), difficulty="easy")
    page = phone(there)
    open_sprint(page, there)
    run(page, 3)
    # Three times a second the phone does something else for 120 ms, and once for a whole second.
    page.evaluate(
        "() => { const busy = (ms) => { const end = performance.now() + ms; while (performance.now() < end); };"
        "setInterval(() => busy(120), 330); setTimeout(() => busy(1000), 5000); }"
    )
    score = shown_score(page)
    counted = stored(there)
    assert (counted.state, counted.flags) == ("scored", [])
    assert score == seconds(counted)


def test_a_lost_connection_and_a_closed_page_lose_no_race(site: Any, phone: Any) -> None:
    """Once nobody hears, once the answer is lost, then the page is closed: one round, counted once."""
    there = site(games.game("sprint"), difficulty="easy")
    page = phone(there)
    keys: list[str] = []

    def lose(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 2:
            route.fetch()  # The server hears it and answers; the phone does not hear the answer.
        route.abort("internetdisconnected")

    page.route("**/rounds/*/result", lose)
    open_sprint(page, there)
    run(page)
    while len(keys) < 3:
        page.wait_for_timeout(100)
    assert stored(there).state == "scored"
    page.unroute("**/rounds/*/result")
    with page.expect_response("**/rounds/*/result") as answered:
        page.goto(there.page_of(games.game("sprint")) + "?lang=en")
    assert answered.value.headers["idempotent-replayed"] == "true"
    assert shown_score(page) == seconds(stored(there))
    assert len(set(keys)) == 1


def test_a_beginner_who_pauses_arrives_too(site: Any, phone: Any) -> None:
    there = site(games.game("sprint"), difficulty="easy")
    page = phone(there)
    open_sprint(page, there)
    run(page, 9)
    page.wait_for_timeout(1500)
    page.click("[data-pause]")
    page.wait_for_selector('.game[data-state="paused"]')
    before = page.evaluate("document.querySelector('.game').round.tick")
    page.wait_for_timeout(1200)
    assert page.evaluate("document.querySelector('.game').round.tick") == before
    page.click("#pause button")
    page.wait_for_selector('.game[data-state="counting"]')
    score = shown_score(page)
    counted = stored(there)
    assert (counted.state, counted.flags) == ("scored", [])
    assert score == seconds(counted)
    # The page and the server ran the same race to the millisecond.
    assert page.evaluate("document.querySelector('.game').round.score().value") == counted.score
    assert page.inner_text('#result [data-slot="rank"]') == "1"


def test_with_less_motion_the_demonstration_stands_still(site: Any, phone: Any) -> None:
    there = site(games.game("sprint"))
    page = phone(there, reduced_motion="reduce")
    open_sprint(page, there)
    first = page.locator("[data-stage]").screenshot()
    page.wait_for_timeout(400)
    assert page.locator("[data-stage]").screenshot() == first


def test_sound_is_off_until_asked_for(site: Any, phone: Any) -> None:
    there = site(games.game("sprint"))
    page = phone(there)
    page.add_init_script(
        "window.made = 0; const Real = AudioContext;"
        "window.AudioContext = class extends Real { constructor() { super(); window.made += 1; } };"
    )
    open_sprint(page, there)
    page.click("[data-start]")
    page.wait_for_selector('.game[data-state="playing"]')
    page.wait_for_timeout(2500)
    assert page.evaluate("made") == 0
    page.click("[data-sound]")
    assert page.get_attribute("[data-sound]", "aria-pressed") == "true"
    assert page.evaluate("made") == 1


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_wheel_stops_at_what_was_drawn(site: Any, phone: Any, motion: str) -> None:
    there = site(games.game("wheel"))
    page = phone(there, reduced_motion=motion)
    page.goto(there.page_of(games.game("wheel")) + "?lang=en")
    page.wait_for_selector('.game[data-state="ready"]')
    for _ in range(2):
        with page.expect_response("**/plays") as answered:
            page.click("[data-start]")
        drawn = answered.value.json()["prize"]
        page.wait_for_selector("#result[open]", timeout=20_000)
        assert page.inner_text('#result [data-slot="prize"]') == drawn["name"]["en"]
        assert page.evaluate("document.querySelector('.wheel').shows()") == drawn["no"]
        page.keyboard.press("Escape")
        page.wait_for_selector('.game[data-state="ready"]')


def test_a_draw_whose_answer_was_lost_is_shown_again_and_not_drawn_again(site: Any, phone: Any) -> None:
    there = site(games.game("wheel"))
    page = phone(there)
    answers: list[dict[str, Any]] = []

    def lose_first(route: Route) -> None:
        if answers:
            route.continue_()
            return
        answers.append(route.fetch().json())
        route.abort("connectionreset")

    page.route("**/plays", lose_first)
    page.goto(there.page_of(games.game("wheel")) + "?lang=en")
    page.wait_for_selector('.game[data-state="ready"]')
    with page.expect_response("**/plays", timeout=20_000) as answered:
        page.click("[data-start]")
    again = answered.value.json()
    assert again["replayed"]
    assert again["play_id"] == answers[0]["play_id"]
    page.wait_for_selector("#result[open]", timeout=20_000)
    assert page.inner_text('#result [data-slot="prize"]') == answers[0]["prize"]["name"]["en"]
