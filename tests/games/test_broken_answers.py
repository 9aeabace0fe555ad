"""Answers that do not arrive whole, or are not the server's: neither a draw nor a score is lost by them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from playwright.sync_api import Browser, Page, Route

import games

from .arcade import Hall, play_to_the_end, visit

pytestmark = pytest.mark.browser

SPRINT = games.game("sprint")
WHEEL = games.game("wheel")
QUIZ = games.game("quiz")
# What a hotspot answers whoever has not signed in there.
PORTAL = "<!doctype html><title>Welcome to our Wi-Fi</title>"
SIGNED_OUT = {"key": "sign_in", "detail": "Please sign in."}


@pytest.fixture
def phone(hall: Hall, browser: Browser) -> Iterator[Callable[..., Page]]:
    """``phone(game)``: a phone on the page of that game, whose time runs eight times as fast."""
    pages: list[Page] = []

    def pick_up(game: games.Game, **options: Any) -> Page:
        pages.append(visit(hall, browser, game, **options).page)
        pages[-1].evaluate("clock.pace = 8")
        return pages[-1]

    yield pick_up
    for page in pages:
        page.context.close()


@contextmanager
def cut_off(hall: Hall, ending: str) -> Iterator[list[str]]:
    """The first answer to an address with this ending is made, but its second half gets lost; the keys asked under."""
    whole = hall.app.wsgi_app
    keys: list[str] = []

    def half(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer = whole(environ, start_response)
        if not environ["PATH_INFO"].endswith(ending):
            return answer
        keys.append(environ["HTTP_IDEMPOTENCY_KEY"])
        if len(keys) > 1:
            return answer
        body = b"".join(answer)
        return [body[: len(body) // 2]]

    with patch.object(hall.app, "wsgi_app", half):
        yield keys


def behind_a_portal(page: Page, address: str, **answer: Any) -> None:
    """A hotspot answers for us, for as long as it is not unrouted."""
    page.route(address, lambda route: route.fulfill(body=PORTAL, content_type="text/html", **answer))


def test_a_draw_whose_answer_breaks_off_is_shown(phone: Any, hall: Hall) -> None:
    page = phone(WHEEL, reduced_motion="reduce")
    with cut_off(hall, "/plays") as keys:
        page.click("[data-start]")
        page.wait_for_selector("#result[open]")
    assert len(keys) == 2
    assert len(set(keys)) == 1


NO_TIME_TO_WAIT = """(chance) => {
  Math.random = () => chance;
  window.waits = [];
  const later = window.setTimeout;
  window.setTimeout = (act, ms, ...rest) => { window.waits.push(ms); return later(act, 0, ...rest); };
}"""


@pytest.mark.parametrize(("chance", "wait"), [(0, 1000), (0.75, 1750)])
def test_a_crowd_that_was_sent_away_does_not_come_back_in_one_moment(
    phone: Any, chance: float, wait: int
) -> None:
    page = phone(WHEEL, reduced_motion="reduce")
    crowd = {
        "status": 503,
        "headers": {"Retry-After": "1"},
        "json": {"key": "overloaded", "detail": "Later."},
    }
    page.route("**/plays", lambda route: route.fulfill(**crowd), times=1)
    page.evaluate(NO_TIME_TO_WAIT, chance)
    page.click("[data-start]")
    page.wait_for_selector("#result[open]")
    assert wait in page.evaluate("window.waits")


def test_a_score_whose_answer_breaks_off_is_shown(phone: Any, hall: Hall) -> None:
    page = phone(SPRINT)
    with cut_off(hall, "/result") as keys:
        assert play_to_the_end(page, SPRINT, "beginner")["state"] == "result"
    assert len(keys) == 2
    assert len(set(keys)) == 1


@pytest.mark.parametrize("status", [200, 403])
def test_the_page_of_a_portal_is_no_answer_to_a_draw(status: int, phone: Any) -> None:
    page = phone(WHEEL, reduced_motion="reduce")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.headers.get("idempotency-key", "")))
    behind_a_portal(page, "**/plays", status=status)
    page.click("[data-start]")
    page.evaluate("clock.pace = 16")
    page.wait_for_selector('.game[data-state="lost"]')
    assert "Nothing is lost" in page.inner_text("[data-message]")
    page.unroute("**/plays")
    page.click("[data-retry]")
    page.wait_for_selector("#result[open]")
    assert len(set(filter(None, asked))) == 1


def test_the_page_of_a_portal_is_no_answer_to_a_round(phone: Any, hall: Hall) -> None:
    page = phone(SPRINT)
    behind_a_portal(page, "**/result")
    play_to_the_end(page, SPRINT, "beginner")
    page.wait_for_selector('.game[data-state="lost"]')
    page.unroute("**/result")
    with page.expect_response("**/result") as answered:
        page.goto(hall.page_of(SPRINT))
    page.wait_for_selector("#result[open]")
    assert answered.value.status == 200


def test_the_page_of_a_portal_is_no_question(phone: Any) -> None:
    page = phone(QUIZ)
    behind_a_portal(page, "**/questions/1")
    page.click("[data-start]")
    page.evaluate("clock.pace = 16")
    page.wait_for_selector('.game[data-state="lost"]')
    page.unroute("**/questions/1")
    page.click("[data-retry]")
    page.wait_for_selector("[data-answer]:enabled")


def test_whoever_was_signed_out_is_shown_the_draw_later(phone: Any) -> None:
    page = phone(WHEEL, reduced_motion="reduce")
    drawn: list[dict[str, Any]] = []

    def sign_out(route: Route) -> None:
        drawn.append(route.fetch().json())
        route.fulfill(status=401, json=SIGNED_OUT)

    page.route("**/plays", sign_out)
    page.click("[data-start]")
    page.wait_for_selector('.game[data-state="lost"]')
    assert page.inner_text("[data-message]") == SIGNED_OUT["detail"]
    page.unroute("**/plays")
    with page.expect_response("**/plays") as answered:
        page.reload()
    assert answered.value.json()["play_id"] == drawn[0]["play_id"]
    page.wait_for_selector("#result[open]")
