"""What each game asks of a phone and of the server.

    python -m loadtests.feel [SLUG ...] [--seconds 8]

The real page in Chromium with a processor four times slower than this machine's, an expert's script playing (in a
game of chance: one draw; in one that asks: the first answer to each question). First playable frame: on emulated fast
3G (150 ms, 1.6 Mbit/s down, 0.75 up), without and with the slow processor. Headless Chromium paints with the
processor, which a phone leaves to its graphics chip; so beside the frame times stands what a frame costs the page's
main thread in CPU time, painting included, at this machine's own pace: that can be compared from day to day also
where something else runs beside it. Most of that is the painting of the canvas; what is left, the game's own scripts,
styles and layout, four times slowed, is what a frame asks of a slow phone's processor (`feel_trace.py`).

A press (of a finger and of a key) counts from the moment at which it happened until the frame that came after it was
presented, as the browser's Event Timing has it. At the end stands a verdict on each figure that is asked for
(`feel_report.py`); where one is missed, the exit code is 1.
"""

import argparse
import gzip
import json
import logging
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from statistics import median
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, Response, sync_playwright
from werkzeug.serving import make_server

import games
from games.catalog import BUILT
from games.cost import costs
from scrm.fronts.assets import DIST
from scrm.fronts.playground import create_app
from scrm.fronts.playground.workshop import Workshop
from tests.conftest import chromium
from tests.games.arcade import PHONE, TAKE_OVER, WATCH, hands_of

from .feel_report import HEAD, SLOWER, Report, verdict
from .feel_trace import CATEGORIES, own_work

FAST_3G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
# Pressed beside the player's script: those that most games know.
KEYS = ("Space", "ArrowLeft", "ArrowRight")
# What a round needs to come into its stride.
STARTING = 1500
# What a question takes to be read by somebody quick.
READING = 1500
# Until the last press has been presented, and told.
AFTERWARDS = 500
# Replayed of each player on each difficulty.
ROUNDS = 8

# Times every frame, every press until the frame after it was presented, every long task, and when it can be played.
# Event Timing keeps silent about what took less than 16 ms, and writes the rest in steps of 8 ms.
STOPWATCH = """
window.frames = []; window.long = []; window.playable = null;
const request = requestAnimationFrame;
let of = null;
window.requestAnimationFrame = (call) => request((now) => {
  if (now !== of) {
    if (of !== null && window.sampling) frames.push(now - of);
    of = now;
  }
  call(now);
});
new PerformanceObserver((list) => {
  if (window.sampling) long.push(...list.getEntries().map(({ duration }) => duration));
}).observe({ type: "longtask" });
const QUICKEST = 16;
const pressed = new Map();
for (const kind of ["pointerdown", "keydown"])
  addEventListener(kind, (event) => event.isTrusted && pressed.set(`${kind} ${event.timeStamp}`, QUICKEST), true);
const present = (entries) => {
  for (const { name, startTime, duration } of entries)
    if (pressed.has(`${name} ${startTime}`)) pressed.set(`${name} ${startTime}`, duration);
};
const shown = new PerformanceObserver((list) => present(list.getEntries()));
shown.observe({ type: "event", durationThreshold: QUICKEST });
Object.defineProperty(window, "presses", { get: () => (present(shown.takeRecords()), [...pressed.values()]) });
addEventListener("DOMContentLoaded", () => {
  const root = document.querySelector(".game");
  new MutationObserver(() => {
    if (playable === null && root.dataset.state === "ready") request(() => (playable ??= performance.now()));
  }).observe(root, { attributes: true });
});
"""

# Lets a sixtieth of a second pass with each frame, however late it comes, so that every machine draws the same frames.
EVEN_TIME = """
const ask = requestAnimationFrame, began = performance.now();
let shown = 0, at = null;
const even = () => began + (shown * 1000) / 60;
performance.now = even;
window.requestAnimationFrame = (call) => ask((now) => {
  if (now !== at) { at = now; shown += 1; }
  call(even());
});
"""


@contextmanager
def served(slug: str) -> Iterator[str]:
    """The game's page, without a database in the way."""
    server = make_server("127.0.0.1", 0, create_app(Workshop(slug)), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/game?clock=real&lang=zh"
    server.shutdown()
    thread.join()
    server.server_close()


def opened(browser: Browser) -> tuple[Page, CDPSession]:
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.add_init_script(STOPWATCH)
    return page, context.new_cdp_session(page)


def time_to_play(browser: Browser, address: str, *, slower: int) -> float:
    """Milliseconds from the tap on a link to the first frame in which one can start."""
    page, session = opened(browser)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", FAST_3G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(address)
    page.wait_for_function("playable !== null", timeout=60_000)
    milliseconds: float = page.evaluate("playable")
    page.context.close()
    return milliseconds


def begun(page: Page, session: CDPSession, address: str, game: games.Game, *, slower: int = 1) -> None:
    """Start a round that an expert's script plays, or a draw, on a processor so many times slower."""
    page.goto(address)
    page.wait_for_selector('.game[data-state="ready"]')
    page.wait_for_timeout(500)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    if game.kind == "skill":
        page.evaluate((BUILT / f"{game.slug}.players.js").read_text())
        page.evaluate(TAKE_OVER, {"player": "expert", "luck": 1})
    page.click("[data-start]")


def watched(page: Page, game: games.Game, seconds: float) -> None:
    """Let it be played for so long, or until the draw has been seen."""
    if game.kind == "skill":
        _press_now_and_then(page, seconds)
        return
    if game.kind == "asked":
        _answer_each(page, seconds)
        return
    hands = hands_of(game)
    if hands:
        hands.play(page)
    page.wait_for_selector("#result[open]", timeout=60_000)


def _press_now_and_then(page: Page, seconds: float) -> None:
    """Real touches and keys beside the script's, on the middle of the stage, to time them."""
    until = time.monotonic() + seconds
    keys = cycle(KEYS)
    while time.monotonic() < until and page.query_selector('.game[data-state="playing"]'):
        page.wait_for_timeout(300)
        page.mouse.click(PHONE["width"] / 2, PHONE["height"] * 0.6)
        page.wait_for_timeout(300)
        page.keyboard.press(next(keys))


def _answer_each(page: Page, seconds: float) -> None:
    """The first answer to each question, as soon as somebody can have read it; by finger and by key in turn."""
    until = time.monotonic() + seconds
    by_key = cycle((False, True))
    while time.monotonic() < until and not page.query_selector("#result[open]"):
        page.wait_for_selector("[data-answer]:enabled, #result[open]")
        page.wait_for_timeout(READING)
        if next(by_key):
            page.keyboard.press("1")
        else:
            page.locator("[data-answer]").first.tap()
        page.wait_for_selector("[data-next]:visible")
        page.locator("[data-next]").tap()


def played(browser: Browser, address: str, game: games.Game, seconds: float) -> dict[str, Any]:
    """Play on a slow processor; what the stopwatch saw, and the weight of what was loaded before."""
    page, session = opened(browser)
    bodies: list[bytes] = []
    page.on("response", lambda answer: bodies.append(answer.body()) if _is_of_the_page(answer) else None)
    begun(page, session, address, game, slower=SLOWER)
    weights = {"page": sum(map(len, bodies)), "page_zipped": sum(len(gzip.compress(body)) for body in bodies)}
    page.evaluate("sampling = true")
    watched(page, game, seconds)
    page.wait_for_timeout(AFTERWARDS)
    seen: dict[str, Any] = page.evaluate("({ frames, long, presses, shifts })")
    page.context.close()
    return seen | weights


def _is_of_the_page(answer: Response) -> bool:
    return answer.ok and answer.request.method == "GET"


def worked(browser: Browser, address: str, game: games.Game, seconds: float) -> dict[str, Any]:
    """Play at this machine's own pace; milliseconds of CPU of the page's main thread for each frame."""
    page, session = opened(browser)
    page.add_init_script(EVEN_TIME)
    begun(page, session, address, game)
    page.wait_for_timeout(STARTING)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _spent(session)
    page.evaluate("sampling = true")
    watched(page, game, seconds)
    after = _spent(session)
    frames: int = page.evaluate("frames.length")
    page.context.close()
    return {
        name: (after[metric] - before[metric]) * 1000 / frames
        for name, metric in (("main_thread", "TaskDuration"), ("scripts", "ScriptDuration"))
    }


def laboured(browser: Browser, address: str, game: games.Game, seconds: float) -> list[float]:
    """Play at this machine's own pace; milliseconds of CPU of each frame without its painting."""
    page, session = opened(browser)
    page.add_init_script(EVEN_TIME)
    begun(page, session, address, game)
    page.wait_for_timeout(STARTING)
    browser.start_tracing(page=page, categories=CATEGORIES)
    watched(page, game, seconds)
    trace = browser.stop_tracing()
    page.context.close()
    return own_work(trace)


def _spent(session: CDPSession) -> dict[str, float]:
    """Seconds of CPU that the main thread has spent, by kind."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return {metric["name"]: metric["value"] for metric in metrics}


def script_weight(slug: str) -> int:
    """The game's own script, gzipped, beside the shared frame."""
    manifest = json.loads((DIST / "manifest.json").read_text())
    return len(gzip.compress((DIST / manifest[f"games/{slug}.js"]).read_bytes()))


def measure(browser: Browser, slug: str, seconds: float) -> Report:
    game = games.game(slug)
    with served(slug) as address:
        return Report(
            slug=slug,
            **played(browser, address, game, seconds),
            **worked(browser, address, game, seconds / 2),
            own=laboured(browser, address, game, seconds / 2),
            playable=median(time_to_play(browser, address, slower=1) for _ in range(3)),
            playable_slow=median(time_to_play(browser, address, slower=SLOWER) for _ in range(3)),
            script=script_weight(slug),
            replays=costs(game, ROUNDS) if game.kind == "skill" else [],
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("slug", nargs="*")
    parser.add_argument(
        "--seconds", type=float, default=8, help="of each game of skill, and of each that asks"
    )
    options = parser.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    print(HEAD)
    reports = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium())
        for slug in options.slug or games.discover():
            reports.append(measure(browser, slug, options.seconds))
            print(reports[-1].line(), flush=True)
        browser.close()
    missed = False
    print()
    for line, is_missed in verdict(reports):
        missed |= is_missed
        print(line)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
