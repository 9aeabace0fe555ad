"""What a person does in the rain: taps packets here and there, then opens the golden one."""

from playwright.sync_api import Page


def play(page: Page) -> None:
    """Catch and open, from the pressed start to the result."""
    box = page.locator(".rain-sky").bounding_box()
    assert box
    for tap in range(400):
        if not page.locator('.rain[data-phase="rain"]').count():
            break
        lane = (tap * 2 + 1) % 5
        page.mouse.click(box["x"] + box["width"] * (lane + 0.5) / 5, box["y"] + box["height"] * 0.6)
        page.wait_for_timeout(60)
    page.wait_for_selector('.rain[data-phase="gold"]')
    page.locator(".rain-golden").click()
    page.wait_for_selector("#result[open]")
