"""What a player is told of a round that does not count, or not yet."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import games

from .arcade import Hall, play_to_the_end, visit
from .hand import Hand

pytestmark = pytest.mark.browser

SPRINT = games.game("sprint")
TEXTS = {
    "en": ("This round does not count", "more evenly than hands can", "the next round counts again"),
    "zh": ("本局不计成绩", "比人手还要均匀", "下一局照常计入"),
}


def play_without_connection(hand: Hand) -> Page:
    """A whole round of a beginner, whose result finds nobody."""
    page = hand.page
    page.route("**/rounds/*/result", lambda route: route.abort("internetdisconnected"))
    hand.let_play(SPRINT)
    page.evaluate("clock.pace = 16")
    hand.becomes("lost")
    page.unroute("**/rounds/*/result")
    return page


def message(page: Page, text: str) -> None:
    expect(page.locator("[data-message]")).to_contain_text(text)


@pytest.mark.parametrize("language", TEXTS)
def test_a_flagged_round_says_so(language: str, hall: Hall, browser: Browser) -> None:
    phone = visit(hall, browser, SPRINT, language)
    play_to_the_end(phone.page, SPRINT, "machine")
    sheet = phone.page.locator("#result")
    for text in TEXTS[language]:
        expect(sheet).to_contain_text(text)
    for text in (sheet.locator(".figures"), sheet.get_by_text("Personal best")):
        expect(text).to_be_hidden()
    phone.went_well()


def test_a_round_that_counts_says_nothing_of_flags(hall: Hall, browser: Browser) -> None:
    phone = visit(hall, browser, SPRINT)
    play_to_the_end(phone.page, SPRINT, "beginner")
    expect(phone.page.locator("#result .game-flagged")).to_be_hidden()
    expect(phone.page.locator("#result .figures")).to_be_visible()
    phone.went_well()


def test_a_result_that_waits_says_until_when_and_why_it_is_refused(hand: Any, hall: Hall) -> None:
    it = hand("sprint")
    page = play_without_connection(it)
    message(page, "counts if it is sent by")
    hall.ahead += timedelta(hours=2)
    page.click("[data-retry]")
    it.becomes("ready")
    message(page, "Your round could not be counted. The result arrived too late to count.")


def test_whoever_is_signed_out_meanwhile_loses_no_round(hand: Any, hall: Hall) -> None:
    it = hand("sprint")
    page = play_without_connection(it)
    page.context.clear_cookies()
    page.click("[data-retry]")
    message(page, "Please sign in first.")
    it.becomes("lost")
    hall.sign_in(page.context)
    page.click("[data-retry]")
    page.wait_for_selector("#result[open]")


def test_the_server_is_told_of_pauses(hand: Any) -> None:
    it = hand("sprint")
    for _ in range(2):
        it.pause()
        it.go_on()
    it.let_play(SPRINT)
    with it.page.expect_request("**/rounds/*/result") as sent:
        it.page.evaluate("clock.pace = 16")
    assert sent.value.post_data_json["pauses"] == 2
