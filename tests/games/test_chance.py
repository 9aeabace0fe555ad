"""What holds for every game of chance: a draw that does not come, keys alone, less motion, and once more."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

import games

from .arcade import Hall, visit

pytestmark = pytest.mark.browser

EVERY = pytest.mark.parametrize(
    "game", [game for game in games.discover().values() if game.kind == "chance"], ids=lambda game: game.slug
)
PACE = 6
SHOWN = "document.querySelector('[data-stage]').shows()"
REFUSED = {"key": "no_chance", "detail": "You have no chance left."}


@EVERY
def test_a_refused_draw_is_told_and_the_next_one_comes(
    game: games.Game, hall: Hall, browser: Browser
) -> None:
    phone = visit(hall, browser, game)
    page = phone.page
    page.evaluate(f"clock.pace = {PACE}")
    page.route("**/plays", lambda route: route.fulfill(status=409, json=REFUSED))
    page.click("[data-start]")
    page.wait_for_selector('.game[data-state="ready"]')
    assert page.inner_text("[data-message]") == REFUSED["detail"]
    assert page.inner_text("[data-start]") == game.texts["en"]["start"]
    page.unroute("**/plays")
    phone.wrong.clear()
    drawn = play_by_keys(page)
    assert page.evaluate(SHOWN) == drawn["no"]
    assert phone.wrong == []
    page.context.close()


@EVERY
def test_keys_alone_and_less_motion_are_enough(game: games.Game, hall: Hall, browser: Browser) -> None:
    phone = visit(hall, browser, game, language="zh", reduced_motion="reduce")
    phone.fits()
    page = phone.page
    page.evaluate(f"clock.pace = {PACE}")
    for _ in range(2):
        drawn = play_by_keys(page)
        assert page.evaluate(SHOWN) == drawn["no"]
        assert page.inner_text('#result [data-slot="prize"]') == drawn["name"]["zh"]
        page.keyboard.press("Escape")
        page.wait_for_selector('.game[data-state="ready"]')
    assert phone.wrong == []
    assert page.evaluate("shifts") == []
    page.context.close()


@pytest.mark.parametrize("allowed", [None, 1], ids=["no limit", "a limit that is met"])
def test_another_chance_is_offered_only_where_it_could_be_played(
    hall: Hall, browser: Browser, allowed: int | None
) -> None:
    game = games.game("wheel")
    phone = visit(hall, browser, game)
    page = phone.page

    def of_the_last_one(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "chances_left": 0})

    def as_if_limited(route: Route) -> None:
        answer = route.fetch()
        html = answer.text().replace('"allowed":null', f'"allowed":{json.dumps(allowed)}')
        route.fulfill(response=answer, body=html)

    page.route("**/play?*", as_if_limited)
    page.route("**/plays", of_the_last_one)
    # The draw of a campaign that has a challenge as well.
    page.goto(f"{hall.address}/c/{hall.campaigns['sprint'].slug}/play?lang=en")
    page.wait_for_selector('.game[data-state="ready"]')
    page.evaluate(f"clock.pace = {PACE}")
    play_by_keys(page)
    page.keyboard.press("Escape")
    page.wait_for_selector('.game[data-state="spent"]')
    assert page.is_visible("[data-earn]") is (allowed is None)
    assert page.is_visible("[data-back]") is (allowed is not None)
    assert phone.wrong == []
    page.context.close()


def play_by_keys(page: Page) -> dict[str, Any]:
    """Press Enter on the panel's button whenever it offers something, until the draw was shown; what was drawn."""
    page.focus("[data-start]")
    start = page.inner_text("[data-start]")
    with page.expect_response("**/plays") as answered:
        page.keyboard.press("Enter")
    for _ in range(300):
        if page.locator("#result[open]").count():
            break
        if page.inner_text("[data-start]") != start:
            page.keyboard.press("Enter")
        page.wait_for_timeout(30)
    page.wait_for_selector("#result[open]")
    drawn: dict[str, Any] = answered.value.json()["prize"]
    return drawn
