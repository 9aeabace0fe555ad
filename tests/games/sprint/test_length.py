"""The distance of the sprint is the marketer's: who runs it gets through, and it ends where it should."""

import pytest

import games
from games.players import DIFFICULTIES, performances
from tests.games.stepping import Walk

METRE = 60_000


@pytest.mark.parametrize(("length", "metres"), [("short", 60), ("usual", 100), ("long", 200)])
def test_a_race_ends_after_as_many_metres_as_are_set(length: str, metres: int) -> None:
    walk = Walk("sprint", length=length)
    assert (walk.state["metres"], len(walk.state["ground"])) == (metres, metres // 10)
    assert sum(walk.state["lilt"]) == 0, "every race over a distance is equally quick"
    walk.until("state.phase === 'run'")
    walk.arrange(f"state.speed = 12000; state.way = {metres * METRE} - 12000 * 2")
    assert not walk.step()["over"]
    walk.arrange("state.speed = 12600")
    assert walk.step()["over"]


def test_without_a_word_it_is_the_hundred() -> None:
    assert Walk("sprint").state["metres"] == 100


@pytest.mark.parametrize("length", ["short", "long"])
@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_grounds_fill_every_distance(length: str, difficulty: str) -> None:
    for seed in range(6):
        ground = Walk("sprint", f"{seed:032x}", length=length, difficulty=difficulty).state["ground"]
        assert ground[0] == ground[1] == ground[-1] == "packed"
        assert {"powder", "ice"} & set(ground[2:-1])


@pytest.mark.parametrize("length", ["short", "long"])
@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_a_machine_is_flagged_over_every_distance(length: str, difficulty: str) -> None:
    races = performances(games.game("sprint"), "machine", count=4, difficulty=difficulty, length=length)
    assert {race.flags for race in races} == {("inhuman_regularity",)}
