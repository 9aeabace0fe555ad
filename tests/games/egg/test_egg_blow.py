"""What a blow on an egg needs is there before it falls."""

import pytest
from playwright.sync_api import Browser, Page

import games
from tests.games.arcade import Hall, visit

pytestmark = pytest.mark.browser

SPARKS = "(({ width, height }) => [width, height])(document.querySelector('canvas.sparks'))"


def fits(page: Page) -> bool:
    """Whether the canvas has as many pixels as the stage; a laden machine may need a moment to notice."""
    for _ in range(50):
        stage = page.locator("[data-stage]").bounding_box()
        assert stage
        if page.evaluate(SPARKS) == [round(stage["width"]), round(stage["height"])]:
            return True
        page.evaluate("clock.breathe(20)")
    return False


def test_the_shards_have_their_canvas_before_the_blow(hall: Hall, browser: Browser) -> None:
    phone = visit(hall, browser, games.game("egg"))
    assert fits(phone.page)
    assert not phone.page.locator("canvas.sparks").is_visible()
    # It grows and shrinks with the stage, not with the blow.
    phone.page.set_viewport_size({"width": 320, "height": 700})
    assert fits(phone.page)
    phone.page.context.close()
