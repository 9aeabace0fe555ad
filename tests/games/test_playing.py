"""What happens on the way: pauses, lost connections, closed pages, sound, less motion."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route
from sqlalchemy import select

import games
from campaigns import GameRound

from .arcade import Hall, play_to_the_end, take_over, visit

pytestmark = pytest.mark.browser

SPRINT = games.game("sprint")
WHEEL = games.game("wheel")
PRESS = """
(foot) => dispatchEvent(new KeyboardEvent("keydown", { code: foot === "left" ? "ArrowLeft" : "ArrowRight" }))
"""
# How much is painted in some frames.
PAINTED = """
() => {
  const context = document.querySelector("[data-stage] canvas").getContext("2d");
  let painted = 0;
  context.drawImage = (...what) => {
    painted += 1;
    CanvasRenderingContext2D.prototype.drawImage.apply(context, what);
  };
  clock.step(20);
  delete context.drawImage;
  return painted;
}
"""


@pytest.fixture
def phone(hall: Hall, browser: Browser) -> Iterator[Callable[..., Page]]:
    """``phone(game, **options)``: a phone on the page of that game."""
    pages: list[Page] = []

    def pick_up(game: games.Game, **options: Any) -> Page:
        pages.append(visit(hall, browser, game, **options).page)
        return pages[-1]

    yield pick_up
    for page in pages:
        page.context.close()


def start(page: Page) -> None:
    page.click("[data-start]")
    page.wait_for_selector('.game[data-state="playing"]')


def until(page: Page, condition: str) -> None:
    """Let frames pass until ``condition``, in terms of the round's ``state``, holds."""
    page.evaluate(
        """(condition) => {
          const holds = new Function("state", `return ${condition}`);
          const { round } = document.querySelector(".game");
          for (let frames = 0; frames < 3600 && !holds(round.state); frames++) clock.step(1);
          if (!holds(round.state)) throw new Error(`never: ${condition}`);
        }""",
        condition,
    )


def state(page: Page) -> dict[str, Any]:
    now: dict[str, Any] = page.evaluate("document.querySelector('.game').round.state")
    return now


def shown_score(page: Page) -> str:
    page.wait_for_selector("#result[open]")
    return page.inner_text('#result [data-slot="score"]')


def stored(hall: Hall) -> GameRound:
    with hall.database.transaction() as db:
        return db.scalars(select(GameRound).order_by(GameRound.started_at.desc()).limit(1)).one()


def seconds(counted: GameRound) -> str:
    assert counted.score is not None
    return f"{-(-counted.score // 10) / 100:.2f}"


def test_touch_and_keys_reach_the_rules(phone: Any) -> None:
    page = phone(SPRINT)
    start(page)
    page.evaluate("clock.pace = 0")
    until(page, "state.tick === state.gun + 12")
    page.touchscreen.tap(300, 700)
    until(page, "state.beat === state.tick")
    assert (state(page)["speed"] > 0, state(page)["foot"]) == (True, "left")
    page.evaluate(PRESS, "left")
    page.evaluate("clock.step(2)")
    assert (state(page)["steps"], state(page)["foot"]) == (2, "right")


def test_a_press_counts_when_the_finger_moved_and_not_when_the_frame_came(phone: Any) -> None:
    page = phone(SPRINT)
    start(page)
    page.evaluate("clock.pace = 0")
    until(page, "state.tick === state.gun + 12")
    page.evaluate(PRESS, "right")
    until(page, "state.tick === state.beat - 4")
    # The next frame comes a quarter of a second late; the finger moves on the beat, in between.
    page.evaluate(f"setTimeout(() => ({PRESS})('left'), 4.5 * 1000 / 60)")
    page.evaluate("clock.advance(250)")
    assert state(page)["news"][0] == "perfect"


def test_a_lost_connection_and_a_closed_page_lose_no_race(phone: Any, hall: Hall) -> None:
    """Once nobody hears, once the answer is lost, then the page is closed: one round, counted once."""
    page = phone(SPRINT)
    keys: list[str] = []
    idle: list[int] = []

    def lose(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        idle.append(int(route.request.headers["idle-ms"]))
        if len(keys) == 2:
            route.fetch()  # The server hears it and answers; the phone does not hear the answer.
        route.abort("internetdisconnected")

    page.route("**/rounds/*/result", lose)
    take_over(page, SPRINT, "beginner")
    page.click("[data-start]")
    page.evaluate("clock.pace = 16")
    while len(keys) < 3:
        page.wait_for_timeout(50)
    page.evaluate("clock.pace = 0")
    assert stored(hall).state == "scored"
    page.unroute("**/rounds/*/result")
    with page.expect_response("**/rounds/*/result") as answered:
        page.goto(hall.page_of(SPRINT))
    assert answered.value.headers["idempotent-replayed"] == "true"
    assert shown_score(page) == seconds(stored(hall))
    assert len(set(keys)) == 1
    # What one waited for a connection is told, and is not taken for slow motion.
    assert 0 <= idle[0] < idle[1] < idle[2] < int(answered.value.request.headers["idle-ms"])


def test_a_beginner_who_pauses_arrives_too(phone: Any, hall: Hall) -> None:
    page = phone(SPRINT)
    take_over(page, SPRINT, "beginner")
    start(page)
    page.evaluate("for (let frames = 0; frames < 7; frames++) clock.advance(480)")
    page.click("[data-pause]")
    page.wait_for_selector('.game[data-state="paused"]')
    before = state(page)["tick"]
    page.evaluate("clock.advance(1500)")
    assert state(page)["tick"] == before
    page.click("#pause button")
    page.wait_for_selector('.game[data-state="counting"]')
    page.evaluate("clock.pace = 16")
    score = shown_score(page)
    counted = stored(hall)
    assert (counted.state, counted.flags) == ("scored", [])
    assert score == seconds(counted)
    assert page.inner_text('#result [data-slot="rank"]') == "1"


def test_a_second_round_begins_where_the_first_result_was_shown(phone: Any, hall: Hall) -> None:
    page = phone(SPRINT)
    first = play_to_the_end(page, SPRINT, "beginner")
    second = play_to_the_end(page, SPRINT, "expert")
    assert second["value"] < first["value"]
    assert shown_score(page) == seconds(stored(hall))


def test_until_the_next_round_comes_only_the_demonstration_is_painted(phone: Any) -> None:
    """The old round no longer is, although its picture would else run on behind the result."""
    page = phone(SPRINT)
    take_over(page, SPRINT, "beginner")
    start(page)
    page.evaluate("clock.pace = 0")
    page.evaluate("while (document.querySelector('.game').dataset.state === 'playing') clock.advance(480)")
    page.evaluate("clock.advance(1400)")
    page.wait_for_selector("#result[open]")
    page.route("**/rounds", lambda route: None)
    page.evaluate("document.querySelector('#result [data-again]').click()")
    page.wait_for_selector('.game[data-state="starting"]')
    at_first = page.evaluate(PAINTED)
    page.evaluate("clock.advance(5000)")
    assert at_first == pytest.approx(page.evaluate(PAINTED), rel=0.2)


def test_with_less_motion_the_demonstration_stands_still(phone: Any) -> None:
    page = phone(SPRINT, reduced_motion="reduce")
    first = page.locator("[data-stage]").screenshot()
    page.evaluate("clock.step(30)")
    assert page.locator("[data-stage]").screenshot() == first


def test_sound_is_off_until_asked_for(phone: Any) -> None:
    page = phone(SPRINT)
    page.evaluate(
        "window.made = 0; const Real = AudioContext;"
        "window.AudioContext = class extends Real { constructor() { super(); window.made += 1; } }; null"
    )
    start(page)
    page.evaluate("for (let frames = 0; frames < 6; frames++) clock.advance(480)")
    assert page.evaluate("made") == 0
    page.click("[data-sound]")
    assert page.get_attribute("[data-sound]", "aria-pressed") == "true"
    assert page.evaluate("made") == 1


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_wheel_stops_at_what_was_drawn(phone: Any, motion: str) -> None:
    page = phone(WHEEL, reduced_motion=motion)
    page.evaluate("clock.pace = 8")
    for _ in range(2):
        with page.expect_response("**/plays") as answered:
            page.click("[data-start]")
        drawn = answered.value.json()["prize"]
        page.wait_for_selector("#result[open]")
        assert page.inner_text('#result [data-slot="prize"]') == drawn["name"]["en"]
        assert page.evaluate("document.querySelector('.wheel').shows()") == drawn["no"]
        page.keyboard.press("Escape")
        page.wait_for_selector('.game[data-state="ready"]')


def test_a_draw_whose_answer_was_lost_is_shown_again_and_not_drawn_again(phone: Any) -> None:
    page = phone(WHEEL)
    page.evaluate("clock.pace = 8")
    answers: list[dict[str, Any]] = []

    def lose_first(route: Route) -> None:
        if answers:
            route.continue_()
            return
        answers.append(route.fetch().json())
        route.abort("connectionreset")

    page.route("**/plays", lose_first)
    with page.expect_response("**/plays") as answered:
        page.click("[data-start]")
    again = answered.value.json()
    assert again["replayed"]
    assert again["play_id"] == answers[0]["play_id"]
    page.wait_for_selector("#result[open]")
    assert page.inner_text('#result [data-slot="prize"]') == answers[0]["prize"]["name"]["en"]


def test_a_lost_draw_that_another_tab_has_shown_is_not_drawn_anew(phone: Any, hall: Hall) -> None:
    page = phone(WHEEL, reduced_motion="reduce")
    drawn: list[dict[str, Any]] = []

    def lose(route: Route) -> None:
        drawn.append(route.fetch().json())
        route.abort("connectionreset")

    page.route("**/plays", lose)
    page.click("[data-start]")
    page.evaluate("clock.pace = 16")
    page.wait_for_selector('.game[data-state="lost"]')
    page.unroute("**/plays")
    other = page.context.new_page()
    other.goto(hall.page_of(WHEEL))
    other.wait_for_selector("#result[open]")
    with page.expect_response("**/plays") as answered:
        page.click("[data-retry]")
    assert answered.value.json()["play_id"] == drawn[0]["play_id"]
    page.wait_for_selector("#result[open]")
