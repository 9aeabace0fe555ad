"""The rules of stacking jackets."""

import itertools
from typing import Any

import pytest

from tests.games.stepping import Walk

# Puts the jacket in the air so that its left edge will be `off` from the one below at the next tick.
OVER = """
const [left, wide] = state.stack.at(-1);
state.from = state.tick; state.resting = state.tick; state.speed = 1; state.smooth = 0;
state.start = 400 - (left + ({off}) + Math.trunc(wide / 2) - 500);
"""


def drop(walk: Walk, off: int) -> dict[str, Any]:
    walk.arrange(OVER.format(off=off))
    return walk.step(("drop",))


@pytest.mark.parametrize(
    ("difficulty", "off", "wide"),
    [
        ("easy", 0, 470),
        ("easy", 17, 470),
        ("easy", 18, 452),
        ("normal", 13, 420),
        ("normal", -13, 420),
        ("normal", 14, 406),
        ("normal", -100, 320),
        ("hard", 10, 370),
        ("hard", 11, 359),
    ],
)
def test_what_hangs_over_is_cut_off(difficulty: str, off: int, wide: int) -> None:
    walk = Walk("stack", difficulty=difficulty)
    below = walk.state["stack"][-1]
    state = drop(walk, off)
    left, kept, _ = state["stack"][-1]
    assert kept == wide
    # What is kept lies on the jacket below.
    assert below[0] <= left
    assert left + kept <= below[0] + below[1]
    assert state["layers"] == 2


def test_a_jacket_beside_the_stack_falls() -> None:
    walk = Walk("stack", difficulty="normal")
    narrow = drop(walk, 300)["stack"][-1][1]
    state = drop(walk, narrow - 13)
    assert (state["layers"], state["spares"], state["over"]) == (2, 0, False)
    assert drop(walk, 13 - narrow)["over"], "there was only one to spare"


def test_hard_spares_nobody() -> None:
    assert drop(Walk("stack", difficulty="hard"), 369)["over"]


def test_perfect_drops_count_more_each_time_and_make_it_wide_again() -> None:
    walk = Walk("stack", difficulty="normal")
    narrow = drop(walk, 200)["stack"][-1][1]
    points, wide = [], []
    before = walk.state["points"]
    for _ in range(5):
        state = drop(walk, 0)
        points.append(state["points"] - before)
        wide.append(state["stack"][-1][1])
        before = state["points"]
    assert points == [20, 25, 30, 35, 40]
    assert wide == [narrow, narrow, narrow + 22, narrow + 44, narrow + 66]


def test_the_stack_never_grows_beyond_its_first_width() -> None:
    walk = Walk("stack", difficulty="easy")
    for _ in range(12):
        state = drop(walk, 0)
        left, wide, _ = state["stack"][-1]
        assert wide == 470
        assert 0 <= left <= 1000 - wide


def test_every_eighth_jacket_is_golden_and_counts_three_times() -> None:
    walk = Walk("stack", difficulty="easy")
    gained = []
    for _ in range(9):
        before = walk.state
        gained.append((before["golden"], drop(walk, 30)["points"] - before["points"]))
    assert [points for golden, points in gained if golden] == [30]
    assert {points for golden, points in gained if not golden} == {10}


def test_nothing_drops_before_the_next_jacket_is_there() -> None:
    walk = Walk("stack")
    drop(walk, 0)
    assert walk.step(("drop",))["layers"] == 2
    walk.until("state.tick === state.resting")
    assert walk.step(("drop",))["layers"] + (1 - walk.state["spares"]) > 2


def test_a_jacket_slides_from_side_to_side_and_never_jumps() -> None:
    for seed in range(10):
        walk = Walk("stack", f"{seed:032x}")
        walk.arrange(f"state.smooth = {seed % 2}")
        walk.until("state.tick === state.resting")
        way = [walk.ask(f"rules.slideAt(state, state.tick + {n})") for n in range(0, 240, 2)]
        assert max(way) > 380
        assert min(way) < -380
        assert max(abs(a - b) for a, b in itertools.pairwise(way)) <= 2 * 24


def test_two_seeds_have_different_rhythms() -> None:
    rhythms = {tuple(Walk("stack", f"{seed:032x}").ask("[state.speed, state.start]")) for seed in range(12)}
    assert len(rhythms) == 12


def test_the_round_ends_with_the_time() -> None:
    state = Walk("stack", seconds=20).until("rules.over(state)")
    assert (state["tick"], state["score"]) == (1200, {"value": 0, "tie": 1})


def test_somebody_who_is_never_a_tick_off_is_flagged() -> None:
    walk = Walk("stack", difficulty="easy")
    for _ in range(11):
        assert drop(walk, 0)["flags"] == []
    assert drop(walk, 0)["flags"] == ["inhuman_regularity"]
