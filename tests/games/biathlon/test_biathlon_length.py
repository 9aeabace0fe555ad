"""The length of the biathlon is the marketer's: one, two or three rounds of shooting, and home."""

from itertools import pairwise

import pytest

from tests.games.stepping import Walk

RACES = [
    ("short", ["ski", "prone", "loop", "home"]),
    ("usual", ["ski", "prone", "loop", "ski", "standing", "loop", "home"]),
    ("long", ["ski", "prone", "loop", "ski", "prone", "loop", "ski", "standing", "loop", "home"]),
]


@pytest.mark.parametrize(("length", "legs"), RACES)
@pytest.mark.parametrize("misses", [0, 1])
def test_a_race_has_as_many_ranges_as_are_set(length: str, legs: list[str], misses: int) -> None:
    """Each leg is come to in turn, a loop only after a miss, and after the last one the race is over."""
    walk = Walk("biathlon", length=length)
    walk.until("state.phase === 'ski'")
    been = []
    while not walk.state["over"]:
        been.append(walk.ask("rules.legOf(state)"))
        if walk.state["phase"] == "range":
            walk.arrange(f"state.misses = {misses}; state.missed += {misses}; state.target = rules.TARGETS")
            walk.until(f"state.leg > {walk.state['leg']}")
        else:
            leg = walk.state["leg"]
            walk.arrange("state.way = state.course.long")
            walk.until(f"state.leg > {leg} || state.phase === 'done'")
    assert been == [leg for leg in legs if misses or leg != "loop"]
    ranges = len(legs) // 3
    assert walk.state["score"]["tie"] == (5 * ranges - misses * ranges) * 1001


def test_without_a_word_there_are_two() -> None:
    assert Walk("biathlon").state["race"] == Walk("biathlon", length="usual").state["race"]


@pytest.mark.parametrize("length", ["short", "usual", "long"])
def test_the_ground_of_every_leg_ends_with_it(length: str) -> None:
    hills = 0
    for seed in range(12):
        course = Walk("biathlon", f"{seed:032x}", length=length).state["course"]
        ground = course["ground"]
        assert all(a[2] == b[1] and b[1] < b[2] for a, b in pairwise(ground))
        assert ground[-1][2] == course["long"]
        hills += any(kind == "down" for kind, *_ in ground)
    assert hills == 12, "there is a hill in every leg"
