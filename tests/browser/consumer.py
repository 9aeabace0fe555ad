"""What a consumer does on the phone: joins by a link, spins the wheel, runs, and looks at what came of it."""

import re

from playwright.sync_api import Page, expect

import games
from tests.games.arcade import take_over
from tests.stack import happens

PHONE, NAME = "138 1234 5678", "林晚舟"


def join(page: Page, link: str) -> None:
    """By the link of a guide; ends at the wheel."""
    page.goto(link)
    page.locator(".thumb a.button").click()
    _prove(page, PHONE)
    _introduce(page, NAME)
    expect(page.locator(".game.chance[data-state=ready]")).to_be_visible()


def join_nearest(page: Page, store: str) -> None:
    """From the first page; the phone tells its place, and ``store`` is the nearest."""
    page.goto("/join")
    _prove(page, "138 8765 4321")
    page.locator("[data-locate]").click()
    nearest = page.locator(".store-option").first
    expect(nearest).to_contain_text(store)
    nearest.click()
    _introduce(page, "顾南枝")
    expect(page.locator(".member-card")).to_be_visible()


def _prove(page: Page, phone: str) -> None:
    page.locator("#phone").fill(phone)
    page.locator("form button[type=submit]").click()
    expect(page.locator("#code")).to_be_visible()
    # The sixth digit sends the form.
    page.locator("#code").press_sequentially(_code_of_inbox(page, phone))


def _introduce(page: Page, name: str) -> None:
    page.locator("#name").fill(name)
    page.locator("[name=consent]").check()
    page.locator("form button[type=submit]").click()


def spin(page: Page) -> str:
    """Spin once; what the wheel stops at and the sheet tells is what the server drew. The prize's name."""
    with page.expect_response("**/plays") as answered:
        page.locator("[data-start]").click()
    drawn = answered.value.json()["prize"]
    expect(page.locator("#result")).to_be_visible()
    expect(page.locator("#result [data-slot=prize]")).to_have_text(drawn["name"]["zh"])
    assert page.evaluate("document.querySelector('.wheel').shows()") == drawn["no"]
    return str(drawn["name"]["zh"])


def receipt(page: Page) -> str:
    """Where the draw that the sheet shows is proven."""
    return page.locator("#result [data-link=verify]").get_attribute("href") or ""


def open_coupon(page: Page) -> str:
    """From the sheet to the coupon in the wallet; the code under its QR code."""
    page.locator("#result [data-link=coupon]").click()
    expect(page.locator(".coupon[data-state=issued] .qr svg")).to_be_visible()
    return page.locator(".coupon-number").inner_text()


def run(page: Page, slug: str) -> str:
    """Run the hundred metres to their end; the time as the server counted it."""
    page.goto(f"/c/{slug}/challenge")
    expect(page.locator(".game.skill[data-state=ready]")).to_be_visible()
    take_over(page, games.game("sprint"), "expert")
    page.locator("[data-start]").click()
    expect(page.locator("#result")).to_be_visible()
    assert page.evaluate("document.querySelector('.game').round.state.phase") == "done"
    return page.locator("#result [data-slot=score]").inner_text()


def see_leaderboard(page: Page, score: str) -> None:
    page.locator("#result a[href$='/leaderboard']").click()
    mine = page.locator(".ranks .mine")
    expect(mine).to_contain_text(NAME)
    expect(mine).to_contain_text(score)


def dynamic_code(page: Page) -> str:
    """What the till scans: the digits below the QR code of the member card."""
    page.goto("/me")
    return re.sub(r"\D", "", page.locator(".fresh + .code").inner_text())


def see_points(page: Page, points: int) -> None:
    """A purchase earned them; they come a moment after it."""
    page.goto("/me/points")
    earned = page.locator("#postings .list-row", has_text=f"+{points:,}").first
    assert happens(lambda: page.reload() and earned.is_visible())


def prove(page: Page, address: str) -> None:
    """After the campaign the page, and the browser for itself, compute the draw again."""
    page.goto(address)
    # The scheduler settles the campaign a moment after its end, and so reveals the seed.
    assert happens(lambda: page.reload() and page.locator(".notice.good").is_visible())
    for step in page.locator("[data-proof] li").all():
        expect(step).to_be_visible()


def _code_of_inbox(page: Page, phone: str) -> str:
    inbox = page.context.new_page()
    inbox.goto("/demo/inbox")
    message = inbox.locator(".list-row", has_text="+86" + phone.replace(" ", "")).first
    expect(message).to_be_visible()
    found = re.search(r"\d{6}", message.locator("strong").inner_text())
    assert found
    inbox.close()
    return found.group()
