"""All games in one hall: a site with a campaign for each, a phone in it, and time that tests move on themselves."""

import importlib.util
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

from flask import Flask, request
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from sqlalchemy import select
from werkzeug.serving import make_server

import games
from campaigns import GameRound, Live
from center_core.kit import Database, utcnow
from games.build import STATIC
from games.catalog import BUILT
from games.contestants import Quizzed, quiz
from scrm.fronts.identity import member_token
from tests import make
from tests.conftest import PATIENCE
from tests.make import campaign as make_campaign

PHONE: ViewportSize = {"width": 390, "height": 844}
CLOCK = (STATIC / "src" / "clock" / "clock.js").read_text()

# Notes what must not happen on a page, from its first moment.
WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries())
    if (!hadRecentInput && value > 0.001)
      shifts.push(`${value.toFixed(4)}: ${sources.map(({ node }) => node?.outerHTML?.slice(0, 80))}`);
}).observe({ type: "layout-shift", buffered: true });
"""

# What on the stage reaches beyond it, and would be cut off: nothing there ever scrolls.
CROPPED = """
(() => {
  const stage = document.querySelector("[data-stage]");
  const its = stage.getBoundingClientRect();
  return [...stage.children]
    .filter((child) => child.checkVisibility())
    .filter((child) => {
      const { left, right, top, bottom } = child.getBoundingClientRect();
      return left < its.left - 1 || right > its.right + 1 || top < its.top - 1 || bottom > its.bottom + 1;
    })
    .map(({ className, tagName }) => `${tagName} ${className}`);
})()
"""

# Lets a page that stands still notice its new size and paint itself once.
SETTLE = "clock.breathe(20).then(() => clock.step(2)).then(() => clock.breathe(20))"

# Whoever starts the next round, this player plays it.
TAKE_OVER = """
({ player, luck }) => {
  let playing = null;
  Object.defineProperty(document.querySelector(".game"), "round", {
    configurable: true,
    get: () => playing,
    set(round) {
      playing = round;
      const act = players[player](dice(luck));
      const step = round.step.bind(round);
      round.step = (actions) => step([...actions, ...act(round.state)]);
    },
  });
}
"""
# Through the frame's own loop and recorder: each frame comes 480 ms after the one before, as on a very slow phone, so
# that a minute takes 125 frames; and now and then the phone is busy for a second, in which the game stands still.
# Whoever is called away pauses once, for a minute.
PLAY_ON = """
async (calledAway = false) => {
  const root = document.querySelector(".game");
  const pause = async () => {
    document.querySelector("[data-pause]").click();
    clock.advance(60_000);
    document.querySelector("#pause button").click();
    await clock.breathe(20);
    clock.advance(2100);
  };
  clock.pace = 0;
  for (let frames = 0; frames < 3000; frames++) {
    if (calledAway && frames === 7) await pause();
    clock.advance(frames % 10 ? 480 : 1000);
    await clock.breathe();
    if (root.round && root.dataset.state === "result") break;
  }
  clock.pace = 16;
  return { state: root.dataset.state, ticks: root.round.tick, ...root.round.score() };
}
"""


@dataclass
class Hall:
    """A running site with a campaign for each game.

    ``ahead`` is how far its clock is before ours, ``round_time`` what it counts for each round.
    """

    app: Flask
    database: Database
    address: str
    member_id: UUID
    campaigns: dict[str, Live]
    ahead: timedelta = timedelta()
    round_time: timedelta = timedelta(seconds=91)

    def now(self) -> datetime:
        return utcnow() + self.ahead

    def page_of(self, game: games.Game) -> str:
        """Where that game is played."""
        kind = "play" if game.kind == "chance" else "challenge"
        return f"{self.address}/c/{self.campaigns[game.slug].slug}/{kind}"

    @property
    def token(self) -> str:
        """What signs the member in."""
        with self.app.app_context():
            return member_token(self.member_id)

    def sign_in(self, context: BrowserContext) -> None:
        """Let the browser be the member's phone."""
        context.add_cookies([{"name": "club", "value": self.token, "url": self.address}])


@contextmanager
def opened(app: Flask, database: Database) -> Iterator[Hall]:
    """Serve ``app``, and let its clock move on by a round's time between the start of a round and its result."""
    with database.transaction() as db:
        member_id = make.member(db).member_id
        campaigns = {
            slug: make_campaign.live(db, now=utcnow(), **campaign_with(game, {}))
            for slug, game in games.discover().items()
        }
    server = make_server("127.0.0.1", 0, app, threaded=True)
    hall = Hall(app, database, f"http://127.0.0.1:{server.server_port}", member_id, campaigns)

    @app.before_request
    def let_time_pass() -> None:
        if request.path.endswith("/result"):
            hall.ahead += hall.round_time
            if told := request.headers.get("Idle-Ms"):
                # On the phone's clock no more time has passed than on ours: of the rest it would say that it was idle.
                idle = int(told) + hall.round_time // timedelta(milliseconds=1)
                request.environ["HTTP_IDLE_MS"] = str(idle)

    thread = threading.Thread(target=server.serve_forever, daemon=True)
    with patch("scrm.fronts.web.utcnow", hall.now):
        thread.start()
        yield hall
        server.shutdown()
        thread.join()
    server.server_close()


@dataclass
class Visit:
    """A phone on a game's page; ``wrong`` is whatever went wrong there."""

    page: Page
    game: games.Game
    language: str
    wrong: list[str]

    def fits(self) -> None:
        """Assert that narrow phones and desktops see all of it, in the reader's language."""
        page = self.page
        assert page.get_attribute("[data-stage]", "aria-label") == self.game.texts[self.language]["stage"]
        # While we look, nothing is painted but one picture of each size.
        page.evaluate("clock.pace = 0")
        for width in (320, 430, 1440):
            page.set_viewport_size({"width": width, "height": 760})
            page.evaluate(SETTLE)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"scrolls at {width}"
            found = self._cropped()
            assert not found, f"cropped at {width}: {found}"
            button = page.locator("[data-start]:visible").bounding_box()
            assert button
            assert button["height"] >= 44
            assert 0 <= button["y"] <= 760 - button["height"]
        assert len(page.locator("[data-stage]").screenshot()) > 8000, "nothing is painted"
        page.set_viewport_size(PHONE)
        page.evaluate(SETTLE)
        # What moved was moved by us.
        page.evaluate("clock.pace = 1; window.shifts = []")

    def _cropped(self) -> list[str]:
        """What reaches beyond the stage, also when a laden machine and what moves to its size have had their time."""
        for _ in range(50):
            found: list[str] = self.page.evaluate(CROPPED)
            if not found:
                break
            self.page.evaluate("clock.pace = 1")
            self.page.evaluate("clock.breathe(20)")
            self.page.evaluate("clock.pace = 0")
        return found

    def went_well(self) -> None:
        """Assert that nothing went wrong, and put the phone away."""
        assert self.wrong == []
        assert self.page.evaluate("shifts") == []
        self.page.context.close()


def visit(hall: Hall, browser: Browser, game: games.Game, language: str = "en", **options: Any) -> Visit:
    """Open the page of ``game`` on a phone whose time stands in the test's hand; wait until it can be played."""
    context = browser.new_context(**{"viewport": PHONE, "has_touch": True, **options})
    context.set_default_timeout(PATIENCE)
    hall.sign_in(context)
    page = context.new_page()
    page.add_init_script(CLOCK)
    page.add_init_script(WATCH)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    page.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 400 else None)
    page.goto(f"{hall.page_of(game)}?lang={language}")
    page.wait_for_selector('.game[data-state="ready"]')
    return Visit(page, game, language, wrong)


def take_over(page: Page, game: games.Game, player: str, luck: int = 1) -> None:
    """Let a scripted player play the rounds that begin from now on."""
    page.evaluate((BUILT / f"{game.slug}.players.js").read_text())
    page.evaluate(TAKE_OVER, {"player": player, "luck": luck})


def play_to_the_end(
    page: Page, game: games.Game, player: str, luck: int = 1, *, called_away: bool = False
) -> dict[str, Any]:
    """A whole round of a scripted player, with a pause if ``called_away``; the score and ticks that it ended with."""
    take_over(page, game, player, luck)
    page.click("#result[open] [data-again]" if page.query_selector("#result[open]") else "[data-start]")
    played: dict[str, Any] = page.evaluate(PLAY_ON, called_away)
    return played


def answer_to_the_end(phone: Visit, hall: Hall, player: str, *, by_keys: bool, luck: int = 1) -> Quizzed:
    """A whole round of a contestant in a game that asks; how it goes by the rules alone."""
    page = phone.page
    with page.expect_response("**/rounds") as started, page.expect_response("**/questions/1"):
        page.click("[data-start]")
    with hall.database.transaction() as db:
        seed = db.scalars(
            select(GameRound.seed).where(GameRound.id == UUID(started.value.json()["round"]))
        ).one()
    played = quiz(phone.game, player, seed=seed, luck=luck)
    for choice, answer in zip(played.choices, played.answers, strict=True):
        # From the question to its answer time is not hurried, or the ring runs out meanwhile.
        page.wait_for_selector("[data-answer]:enabled")
        hall.ahead += answer.took
        if choice is None:
            page.evaluate(f"clock.advance({answer.limit // timedelta(milliseconds=1) + 1000})")
        elif by_keys:
            page.keyboard.press(str(choice + 1))
        else:
            page.locator("[data-answer]").nth(choice).tap()
        page.evaluate("clock.pace = 16")
        page.wait_for_selector("[data-next]:visible")
        page.evaluate("clock.pace = 1")
        if by_keys:
            page.keyboard.press("Enter")
        else:
            page.tap("[data-next]")
    return played


def hands_of(game: games.Game) -> Any:
    """What a person's hands do after the draw of a game of chance: the game's hands.py, or nothing."""
    file = Path(__file__).parent / game.slug / "hands.py"
    if not file.is_file():
        return None
    spec = importlib.util.spec_from_file_location(f"hands_of_{game.slug}", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def campaign_with(game: games.Game, config: dict[str, Any]) -> dict[str, Any]:
    """The parts of a campaign that uses ``game``; prizes of every look, all of them free to win."""
    chosen = {"slug": game.slug, "config": config}
    prizes = [
        make_campaign.prize(
            1, "points", name={"en": "88 points", "zh": "88 积分"}, points=88, odds_ppm=300_000
        ),
        make_campaign.prize(
            2, "points", name={"en": "20 points", "zh": "20 积分"}, points=20, odds_ppm=300_000
        ),
        make_campaign.prize(3, "none", name={"en": "A warm wish", "zh": "暖心祝福"}, odds_ppm=300_000),
        make_campaign.fallback(4, name={"en": "Snow", "zh": "雪花"}),
    ]
    parts: dict[str, Any] = {"prizes": prizes}
    if game.kind == "chance":
        return {**parts, "game": chosen}
    grants = [{"reach": game.scoring.most if game.scoring else 0, "chances": 1}]
    return {
        **parts,
        "type": "challenge",
        "challenge": {"game": chosen, "rounds_per_day": 50, "grants": grants, "granted_at_most": 3},
    }
