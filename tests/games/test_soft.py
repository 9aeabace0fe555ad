"""A phone that was found to be too slow for sharp pictures begins the next game without them."""

import pytest
from playwright.sync_api import Browser

import games

from .arcade import Hall, visit

pytestmark = pytest.mark.browser
CANVAS = """
(({ dataset, width, clientWidth }) => [dataset.sharpness, width / clientWidth])(document.querySelector("canvas"))
"""


def test_the_next_page_remembers(hall: Hall, browser: Browser) -> None:
    phone = visit(hall, browser, games.game("sprint"), device_scale_factor=2)
    assert phone.page.evaluate(CANVAS) == ["2", 2]
    phone.page.evaluate("sessionStorage.setItem('soft', 'yes')")
    phone.page.reload()
    phone.page.wait_for_selector('.game[data-state="ready"]')
    assert phone.page.evaluate(CANVAS) == ["1", 1]
    assert phone.wrong == []
    phone.page.context.close()
