"""A prize that is added while pages are open: whoever draws it there sees it like any other."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

import games

from .arcade import Hall, visit
from .test_chance import EVERY

pytestmark = pytest.mark.browser

WHEEL = games.game("wheel")
NEW = {"no": 5, "name": {"en": "A thermos flask", "zh": "保温杯"}, "kind": "none"}


@pytest.fixture
def phone(hall: Hall, browser: Browser) -> Iterator[Callable[..., Page]]:
    """``phone(game)``: a phone on a page that was opened before prize 5 was added."""
    pages: list[Page] = []

    def pick_up(game: games.Game) -> Page:
        page = visit(hall, browser, game, reduced_motion="reduce").page
        pages.append(page)
        page.evaluate("clock.pace = 8")
        page.add_init_script("addEventListener('load', () => (clock.pace = 8))")
        page.route("**/plays", draws_the_new_one)
        return page

    yield pick_up
    for page in pages:
        page.context.close()


def draws_the_new_one(route: Route) -> None:
    answer = route.fetch()
    drawn = answer.json()
    route.fulfill(response=answer, json={**drawn, "prize": {**drawn["prize"], **NEW}})


def published(page: Page) -> None:
    """From now on the page knows prize 5."""

    def with_it(route: Route) -> None:
        line = r'\1{"kind": "none", "name": "A thermos flask", "no": 5}, '
        body, found = re.subn(r'("prizes": ?\[)', line, route.fetch().text())
        assert found == 1
        route.fulfill(body=body, content_type="text/html")

    page.route("**/play?lang=en", with_it)


def press_on(page: Page, start: str) -> None:
    """Do what the panel's button offers beside ``start``, until the draw was shown."""
    for _ in range(300):
        if page.locator("#result[open]").count():
            break
        if page.inner_text("[data-start]") != start:
            page.press("[data-start]", "Enter")
        page.wait_for_timeout(30)
    page.wait_for_selector("#result[open]")


@EVERY
def test_the_page_is_loaded_anew_and_shows_what_was_drawn(game: games.Game, phone: Any) -> None:
    page = phone(game)
    published(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.headers.get("idempotency-key", "")))
    page.click("[data-start]")
    press_on(page, game.texts["en"]["start"])
    assert page.inner_text('#result [data-slot="prize"]') == "A thermos flask"
    assert page.evaluate("document.querySelector('[data-stage]').shows()") == 5
    keys = [key for key in asked if key]
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_a_page_that_does_not_know_it_even_then_tells_of_it_at_least(phone: Any) -> None:
    page = phone(WHEEL)
    loaded: list[str] = []
    page.on("load", lambda: loaded.append(page.url))
    page.click("[data-start]")
    page.wait_for_selector("#result[open]")
    assert page.inner_text('#result [data-slot="prize"]') == "A thermos flask"
    assert len(loaded) == 1


def test_a_draw_is_open_until_it_was_seen(hall: Hall, browser: Browser) -> None:
    """Whoever closes the page while the wheel turns is shown next time where it stops."""
    page = visit(hall, browser, WHEEL).page
    with page.expect_response("**/plays") as first:
        page.click("[data-start]")
    drawn = first.value.json()
    page.evaluate("clock.breathe(200)")
    with page.expect_response("**/plays") as second:
        page.reload()
    assert second.value.json()["play_id"] == drawn["play_id"]
    page.evaluate("clock.pace = 8")
    page.wait_for_selector("#result[open]")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('pending:'))") == []
    page.context.close()
