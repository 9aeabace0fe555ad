"""What a shop guide does on the workbench: shares a link, sees what happens, looks at a member, writes and sends."""

from playwright.sync_api import Locator, Page, expect

from scrm.demo.seed import PASSWORD


def sign_in(page: Page, login: str) -> None:
    page.goto("/guide/sign-in")
    page.locator("#login").fill(login)
    page.locator("#password").fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    expect(page.locator("#feed")).to_be_visible()


def own_link(page: Page, campaign: str) -> str:
    """The link to the campaign that carries the guide's own channel code."""
    page.goto("/guide/me")
    page.locator(".chip", has_text=campaign).click()
    expect(page.locator(".own-code svg").first).to_be_visible()
    return page.locator(".own-code [data-url]").get_attribute("data-url") or ""


def line(page: Page, kind: str, name: str) -> Locator:
    """A line of today's feed: ``win``, ``join`` or ``sale``."""
    return page.locator(f".feed-line[data-kind={kind}]", has_text=name)


def open_conversation(page: Page, member: str) -> None:
    """Through the member's card."""
    page.locator(".feed-what", has_text=member).first.click()
    expect(page.get_by_role("heading", name=member)).to_be_visible()
    page.locator(".thumb a.button").first.click()
    expect(page.locator(".composer")).to_be_visible()


def send(page: Page, sheet: str, name: str) -> None:
    """Put a coupon (``coupons``) or a game (``games``) into the conversation."""
    page.locator(f"[data-sheet={sheet}]").click()
    page.locator(f"[data-send={sheet}]", has_text=name).click()


def write(page: Page, text: str) -> None:
    """What either side does to say something."""
    page.locator(".composer textarea").fill(text)
    page.locator(".composer-send").click()


def said(page: Page, text: str) -> Locator:
    """The bubbles with exactly this text that the server has numbered."""
    return page.locator(".bubble[data-seq] p").get_by_text(text, exact=True)
