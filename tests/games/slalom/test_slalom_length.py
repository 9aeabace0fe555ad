"""The length of the slalom is the marketer's: so many gates, and time enough to pass them."""

import pytest

import games
from tests.games.stepping import Walk

GATES = [
    ("short", "easy", 10), ("short", "normal", 12), ("short", "hard", 14),
    ("usual", "easy", 20), ("usual", "normal", 24), ("usual", "hard", 28),
    ("long", "easy", 25), ("long", "normal", 30), ("long", "hard", 35),
]  # fmt: skip


@pytest.mark.parametrize(("length", "difficulty", "gates"), GATES)
def test_a_course_has_as_many_gates_as_are_set_and_ends_behind_them(
    length: str, difficulty: str, gates: int
) -> None:
    walk = Walk("slalom", length=length, difficulty=difficulty)
    state = walk.state
    assert len(state["gates"]) == gates
    assert state["gates"][-1]["y"] < state["finish"]
    assert state["ice"], "somewhere there is always ice"
    walk.until("state.phase === 'run'")
    walk.arrange("state.gate = state.gates.length; state.nextY = 1e12; state.speed = 12000")
    walk.arrange("state.y = state.finish - 12000 * 2")
    assert not walk.step()["over"]
    assert walk.until("state.phase === 'done'", 5)["over"]


def test_without_a_word_it_is_the_usual_course() -> None:
    assert len(Walk("slalom").state["gates"]) == 24


@pytest.mark.parametrize("length", ["short", "long"])
def test_whoever_never_arrives_is_closed_out_in_time(length: str) -> None:
    walk = Walk("slalom", length=length)
    walk.arrange("state.finish = 1e12")
    state = walk.until("state.phase === 'done'", games.game("slalom").max_ticks)
    assert state["score"]["value"] == 120_000
