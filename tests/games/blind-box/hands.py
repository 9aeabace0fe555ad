"""What a person does with a blind box: takes one from the shelf and shakes it until it opens."""

from playwright.sync_api import Page


def play(page: Page) -> None:
    """Choose and shake, from the pressed start to the result."""
    page.click('[data-choice="0"]')
    page.wait_for_selector('.box-scene[data-phase="shake"]')
    box = page.locator(".box-scene").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.7
    page.mouse.move(x, y)
    page.mouse.down()
    for swing in range(24):
        if page.locator('.box-scene[data-phase="open"]').count():
            break
        page.mouse.move(x + (60 if swing % 2 else -60), y, steps=5)
    page.mouse.up()
    page.wait_for_selector("#result[open]")
