"""What fingers and keys mean while a round ends, pauses and goes on, in every game of skill in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Route

import games

from .arcade import PLAY_ON
from .hand import LEAVE, Hand

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
    # What was given as the game began to hear again belongs to its next tick.
    it.frames()
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


THUMB, INDEX = 1, 2


def test_a_thumb_that_rests_on_the_edge_swaps_nothing(hand: Any) -> None:
    it = hand("match-three")
    it.point("down", THUMB, 24, 720)
    it.point("down", INDEX, 200, 500)
    it.point("move", THUMB, 27, 722)
    it.point("up", THUMB, 27, 722)
    assert it.did() == []
    it.point("move", INDEX, 240, 502)
    [[what, _, way]] = it.did()
    assert (what, way) == ("swap", 1)


def test_a_thumb_that_rests_on_the_edge_leads_no_basket(hand: Any) -> None:
    it = hand("feathers")
    it.point("down", THUMB, 10, 700)
    it.point("down", INDEX, 200, 600)
    before = it.did()
    it.point("move", THUMB, 30, 702)
    it.point("up", THUMB, 30, 702)
    assert it.did() == before
    it.point("move", INDEX, 240, 600)
    assert len(it.did()) == len(before) + 1


def test_what_was_chosen_in_one_round_is_not_chosen_in_the_next(hand: Any) -> None:
    it = hand("match-three")
    it.touch(x=200, y=500)
    it.let_go()
    it.let_play(games.game("match-three"))
    it.page.evaluate(PLAY_ON)
    it.start("#result[open] [data-again]")
    it.touch(x=250, y=500)
    it.let_go()
    assert it.did() == []


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
    it.count_down()
    it.becomes("playing")
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
