"""What counts as a shake of the box."""

import itertools
import json
from typing import Any

import pytest
import quickjs
from hypothesis import given
from hypothesis import strategies as st

from games.catalog import FOLDER

HELP = """
globalThis.shakes = (question) => {
  const { enough, path } = JSON.parse(question);
  const shake = createShake(enough);
  shake.from(path[0]);
  return path.filter((x) => shake.to(x)).length;
};
"""
ENOUGH = 20


@pytest.fixture(scope="module")
def shakes() -> Any:
    """How many shakes a path of the hand is."""
    engine = quickjs.Context()
    engine.module((FOLDER / "blind-box" / "shake.js").read_text() + HELP)
    return lambda path: engine.get("shakes")(json.dumps({"enough": ENOUGH, "path": path}))


def path(*turns: int) -> list[int]:
    """A hand that goes to each of ``turns`` in steps of two."""
    whole = [turns[0]]
    for turn in turns[1:]:
        step = 2 if turn > whole[-1] else -2
        whole += list(range(whole[-1] + step, turn + step, step))
    return whole


@pytest.mark.parametrize(
    ("turns", "count"),
    [
        ((0, 60), 0),
        ((0, 60, 0), 1),
        ((0, -60, 60, -60), 2),
        ((0, 30, -30, 30, -30, 30), 4),
        ((100, 106, 100, 106, 100), 0),
        ((0, 60, 54, 60, 54, 120), 0),
    ],
    ids=["one way", "there and back", "twice", "to and fro", "a trembling finger", "a swing that stutters"],
)
def test_a_shake_is_a_turn_after_a_swing(shakes: Any, turns: tuple[int, ...], count: int) -> None:
    assert shakes(path(*turns)) == count


@given(steps=st.lists(st.integers(-4, 4), min_size=1, max_size=200))
def test_there_are_never_more_shakes_than_turns(shakes: Any, steps: list[int]) -> None:
    places = [0]
    for step in steps:
        places.append(places[-1] + step)
    moves = [step for step in steps if step]
    turns = sum(1 for one, other in itertools.pairwise(moves) if one * other < 0)
    assert shakes(places) <= turns


def test_a_hand_that_let_go_shakes_nothing(shakes: Any) -> None:
    assert shakes([5]) == 0
