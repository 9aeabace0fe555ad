"""What each game asks of a phone and of the server.

    python -m loadtests.feel [SLUG ...] [--seconds 8]

The real page in Chromium with a processor four times slower than this machine's, an expert's script playing (in a game
of chance: one draw). First playable frame: on emulated fast 3G (150 ms, 1.6 Mbit/s down, 0.75 up), without and with
the slow processor. Headless Chromium paints with the processor, which a phone leaves to its graphics chip. Nothing
else should run beside it.
"""

import argparse
import gzip
import json
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

import quickjs
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from werkzeug.serving import make_server

import games
from games.catalog import BUILT
from games.players import performances
from games.referee import STACK_BYTES
from scrm.fronts.assets import DIST
from scrm.fronts.playground import create_app
from scrm.fronts.playground.workshop import Workshop
from tests.conftest import chromium
from tests.games.arcade import PHONE, TAKE_OVER, WATCH, hands_of

SLOWER = 4
FAST_3G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
FRAME = 1000 / 60
# What a display's own unsteadiness adds to a frame that came in time.
JITTER = 1.0

# Times every frame and what the scripts do in it, every press until the next frame, and when it can be played.
STOPWATCH = """
window.frames = []; window.work = []; window.presses = []; window.playable = null;
const request = requestAnimationFrame;
let before = null, worked = 0, of = null;
window.requestAnimationFrame = (call) => request((now) => {
  if (now !== of) {
    if (of !== null && window.sampling) { frames.push(now - of); work.push(worked); }
    of = now; worked = 0;
  }
  const began = performance.now();
  call(now);
  worked += performance.now() - began;
});
addEventListener("pointerdown", ({ timeStamp }) => request(() => presses.push(performance.now() - timeStamp)), true);
addEventListener("DOMContentLoaded", () => {
  const root = document.querySelector(".game");
  new MutationObserver(() => {
    if (playable === null && root.dataset.state === "ready") request(() => (playable ??= performance.now()));
  }).observe(root, { attributes: true });
});
"""


@dataclass
class Report:
    """One game's line."""

    slug: str
    frames: list[float]
    work: list[float]
    presses: list[float]
    shifts: list[str]
    playable: float
    playable_slow: float
    script: int
    page: int
    page_zipped: int
    replay_ms: float | None = None
    replay_kb: int | None = None

    def line(self) -> str:
        """The report as a row of the table of docs/games.md."""
        percent = quantiles(self.frames, n=100, method="inclusive")
        over = sum(frame > FRAME + JITTER for frame in self.frames) / len(self.frames)
        cells = [
            self.slug,
            f"{median(self.frames):.1f} / {percent[94]:.1f} / {percent[98]:.1f}",
            f"{over:.1%}",
            f"{quantiles(self.work, n=100, method='inclusive')[94]:.1f}",
            f"{median(self.presses):.0f} ({max(self.presses):.0f})" if self.presses else "–",
            f"{self.playable / 1000:.2f} ({self.playable_slow / 1000:.2f})",
            "none" if not self.shifts else str(len(self.shifts)),
            f"{self.script / 1024:.1f}",
            f"{self.page / 1024:.0f} ({self.page_zipped / 1024:.0f})",
            f"{self.replay_ms:.1f}" if self.replay_ms is not None else "–",
            f"{self.replay_kb:,}" if self.replay_kb is not None else "–",
        ]
        return f"| {' | '.join(cells)} |"


COLUMNS = (
    "game",
    "frame ms: median / p95 / p99",
    "over 16.7 ms",
    "script in a frame, p95 ms",
    "press to frame ms: median (max)",
    "playable on fast 3G, s (slow processor)",
    "layout shifts",
    "script KB, gzipped",
    "page KB (gzipped)",
    "replay ms CPU",
    "replay memory KB",
)
HEAD = f"| {' | '.join(COLUMNS)} |\n|{' --- |' * len(COLUMNS)}"


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


def played(browser: Browser, address: str, game: games.Game, seconds: float) -> dict[str, Any]:
    """Play for so long on a slow processor; what the stopwatch saw, and the weight of what was loaded."""
    page, session = opened(browser)
    bodies: list[bytes] = []
    page.on("response", lambda answer: bodies.append(answer.body()) if answer.ok else None)
    page.goto(address)
    page.wait_for_selector('.game[data-state="ready"]')
    page.wait_for_timeout(500)
    page_bytes = [len(body) for body in bodies]
    zipped = [len(gzip.compress(body)) for body in bodies]
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    if game.kind == "skill":
        page.evaluate((BUILT / f"{game.slug}.players.js").read_text())
        page.evaluate(TAKE_OVER, {"player": "expert", "luck": 1})
    page.click("[data-start]")
    page.evaluate("sampling = true")
    if game.kind == "skill":
        _press_now_and_then(page, seconds)
    else:
        hands = hands_of(game)
        if hands:
            hands.play(page)
        page.wait_for_selector("#result[open]", timeout=60_000)
    seen: dict[str, Any] = page.evaluate("({ frames, work, presses, shifts })")
    page.context.close()
    return {**seen, "page": sum(page_bytes), "page_zipped": sum(zipped)}


def _press_now_and_then(page: Page, seconds: float) -> None:
    """Real touches beside the script's, on the middle of the stage, to time them."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and page.query_selector('.game[data-state="playing"]'):
        page.wait_for_timeout(700)
        page.mouse.click(PHONE["width"] / 2, PHONE["height"] * 0.6)


def replay_cost(game: games.Game) -> tuple[float, int]:
    """Median milliseconds of CPU of an expert's round, and the least memory in KB that suffices for one."""
    rounds = performances(game, "expert", count=15)
    spent = []
    for one in rounds:
        began = time.thread_time()
        games.replay(game.slug, config=one.config, seed=one.seed, inputs=one.inputs)
        spent.append((time.thread_time() - began) * 1000)
    return median(spent), next(
        kb for kb in (256, 512, 1024, 2048, 4096, 8192) if _suffices(game, rounds[0], kb)
    )


def _suffices(game: games.Game, one: Any, kb: int) -> bool:
    log = games.decode(
        one.inputs, game.actions or {}, max_ticks=game.max_ticks, max_bytes=game.max_input_bytes
    )
    events = [[event.tick, event.action, *event.values] for event in log.events]
    question = {"config": one.config, "seed": one.seed, "ticks": log.ticks, "events": events}
    try:
        engine = quickjs.Context()
        engine.set_memory_limit(kb * 1024)
        engine.set_max_stack_size(STACK_BYTES)
        engine.eval(game.rules)
        engine.get("judge")(json.dumps(question))
    except (quickjs.JSException, MemoryError):
        return False
    return True


def script_weight(slug: str) -> int:
    """The game's own script, gzipped, beside the shared frame."""
    manifest = json.loads((DIST / "manifest.json").read_text())
    return len(gzip.compress((DIST / manifest[f"games/{slug}.js"]).read_bytes()))


def measure(browser: Browser, slug: str, seconds: float) -> Report:
    game = games.game(slug)
    with served(slug) as address:
        report = Report(
            slug=slug,
            **played(browser, address, game, seconds),
            playable=median(time_to_play(browser, address, slower=1) for _ in range(3)),
            playable_slow=median(time_to_play(browser, address, slower=SLOWER) for _ in range(3)),
            script=script_weight(slug),
        )
    if game.kind == "skill":
        report.replay_ms, report.replay_kb = replay_cost(game)
    return report


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("slug", nargs="*")
    parser.add_argument("--seconds", type=float, default=8, help="of each game of skill")
    options = parser.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    print(HEAD)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium())
        # What is asked question by question has no page without its server.
        for slug in options.slug or [slug for slug, game in games.discover().items() if game.kind != "asked"]:
            print(measure(browser, slug, options.seconds).line(), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
