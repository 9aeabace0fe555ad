"""Sound that was wanted last time comes back with the first gesture, and is never heard late or against one's will."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

import games

from .arcade import Hall, visit

pytestmark = pytest.mark.browser

SPRINT = games.game("sprint")
# A clock of sound in the test's hand, and what was asked of it.
HEARD = """
window.heard = { resumed: 0, voices: 0, state: "running" };
const Real = AudioContext;
window.AudioContext = class extends Real {
  get state() { return heard.state; }
  resume() { heard.resumed += 1; return Promise.resolve(); }
  createGain() { heard.voices += 1; return super.createGain(); }
};
"""
# A runner who steps left at every half second.
RUN = """
for (let steps = 0; steps < 20; steps++) {
  dispatchEvent(new KeyboardEvent("keydown", { code: "ArrowLeft" }));
  clock.advance(480);
}
"""
TOUCH = (
    "(kind) => document.body.dispatchEvent(new PointerEvent(kind, { bubbles: true, pointerType: 'touch' }))"
)


@pytest.fixture
def wishing(hall: Hall, browser: Browser) -> Iterator[Callable[[], Page]]:
    """``wishing()``: a phone on which sound was on last time."""
    pages: list[Page] = []

    def pick_up() -> Page:
        page = visit(hall, browser, SPRINT).page
        pages.append(page)
        page.add_init_script(HEARD)
        page.evaluate("localStorage.setItem('sound', 'on')")
        page.reload()
        page.wait_for_selector('.game[data-state="ready"]')
        assert not is_on(page)
        return page

    yield pick_up
    for page in pages:
        page.context.close()


def is_on(page: Page) -> bool:
    return page.get_attribute("[data-sound]", "aria-pressed") == "true"


@pytest.mark.parametrize("press", ["click", "tap"])
def test_the_button_itself_turns_it_on(press: str, wishing: Any) -> None:
    page = wishing()
    getattr(page, press)("[data-sound]")
    assert is_on(page)
    getattr(page, press)("[data-sound]")
    assert not is_on(page)
    # What was decided since is not undone by a gesture elsewhere.
    page.keyboard.press("ArrowLeft")
    assert not is_on(page)


def test_a_touch_grants_the_wish_when_it_ends(wishing: Any) -> None:
    """Its beginning allows no sound on an iPhone."""
    page = wishing()
    page.evaluate(TOUCH, "pointerdown")
    assert not is_on(page)
    page.evaluate(TOUCH, "pointerup")
    assert is_on(page)


def test_a_key_grants_the_wish(wishing: Any) -> None:
    page = wishing()
    page.keyboard.press("ArrowLeft")
    assert is_on(page)


def test_while_the_phone_forbids_sound_none_is_saved_up(wishing: Any) -> None:
    page = wishing()
    page.evaluate("heard.state = 'suspended'")
    page.click("[data-start]")
    page.wait_for_selector('.game[data-state="playing"]')
    assert is_on(page)
    page.evaluate(RUN)
    asked = page.evaluate("heard")
    assert asked["voices"] == 0
    assert asked["resumed"] > 1
    page.evaluate("heard.state = 'running'")
    page.evaluate(RUN)
    assert page.evaluate("heard.voices") > 0
