"""What a person does with a scratch card: rubs to and fro with a finger until it opens."""

from playwright.sync_api import Page


def play(page: Page) -> None:
    """Rub from top to bottom, from the pressed start to the result."""
    box = page.locator(".scratch-cover").bounding_box()
    assert box
    page.wait_for_selector(".scratch-under:not([hidden])", state="attached")
    page.mouse.move(box["x"] + 12, box["y"] + 16)
    page.mouse.down()
    for band in range(1, 14):
        if page.locator(".scratch[data-open]").count():
            break
        y = box["y"] + min(16 + band * 24, box["height"] - 8)
        page.mouse.move(box["x"] + (box["width"] - 12 if band % 2 else 12), y, steps=8)
    page.mouse.up()
    page.wait_for_selector("#result[open]")
