"""What a blow on an egg needs is there before it falls."""

import pytest
from playwright.sync_api import Browser

import games
from tests.games.arcade import Hall, visit

pytestmark = pytest.mark.browser

SPARKS = "(({ width, height }) => [width, height])(document.querySelector('canvas.sparks'))"


def test_the_shards_have_their_canvas_before_the_blow(hall: Hall, browser: Browser) -> None:
    phone = visit(hall, browser, games.game("egg"))
    page = phone.page
    stage = page.locator("[data-stage]").bounding_box()
    assert stage
    assert page.evaluate(SPARKS) == [round(stage["width"]), round(stage["height"])]
    assert not page.locator("canvas.sparks").is_visible()
    # It grows and shrinks with the stage, not with the blow.
    page.set_viewport_size({"width": 320, "height": 700})
    page.wait_for_function("document.querySelector('canvas.sparks').width === 320")
    phone.went_well()
