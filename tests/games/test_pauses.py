"""A round that stands still: nobody gains or loses by it, whatever made it stand."""

from typing import Any

import pytest
from playwright.sync_api import Browser

import games

from .arcade import Hall, visit
from .hand import Hand

pytestmark = pytest.mark.browser

EVERY_SKILL = pytest.mark.parametrize(
    "slug", [one.slug for one in games.discover().values() if one.kind == "skill"]
)
# Where a moment's look at the picture is worth something.
VEILED = {"match-three", "memory"}
IS_SEEN = "getComputedStyle(document.querySelector('[data-stage] canvas')).visibility === 'visible'"
HIDE = """
(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}
"""


def tick(hand: Hand) -> int:
    passed: int = hand.page.evaluate("document.querySelector('.game').round.tick")
    return passed


def pass_the_door(hand: Hand) -> None:
    """Put the phone away and take it out again."""
    hand.page.evaluate(HIDE, True)
    hand.page.evaluate("clock.advance(90_000)")
    hand.page.evaluate(HIDE, False)


@EVERY_SKILL
def test_a_round_stands_still_behind_its_poster(slug: str, hand: Any) -> None:
    it = hand(slug)
    it.frames(30)
    before = tick(it)
    it.pause()
    assert not it.page.evaluate(IS_SEEN)
    it.page.evaluate("clock.advance(1500)")
    seen: list[bool] = []
    it.go_on(during=lambda: seen.append(it.page.evaluate(IS_SEEN)))
    assert seen == [slug not in VEILED]
    assert it.page.evaluate(IS_SEEN)
    assert tick(it) == before + 2
    assert it.did() == []


def test_a_phone_that_is_put_away_finds_its_round_where_it_was(hand: Any) -> None:
    """Also in the countdown of a pause, and while the round is on its way: then too one begins when one is back."""
    it = hand("stack", "Space")
    pass_the_door(it)
    it.becomes("paused")
    before = tick(it)
    it.go_on(during=lambda: pass_the_door(it), to="paused")
    assert tick(it) == before
    it.go_on()
    # One countdown, not two, and its last number does not stay.
    assert it.page.inner_text("[data-message]") == ""
    it.page.evaluate("clock.advance(5000)")
    it.becomes("playing")


def test_a_round_that_comes_while_nobody_looks_waits(hand: Any) -> None:
    it = hand("stack", "Space", started=False)
    it.page.evaluate(HIDE, True)
    it.page.evaluate("document.querySelector('[data-start]').click()")
    it.becomes("paused")


@pytest.mark.parametrize(("has_touch", "state"), [(False, "paused"), (True, "playing")])
def test_a_window_that_is_left_pauses_on_a_desktop(has_touch: bool, state: str, hand: Any) -> None:
    it = hand("slalom", "ArrowLeft", has_touch=has_touch)
    it.hold_key()
    it.page.evaluate("dispatchEvent(new Event('blur'))")
    it.frames()
    it.becomes(state)
    if state == "paused":
        it.go_on()
    # No window hears how a key is let go that it has lost.
    assert it.did() == [["edge", -1], ["edge", 0]]


def test_after_a_stall_the_game_goes_on_from_where_it_stood(hand: Any) -> None:
    """What was pressed meanwhile is not lost, and never more at once than the server believes."""
    it = hand("sprint", "ArrowLeft")
    before = tick(it)
    it.page.evaluate(
        """() => {
          const press = () => dispatchEvent(new KeyboardEvent("keydown", { code: "ArrowLeft" }));
          for (let n = 1; n <= 12; n++) setTimeout(press, n * 100);
          clock.advance(5000);
        }"""
    )
    assert tick(it) == before
    it.frames(6)
    ticks = it.page.evaluate("document.querySelector('.game').round.events.map(([tick]) => tick)")
    assert ticks == [before] * 8 + [before + 1] * 4


def test_a_round_that_stood_still_too_long_says_so(hand: Any) -> None:
    it = hand("stack")
    it.pause()
    it.page.evaluate("{ const now = Date.now; Date.now = () => now() + 2 * 3600 * 1000 }")
    it.page.evaluate("document.querySelector('#pause button').click()")
    it.becomes("ready")
    assert "Start a new one" in it.page.inner_text("[data-message]")


def test_whoever_reads_the_rules_pauses(hand: Any) -> None:
    """The sheet lies over a game that stands still, and closing it does not yet throw one back into the round."""
    it = hand("stack", "Space")
    before = tick(it)
    it.page.click('[data-sheet="odds"]')
    it.becomes("paused")
    it.page.evaluate("clock.advance(5000)")
    assert tick(it) == before
    it.page.keyboard.press("Escape")
    assert it.page.evaluate("[odds.open, pause.open]") == [False, True]
    it.becomes("paused")
    it.go_on()


def test_a_round_that_cannot_pause_offers_no_rules_to_read(hall: Hall, browser: Browser) -> None:
    phone = visit(hall, browser, games.game("quiz"))
    rules = phone.page.locator('[data-sheet="odds"]')
    assert rules.is_visible()
    phone.page.click("[data-start]")
    phone.page.wait_for_selector("[data-answer]:enabled")
    assert not rules.is_visible()
    phone.page.context.close()


def test_escape_pauses_until_one_goes_on(hand: Any) -> None:
    """It is not taken at once for the wish to close the sheet that it has just opened; pressed again, it is."""
    it = hand("stack", "Space")
    it.page.keyboard.press("Escape")
    it.page.evaluate("clock.breathe(200)")
    it.becomes("paused")
    assert it.page.evaluate("pause.open")
    it.page.keyboard.press("Escape")
    it.becomes("counting")
