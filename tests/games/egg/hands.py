"""What a person does with the eggs: takes the left one, and strikes it until it bursts."""

from playwright.sync_api import Page


def play(page: Page) -> None:
    """Choose and strike, from the pressed start to the result."""
    page.click('[data-choice="0"]')
    page.wait_for_selector('.egg-scene[data-phase="crack"]')
    for _ in range(20):
        if page.locator("#result[open]").count() or page.locator('.egg-scene[data-phase="open"]').count():
            break
        page.locator(".egg-scene").click(position={"x": 150, "y": 200})
        page.wait_for_timeout(350)
    page.wait_for_selector("#result[open]")
