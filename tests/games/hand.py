"""A hand on a phone: a finger on the stage, a key, and the buttons of a pause."""

from typing import Any

from playwright.sync_api import CDPSession, Page, expect

import games
from games.catalog import BUILT

# A scripted player joins in the round that is being played; and time passes until the condition holds.
JOIN = """
(player) => {
  const { round } = document.querySelector(".game");
  const act = players[player](dice(1));
  const { step } = round;
  round.step = (actions) => step.call(round, [...actions, ...act(round.state)]);
}
"""
POINT = """
([kind, pointerId, clientX, clientY]) =>
  document.querySelector("[data-stage]").dispatchEvent(
    new PointerEvent(kind, { pointerId, clientX, clientY, button: 0, bubbles: true, cancelable: true }))
"""
LEAVE = "delete document.querySelector('.game').round.step"
UNTIL = """
(condition) => {
  const holds = new Function("state", `return ${condition}`);
  const { round } = document.querySelector(".game");
  for (let frames = 0; frames < 1200 && !holds(round.state); frames++) clock.advance(50);
  if (!holds(round.state)) throw new Error(`never: ${condition}`);
}
"""


COUNTDOWN = 2100  # milliseconds


class Hand:
    """A finger on the stage of a page and its keyboard; time stands still but for the frames that are let pass."""

    def __init__(self, page: Page, key: str) -> None:
        self.page = page
        self.key = key
        self._devices: CDPSession = page.context.new_cdp_session(page)

    def touch(self, *, x: int = 290, y: int = 560) -> None:
        self._touch("touchStart", [{"x": x, "y": y}])

    def let_go(self) -> None:
        self._touch("touchEnd", [])

    def lose(self) -> None:
        """The system takes the finger: a swipe from the edge, a call."""
        self._touch("touchCancel", [])

    def _touch(self, kind: str, points: list[dict[str, int]]) -> None:
        self._devices.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        self.frames()

    def point(self, kind: str, finger: int, x: int, y: int) -> None:
        """What one of several fingers does: ``down``, ``move`` or ``up``."""
        self.page.evaluate(POINT, [f"pointer{kind}", finger, x, y])
        self.frames()

    def hold_key(self) -> None:
        self.page.keyboard.down(self.key)
        self.frames()

    def release_key(self) -> None:
        self.page.keyboard.up(self.key)
        self.frames()

    def frames(self, count: int = 2) -> None:
        self.page.evaluate(f"clock.step({count})")

    def did(self) -> list[list[Any]]:
        """What was recorded of the round so far, without the ticks."""
        done: list[list[Any]] = self.page.evaluate(
            "document.querySelector('.game').round.events.map(([, ...action]) => action)"
        )
        return done

    def state(self) -> dict[str, Any]:
        now: dict[str, Any] = self.page.evaluate("document.querySelector('.game').round.state")
        return now

    def start(self, button: str = "[data-start]") -> None:
        self.page.click(button)
        self.becomes("playing")
        self.page.evaluate("clock.pace = 0")
        self.frames()

    def becomes(self, state: str) -> None:
        expect(self.page.locator(".game")).to_have_attribute("data-state", state)

    def pause(self) -> None:
        self.page.click("[data-pause]")
        self.becomes("paused")

    def go_on(self, during: Any = None, to: str = "playing") -> None:
        """Through the countdown; ``during`` is done in it, after which the page is in the state ``to``."""
        # The sheet, which slides in, stands still with the time.
        self.page.evaluate("document.querySelector('#pause button').click()")
        self.becomes("counting")
        if during:
            during()
        self.count_down()
        self.becomes(to)

    def count_down(self) -> None:
        self.page.evaluate(f"clock.advance({COUNTDOWN})")
        self.frames()

    def until(self, condition: str) -> None:
        """Let time pass until ``condition``, in terms of the round's ``state``, holds."""
        self.page.evaluate(UNTIL, condition)

    def let_play(self, game: games.Game) -> None:
        """Let an expert join in this round."""
        self.page.evaluate((BUILT / f"{game.slug}.players.js").read_text())
        self.page.evaluate(JOIN, "expert")
