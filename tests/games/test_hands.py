"""What fingers and keys mean while a round ends, pauses and goes on, in every game of skill in a real browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Route, expect

import games
from games.catalog import BUILT

from .arcade import PLAY_ON, Hall, visit

pytestmark = pytest.mark.browser

# Games in which one holds, with a key for it, what is recorded when it goes down, and when a pause takes it away.
HELD: dict[str, tuple[str, list[Any], list[Any]]] = {
    "archery": ("Space", ["draw"], [["loose"]]),
    "biathlon": ("Space", ["press"], [["lift"]]),
    "feathers": ("ArrowLeft", ["go", -1], [["go", 0]]),
    "ski-jump": ("Space", ["hold"], []),
    "slalom": ("ArrowRight", ["edge", 1], [["edge", 0]]),
}
# Keys that press a button, in games that have a use for them too.
PRESSED = {
    "biathlon": "Enter",
    "match-three": "Enter",
    "memory": "Space",
    "runner": "Space",
    "stack": "Enter",
}

# A scripted player joins in the round that is being played; and time passes until the condition holds.
JOIN = """
(player) => {
  const { round } = document.querySelector(".game");
  const act = players[player](dice(1));
  const { step } = round;
  round.step = (actions) => step.call(round, [...actions, ...act(round.state)]);
}
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

    def go_on(self, during: Any = None) -> None:
        """Through the countdown; ``during`` is done in it."""
        # The sheet, which slides in, stands still with the time.
        self.page.evaluate("document.querySelector('#pause button').click()")
        self.becomes("counting")
        if during:
            during()
        self.page.evaluate("clock.pace = 8")
        self.becomes("playing")
        self.page.evaluate("clock.pace = 0")
        self.frames()

    def until(self, condition: str) -> None:
        """Let time pass until ``condition``, in terms of the round's ``state``, holds."""
        self.page.evaluate(UNTIL, condition)

    def let_play(self, game: games.Game) -> None:
        """Let an expert join in this round."""
        self.page.evaluate((BUILT / f"{game.slug}.players.js").read_text())
        self.page.evaluate(JOIN, "expert")


@pytest.fixture
def hand(hall: Hall, browser: Browser) -> Iterator[Any]:
    """``hand(slug, key)``: the hand of somebody who has just begun a round of that game."""
    hands: list[Hand] = []

    def put_on(slug: str, key: str, *, started: bool = True, **options: Any) -> Hand:
        hands.append(Hand(visit(hall, browser, games.game(slug), **options).page, key))
        if started:
            hands[-1].start()
        return hands[-1]

    yield put_on
    for it in hands:
        it.page.context.close()


def tried(hand: Hand) -> list[list[Any]]:
    """What a touch and a key, each held and let go, are recorded as."""
    before = len(hand.did())
    hand.touch()
    hand.let_go()
    hand.hold_key()
    hand.release_key()
    return hand.did()[before:]


@pytest.mark.parametrize("slug", HELD)
def test_what_is_held_at_the_end_of_a_round_is_not_held_in_the_next(slug: str, hand: Any) -> None:
    it = hand(slug, HELD[slug][0])
    first = tried(it)
    it.hold_key()
    it.touch()
    it.let_play(games.game(slug))
    it.page.evaluate(PLAY_ON)
    it.let_go()
    it.release_key()
    it.start("#result[open] [data-again]")
    assert it.did() == []
    assert tried(it) == first


@pytest.mark.parametrize("slug", HELD)
def test_a_pause_lets_go_and_takes_up_what_is_held_by_then(slug: str, hand: Any) -> None:
    """What is let go while nobody hears is not held for ever, and what is pressed in the countdown is."""
    key, down, let_go = HELD[slug]
    it = hand(slug, key)
    it.hold_key()
    it.pause()
    it.release_key()
    it.go_on()
    assert it.did() == [down, *let_go]
    it.pause()
    it.go_on(during=it.hold_key)
    assert it.did() == [down, *let_go, down]


def test_a_finger_that_the_system_takes_costs_no_arrow(hand: Any) -> None:
    it = hand("archery", "Space")
    it.touch()
    it.until("state.fullSince > 0")
    it.lose()
    it.frames(20)
    assert it.state()["phase"] == "draw"
    it.touch()
    assert it.state()["phase"] == "draw"
    it.let_go()
    assert it.state()["phase"] == "flight"


def test_a_finger_that_the_system_takes_costs_no_shot(hand: Any) -> None:
    it = hand("biathlon", "Space")
    it.let_play(games.game("biathlon"))
    it.until("state.phase === 'range' && state.tick > state.readyAt")
    it.page.evaluate(LEAVE)
    it.touch()
    held = it.state()["breathAt"]
    assert held > 0
    it.lose()
    it.touch()
    assert (it.state()["breathAt"], it.state()["target"]) == (held, 0)
    it.let_go()
    assert it.state()["target"] == 1


def test_a_finger_that_the_system_takes_springs_from_no_table(hand: Any) -> None:
    it = hand("ski-jump", "Space")
    it.until("state.phase === 'gate' && state.tick - state.since > 70")
    it.touch()
    it.until("state.phase === 'inrun'")
    it.lose()
    it.frames(4)
    assert it.state()["spring"] < 0
    it.touch()
    it.let_go()
    assert it.state()["spring"] >= 0


@pytest.mark.parametrize("slug", PRESSED)
def test_a_key_on_a_button_presses_it_and_plays_nothing(slug: str, hand: Any) -> None:
    """The button that pauses, and in the sheet the one that goes on; then the key is the game's again."""
    key = PRESSED[slug]
    it = hand(slug, key)
    it.page.focus("[data-pause]")
    it.page.keyboard.press(key)
    it.becomes("paused")
    it.page.keyboard.press(key)
    it.becomes("counting")
    it.page.evaluate("clock.pace = 8")
    it.becomes("playing")
    it.page.evaluate("clock.pace = 0")
    assert it.did() == []
    assert it.page.evaluate("document.activeElement === document.querySelector('[data-stage]')")


def test_a_button_that_was_touched_leaves_the_keys_to_the_game(hand: Any) -> None:
    it = hand("stack", "Space")
    it.page.click("[data-sound]")
    it.hold_key()
    assert it.did() == [["drop"]]
    assert it.page.get_attribute("[data-sound]", "aria-pressed") == "true"


@pytest.mark.parametrize("slug", ["stack", "quiz"])
def test_a_key_that_stays_down_starts_one_round(slug: str, hand: Any) -> None:
    it = hand(slug, "Enter", started=False)
    asked: list[Route] = []

    def wait(route: Route) -> None:
        asked.append(route)

    it.page.route("**/rounds", wait)
    it.page.focus("[data-start]")
    # Each press after the first is the keyboard's repeat.
    for _ in range(4):
        it.page.keyboard.down("Enter")
    it.page.keyboard.up("Enter")
    it.becomes("starting")
    assert len(asked) == 1
    asked[0].continue_()
    it.becomes("playing")
