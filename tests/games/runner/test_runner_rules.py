"""The rules of the run through the village."""

import pytest

from tests.games.stepping import Walk

FREE, HEAP, ARCH, WALL = range(4)


def before_row(cells: list[int], *, ticks: int = 30, difficulty: str = "normal") -> Walk:
    """A street with nothing on it but one row, which the hare (in the middle) reaches in so many ticks."""
    walk = Walk("runner", difficulty=difficulty)
    walk.arrange(
        "state.things = []; state.laid = 1e9; state.at = 0; state.speed = state.target = 100;"
        f"state.rows = [[{ticks * 100}, {', '.join(map(str, cells))}, 0]]; state.reach = {ticks * 100};"
    )
    return walk


def run(walk: Walk, *acts: tuple[int, str], ticks: int = 40) -> Walk:
    """Run on for so many ticks, with each action at its tick."""
    planned = dict(acts)
    for tick in range(ticks):
        walk.step(*([(planned[tick],)] if tick in planned else []))
    return walk


@pytest.mark.parametrize(
    ("cell", "acts", "lives"),
    [
        (FREE, [], 2),
        (HEAP, [], 1),
        (ARCH, [], 1),
        (WALL, [], 1),
        (HEAP, [(12, "jump")], 2),
        (ARCH, [(12, "jump")], 1),
        (WALL, [(12, "jump")], 1),
        (ARCH, [(18, "slide")], 2),
        (HEAP, [(18, "slide")], 1),
        (WALL, [(18, "slide")], 1),
        (WALL, [(20, "left")], 2),
        (WALL, [(27, "right")], 2),
        (HEAP, [(29, "jump")], 1),  # too late
        (ARCH, [(2, "jump"), (24, "slide")], 2),  # down out of the air
    ],
)
def test_how_a_row_is_passed(cell: int, acts: list[tuple[int, str]], lives: int) -> None:
    assert run(before_row([FREE, cell, FREE]), *acts).state["lives"] == lives


def test_a_hit_costs_speed_and_streak_but_the_next_one_is_forgiven_for_a_moment() -> None:
    walk = before_row([FREE, WALL, FREE])
    walk.arrange("state.flow = 40; state.rows.push([3400, 0, 3, 0, 0]);")
    state = run(walk, ticks=80).state
    assert (state["lives"], state["flow"]) == (1, 0)
    assert walk.news.count("hit") == 1
    assert state["speed"] < 100


def test_the_last_life_ends_the_run() -> None:
    walk = run(before_row([FREE, WALL, FREE], difficulty="hard"))
    assert walk.state["over"]
    assert walk.news[-1] == "over"


def test_nobody_leaves_the_street() -> None:
    walk = before_row([FREE, FREE, FREE])
    assert run(walk, (1, "left"), (3, "left"), (5, "left"), ticks=8).state["lane"] == 0


def test_who_asks_to_jump_just_before_landing_jumps_on_landing() -> None:
    walk = before_row([FREE, FREE, FREE], ticks=400)
    walk.step(("jump",))
    landed = walk.state["landed"]
    walk.wait(landed - walk.state["tick"] - 6)
    assert walk.step(("jump",))["landed"] == landed
    assert walk.wait(7)["landed"] > landed


@pytest.mark.parametrize(
    ("cells", "acts"),
    [
        ([FREE, WALL, FREE], [(24, "left")]),
        ([FREE, HEAP, FREE], [(25, "jump")]),
        ([FREE, ARCH, FREE], [(27, "slide")]),
    ],
)
def test_a_narrow_escape_counts(cells: list[int], acts: list[tuple[int, str]]) -> None:
    walk = run(before_row(cells), *acts)
    assert "close" in walk.news
    assert walk.state["bonus"] == 15


def test_a_wide_berth_does_not() -> None:
    assert run(before_row([FREE, WALL, FREE]), (4, "left")).state["bonus"] == 0


@pytest.mark.parametrize(
    ("thing", "flow", "jumps", "bonus"),
    [
        ("feather", 0, False, 5),
        ("gold", 0, False, 25),
        ("feather", 9, False, 10),  # the tenth since the last hit counts twice
        ("feather", 90, False, 25),
        ("high", 0, False, 0),
        ("high", 0, True, 5),
    ],
)
def test_what_feathers_count(thing: str, flow: int, jumps: bool, bonus: int) -> None:
    walk = before_row([FREE, FREE, FREE])
    what, height = ("feather", 1) if thing == "high" else (thing, 0)
    walk.arrange(f'state.flow = {flow}; state.things = [[2000, 1, {height}, "{what}"]]; state.reach = 2000;')
    assert run(walk, *([(8, "jump")] if jumps else [])).state["bonus"] == bonus


def test_a_warm_jacket_gives_a_life_but_never_more_than_three() -> None:
    walk = before_row([FREE, FREE, FREE])
    walk.arrange(
        'for (let n = 5; n < 9; n++) state.things.push([n * 300, 1, 0, "jacket"]); state.reach = 1500;'
    )
    assert run(walk).state["lives"] == 3


@pytest.mark.parametrize("difficulty", ["easy", "normal", "hard"])
def test_every_street_can_be_run(difficulty: str) -> None:
    """There is a way through each row, at most one lane from the way through the row before."""
    for seed in range(4):
        walk = Walk("runner", f"{seed:032x}", difficulty=difficulty)
        walk.arrange("state.lives = 1e6;")
        rows: dict[int, list[int]] = {}
        for _ in range(40):
            rows |= {row[0]: row[1:4] for row in walk.wait(55)["rows"]}
        passable = {1}
        for at in sorted(rows):
            passable = {
                lane for lane in range(3) if rows[at][lane] != WALL and passable & {lane - 1, lane, lane + 1}
            }
            assert passable


def test_things_and_rows_come_in_order() -> None:
    for seed in range(5):
        walk = Walk("runner", f"{seed:032x}", difficulty="hard")
        walk.arrange("state.lives = 1e6;")
        for _ in range(20):
            state = walk.wait(150)
            for coming in (state["rows"], state["things"]):
                assert [one[0] for one in coming] == sorted(one[0] for one in coming)


@pytest.mark.parametrize("seconds", [20, 45, 60])
def test_the_street_ends_after_as_many_seconds_as_are_set(seconds: int) -> None:
    walk = Walk("runner", difficulty="easy", seconds=seconds)
    walk.arrange("state.lives = 1e6;")
    state = walk.until("state.done")
    assert (state["tick"], walk.news[-1]) == (seconds * 60, "home")
    assert state["score"]["tie"] == state["metres"] > seconds * 4


@pytest.mark.parametrize("difficulty", ["easy", "normal", "hard"])
@pytest.mark.parametrize("seconds", [20, 60])
def test_the_street_is_at_its_hardest_before_it_ends(difficulty: str, seconds: int) -> None:
    """Also a short run gets there from where a long one begins."""
    walk = Walk("runner", difficulty=difficulty, seconds=seconds)
    slowest, fastest = walk.ask("state.way.speed")
    walk.arrange("state.rows = []; state.things = []; state.laid = state.reach = 1e9;")
    assert walk.wait(1)["target"] == slowest
    assert walk.until(f"state.target === {fastest}")["tick"] < seconds * 60
