"""What a marketer does in the console: builds a wheel, publishes and shares it, reads its report, ends it."""

import csv
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from scrm.demo.seed import PASSWORD

TITLE = {"en": "Coats and Kettles", "zh": "冬衣与热茶"}
VOUCHER = {"en": "A cashmere scarf", "zh": "羊绒围巾礼品券"}
COUPON = {"en": "50 yuan off", "zh": "五十元暖冬券"}
NEARLY_NEVER, NEARLY_ALWAYS = "0.0001", "99.9998"


def sign_in(page: Page, login: str) -> None:
    page.goto("/console/sign-in")
    page.get_by_label("Login name").fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Campaigns").first).to_be_visible()


def begin_wheel(page: Page, slug: str) -> None:
    """From the template of the wheel, as of an hour ago."""
    page.goto("/console/campaigns/new")
    page.get_by_text("Prize wheel").click()
    page.get_by_label("Address").fill(slug)
    page.get_by_role("button", name="Begin").click()
    hour_ago = datetime.now(ZoneInfo("Asia/Shanghai")) - timedelta(hours=1)
    _fill(page, "title", **TITLE)
    page.fill("[name='period.starts_at']", hour_ago.strftime("%Y-%m-%dT%H:%M"))


def add_prizes(page: Page) -> None:
    """The points of the template, 1,000 vouchers, and a coupon that as good as every spin wins."""
    page.locator(".step-link[href='#prizes']").click()
    page.fill("[name='prizes.0.odds_ppm']", NEARLY_NEVER)
    voucher = _new_prize(page, **VOUCHER)
    _field(voucher, "kind").select_option("gift")
    _field(voucher, "stock").fill("1000")
    _field(voucher, "odds_ppm").fill(NEARLY_NEVER)
    # The gate tells what is missing as soon as it is, and leaves no way round.
    complaints = page.locator("#standing .complaints li")
    expect(complaints).to_have_text([re.compile("Choose the coupon that this prize gives.")])
    expect(page.get_by_role("button", name="Publish …")).to_be_disabled()
    _field(voucher, "template_id").select_option(label="A cashmere scarf")
    expect(complaints).to_have_text([re.compile("State what this prize is worth.")])
    _field(voucher, "value_fen").fill("499")
    expect(page.get_by_text("Nothing stops publication.")).to_be_visible()
    coupon = _new_prize(page, **COUPON)
    _field(coupon, "template_id").select_option(label="50 yuan off from 500")
    _field(coupon, "value_fen").fill("50")
    _field(coupon, "odds_ppm").fill(NEARLY_ALWAYS)
    expect(page.locator("[data-odds-sum]")).to_have_text("100 %")


def see_preview(page: Page) -> None:
    screen = page.frame_locator("[data-preview]")
    expect(screen.locator("h1")).to_have_text(TITLE["en"])
    expect(screen.locator(".prize")).to_have_count(3)


def publish(page: Page) -> None:
    page.get_by_role("link", name="Publish …").click()
    page.get_by_label("I have checked prizes, odds and rules.").check()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".share-card .share-qr svg").first).to_be_visible()
    expect(page.get_by_text("Running").first).to_be_visible()


def make_api_key(page: Page, store: str) -> str:
    """A key for that store's till, as the one page that ever shows it says it."""
    page.goto("/console/api-keys")
    page.get_by_label("Used by").fill("POS")
    page.get_by_label("Store").select_option(label=store)
    for scope in page.locator("[name='scopes']").all():
        scope.check()
    page.get_by_role("button", name="Make key").click()
    return page.locator("code.secret").inner_text()


def open_report(page: Page) -> None:
    page.get_by_role("link", name="Report").click()


def figure(page: Page, name: str) -> Locator:
    """A figure of the report, which the page keeps fresh by itself."""
    return page.locator(".figures div", has=page.locator("dt", has_text=re.compile(f"^{name}$"))).locator(
        "dd"
    )


def exported(page: Page) -> dict[str, list[str]]:
    """The rows of the report as a spreadsheet reads them, by their first cell."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Export CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    return {row[0]: row[1:] for row in csv.reader(text.splitlines()) if row}


def end_early(page: Page) -> None:
    page.get_by_role("button", name="End early").click()
    page.get_by_role("button", name="End the campaign").click()
    expect(page.get_by_text("Ended").first).to_be_visible()


def let_go(page: Page, login: str) -> None:
    """A colleague has left: the page says who takes over their members first."""
    page.goto(f"/console/staff?q={login}")
    page.locator("#rows a, table a").first.click()
    page.get_by_role("link", name="They leave").click()
    page.get_by_role("button", name="They have left").click()
    expect(page.get_by_text("handed over")).to_be_visible()


def _new_prize(page: Page, *, en: str, zh: str) -> Locator:
    """Ask for another prize, which draws the page anew, and name it."""
    prizes = page.locator("[data-prize]")
    before = prizes.count()
    page.get_by_role("button", name="Add a prize").click()
    expect(prizes).to_have_count(before + 1)
    _field(prizes.last, "name.en").fill(en)
    _field(prizes.last, "name.zh").fill(zh)
    return prizes.last


def _field(prize: Locator, name: str) -> Locator:
    return prize.locator(f"[name$='.{name}']")


def _fill(page: Page, name: str, *, en: str, zh: str) -> None:
    page.fill(f"[name='{name}.en']", en)
    page.fill(f"[name='{name}.zh']", zh)
