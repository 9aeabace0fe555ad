"""Pictures of every page, at phone and desktop size, in both languages, for people to look at.

``python -m tests.browser.shots http://localhost:8000 /tmp/shots [part of a name]`` on a running demo
installation. Beside the pictures it tells which pages are wider than their screen, broke, or show English to
Chinese readers.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scrm.demo.seed import PASSWORD
from tests.conftest import chromium

SIZES = {"phone": (390, 844), "desktop": (1440, 900)}
LANGUAGES = ("zh", "en")
# Words that are the same in both languages: the brand, what machines read, and file kinds.
LATIN = re.compile(r"SNOWLETTER|English|[A-Z0-9]{2,}|[\w.-]*[\d_/@:.=-][\w.-]*|Enter|Ctrl|Alt|Esc\w*|iPhone")


@dataclass(frozen=True)
class Shot:
    """One page as somebody sees it; ``path`` may be the text of a link's address on the page before it."""

    who: str
    name: str
    path: str


VISITOR = (
    Shot("visitor", "home", "/"),
    Shot("visitor", "campaign", "/c/first-snow"),
    Shot("visitor", "campaign-soon", "/c/twelve-twelve"),
    Shot("visitor", "campaign-over", "/c/autumn-warm-up"),
    Shot("visitor", "leaderboard", "/c/first-snow/leaderboard"),
    Shot("visitor", "watch", "/c/first-snow/leaderboard >> a.watch-link"),
    Shot("visitor", "season", "/seasons/winter-cup"),
    Shot("visitor", "join", "/join"),
    Shot("visitor", "privacy", "/privacy"),
    Shot("visitor", "not-found", "/c/no-such-campaign"),
    Shot("visitor", "inbox", "/demo/inbox"),
    Shot("visitor", "api-docs", "/v1/docs"),
    Shot("visitor", "guide-sign-in", "/guide/sign-in"),
    Shot("visitor", "console-sign-in", "/console/sign-in"),
)
MEMBER = (
    Shot("member", "home", "/"),
    Shot("member", "campaign", "/c/first-snow"),
    Shot("member", "wheel", "/c/first-snow/play"),
    Shot("member", "sprint", "/c/first-snow/challenge"),
    Shot("member", "leaderboard", "/c/first-snow/leaderboard"),
    Shot("member", "leaderboard-today", "/c/first-snow/leaderboard?of=day"),
    Shot("member", "leaderboard-friends", "/c/first-snow/leaderboard?of=friends"),
    Shot("member", "season", "/seasons/winter-cup"),
    Shot("member", "me", "/me"),
    Shot("member", "points", "/me/points"),
    Shot("member", "wallet", "/wallet"),
    Shot("member", "past", "/wallet/past"),
    Shot("member", "coupon", "/wallet >> a.ticket"),
    Shot("member", "chat", "/chat"),
)
GUIDE = (
    *(
        Shot(who, name, path)
        for who in ("guide001", "manager001")
        for name, path in (
            ("today", "/guide/today"),
            ("everything", "/guide/today?show=all"),
            ("members", "/guide/members"),
            ("nobody-found", "/guide/members?q=zzzz"),
            ("card", "/guide/members >> a.list-row"),
            ("conversations", "/guide/conversations"),
            ("waiting", "/guide/conversations?show=waiting"),
            ("results", "/guide/results"),
            ("season", "/guide/season"),
            ("me", "/guide/me"),
            ("unknown-member", "/guide/conversations/01a00000-0000-7000-8000-000000000000"),
        )
    ),
    Shot("guide001", "conversation", "/guide/conversations >> #conversations a.list-row"),
)
OF_CAMPAIGN = ("edit", "edit#prizes", "edit#game", "edit#entry", "edit#texts", "report", "winners", "rehearsal",
               "share", "publication", "history", "preview", "poster")  # fmt: skip
CONSOLE = (
    Shot("admin", "home", "/console/"),
    Shot("admin", "campaigns", "/console/campaigns"),
    Shot("admin", "campaigns-none", "/console/campaigns?q=zzzz"),
    Shot("admin", "new-campaign", "/console/campaigns/new"),
    *(
        Shot("admin", f"campaign-{page.replace('#', '-')}", f"/console/campaigns >> {{first-snow}}/{page}")
        for page in OF_CAMPAIGN
    ),
    Shot("admin", "over-report", "/console/campaigns >> {autumn-warm-up}/report"),
    Shot("admin", "soon-report", "/console/campaigns >> {twelve-twelve}/report"),
    Shot("admin", "seasons", "/console/seasons"),
    Shot("admin", "season", "/console/seasons >> tbody a"),
    Shot("admin", "new-season", "/console/seasons/new"),
    Shot("admin", "coupons", "/console/coupons"),
    Shot("admin", "coupon", "/console/coupons >> tbody a"),
    Shot("admin", "new-coupon", "/console/coupons/new"),
    Shot("admin", "members", "/console/members"),
    Shot("admin", "member", "/console/members?q=lin >> tbody a"),
    Shot("admin", "tiers", "/console/tiers"),
    Shot("admin", "tier", "/console/tiers >> tbody a"),
    Shot("admin", "stores", "/console/stores"),
    Shot("admin", "store", "/console/stores >> tbody a"),
    Shot("admin", "staff", "/console/staff"),
    Shot("admin", "staff-member", "/console/staff >> tbody a"),
    Shot("admin", "new-staff", "/console/staff/new"),
    Shot("admin", "api-keys", "/console/api-keys"),
    Shot("admin", "operations", "/console/operations"),
    Shot("admin", "audit", "/console/audit"),
    Shot("auditor", "home", "/console/"),
    Shot("auditor", "refused", "/console/campaigns/new"),
)
SHOTS = (*VISITOR, *MEMBER, *GUIDE, *CONSOLE)


class Photographer:
    """Keeps a browser context for each person, size and language, signed in once for each person."""

    def __init__(self, browser: Browser, address: str, folder: Path) -> None:
        self._browser = browser
        self._address = address
        self._folder = folder
        self._cookies: dict[str, Any] = {}

    def take(self, shot: Shot, size: str, language: str) -> list[str]:
        """Take one picture; what is plainly wrong with the page."""
        width, height = SIZES[size]
        context = self._context(shot.who, width, height, language)
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("response", lambda it: faults.append(f"{it.status} {it.url}") if it.status >= 500 else None)
        try:
            self._go(page, shot.path)
            faults += _faults(page, width, language)
            name = f"{shot.who}-{shot.name}-{size}-{language}.png"
            page.screenshot(path=self._folder / name, full_page=True, animations="disabled")
        finally:
            context.close()
        return faults

    def _context(self, who: str, width: int, height: int, language: str) -> BrowserContext:
        context = self._browser.new_context(
            base_url=self._address,
            viewport={"width": width, "height": height},
            locale="zh-CN" if language == "zh" else "en-US",
            reduced_motion="reduce",
        )
        if who not in self._cookies:
            self._cookies[who] = self._signed_in(who)
        context.set_default_timeout(15_000)
        context.add_cookies(self._cookies[who])
        context.add_cookies([{"name": "lang", "value": language, "url": self._address}])
        return context

    def _signed_in(self, who: str) -> Any:
        context = self._browser.new_context(base_url=self._address)
        page = context.new_page()
        if who == "member":
            _sign_in_member(page)
        elif who != "visitor":
            front = "guide" if who.endswith("001") else "console"
            page.goto(f"/{front}/sign-in")
            page.locator("[name=login]").fill(who)
            page.locator("[name=password]").fill(PASSWORD)
            page.locator("[name=password]").press("Enter")
            page.wait_for_url(re.compile(rf"/{front}/(?!sign-in)|/{front}$"))
        cookies = [cookie for cookie in context.cookies() if cookie["name"] != "lang"]
        context.close()
        return cookies

    def _go(self, page: Page, path: str) -> None:
        """To the path; behind ``>>`` stands a link to follow, or a campaign's name and the page of it."""
        path, _, onward = path.partition(" >> ")
        page.goto(path)
        if onward.startswith("{"):
            slug, _, rest = onward[1:].partition("}")
            row = page.locator("tr", has_text=slug).locator("a").first
            href = (row.get_attribute("href") or "").split("#")[0]
            campaign = re.sub(r"(/campaigns/[0-9a-f-]{36}).*", r"\1", href)
            page.goto(f"{campaign}{rest}")
        elif onward:
            page.goto(page.locator(onward).first.get_attribute("href") or "/")
        page.wait_for_load_state("networkidle")
        if page.locator(".game").count():
            page.locator(".game:not([data-state=loading])").wait_for()


def _sign_in_member(page: Page) -> None:
    """As the first member of a guide, whose number the member's card shows."""
    page.goto("/guide/sign-in")
    page.locator("[name=login]").fill("guide001")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/guide/today")
    page.goto("/guide/members?of=mine")
    page.goto(page.locator("a.list-row").first.get_attribute("href") or "/")
    phone = (page.locator("a[href^='tel:']").get_attribute("href") or "").removeprefix("tel:")
    page.goto("/join")
    page.locator("#phone").fill(phone)
    page.locator("form button[type=submit]").click()
    page.wait_for_url("**/join/code**")
    inbox = page.context.new_page()
    inbox.goto("/demo/inbox")
    message = inbox.locator(".list-row", has_text=phone).first
    message.wait_for()
    (code,) = re.findall(r"\d{6}", message.locator("strong").inner_text())
    page.locator("#code").press_sequentially(code)
    page.wait_for_url(lambda url: "/join" not in url)


def _faults(page: Page, width: int, language: str) -> Iterator[str]:
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        yield f"{wide - width} px wider than the screen"
    if language == "zh":
        lines = page.locator("body").inner_text().splitlines()
        foreign = [line.strip() for line in lines if re.search(r"[A-Za-z]{3,}", LATIN.sub("", line))]
        yield from (f"English: {line[:90]}" for line in dict.fromkeys(foreign))


def main(address: str, folder: str, part: str = "") -> None:
    """Take all pictures, or those whose person and name contain ``part``."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium())
        photographer = Photographer(browser, address, Path(folder))
        for shot, size, language in product(SHOTS, SIZES, LANGUAGES):
            title = f"{shot.who} {shot.name}"
            if part not in title:
                continue
            try:
                faults = photographer.take(shot, size, language)
            except Exception as error:
                faults = [str(error).splitlines()[0]]
            print(title, size, language, *(f"\n    {fault}" for fault in faults))


if __name__ == "__main__":
    main(*sys.argv[1:])
