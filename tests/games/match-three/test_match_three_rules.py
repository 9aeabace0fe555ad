"""The rules of three in a row: what is found on a board, what stays of it, and what goes off."""

from typing import Any

import pytest

from tests.games.stepping import Walk

COLUMNS, ROWS = 7, 8
ROW, COLUMN, BURST, LIGHTS = 1, 2, 3, 4
UP, RIGHT, DOWN, LEFT = range(4)

# No three in a row, and nothing that could become one.
DEAD = [(column + 2 * row) % 5 for row in range(ROWS) for column in range(COLUMNS)]


def at(column: int, row: int) -> int:
    return row * COLUMNS + column


def board(changes: dict[tuple[int, int], int] | None = None, **config: Any) -> Walk:
    """A board on which only what is changed can be matched."""
    walk = Walk("match-three", **config)
    cells = list(DEAD)
    for (column, row), piece in (changes or {}).items():
        cells[at(column, row)] = piece
    walk.arrange(f"state.cells = {cells}; state.order = [[0, 99, 99], [1, 99, 99]];")
    return walk


def swap(walk: Walk, column: int, row: int, way: int) -> dict[str, Any]:
    """Swap, and let the two change places; the state in which it is decided what goes."""
    walk.step(("swap", at(column, row), way))
    return walk.wait(9)


def test_the_dead_board_is_dead() -> None:
    walk = board()
    walk.arrange('state.phase = "back"; state.until = 0;')
    state = walk.step()
    assert (state["phase"], walk.news[-1]) == ("mix", "mix")
    assert state["cells"] != DEAD
    # And on what it has become, something can be done: else it would be mixed once more.
    assert walk.until('state.phase === "idle"')["told"] == state["told"]


@pytest.mark.parametrize("difficulty", ["easy", "normal", "hard"])
def test_a_new_board_has_a_move_but_no_run(difficulty: str) -> None:
    for seed in range(15):
        walk = Walk("match-three", f"{seed:032x}", difficulty=difficulty)
        cells = walk.state["cells"]
        for row in range(ROWS):
            for column in range(COLUMNS):
                here = cells[at(column, row)]
                assert column < 2 or not here == cells[at(column - 1, row)] == cells[at(column - 2, row)]
                assert row < 2 or not here == cells[at(column, row - 1)] == cells[at(column, row - 2)]
        assert max(cells) < (5 if difficulty == "easy" else 6)


def test_what_makes_nothing_goes_back() -> None:
    walk = board(moves=5, limit="moves")
    state = swap(walk, 0, 0, RIGHT)
    assert (state["phase"], state["cells"], state["moves"]) == ("back", DEAD, 5)
    assert (state["points"], walk.news[-1]) == (0, "back")


def test_what_makes_nothing_takes_half_a_second_costs_points_and_the_warmth() -> None:
    walk = board()
    walk.arrange("state.points = 50; state.warmth = 4;")
    state = swap(walk, 0, 0, RIGHT)
    assert (state["points"], state["warmth"], walk.news[-2:]) == (30, 0, ["back", "mistake"])
    assert walk.wait(29)["phase"] == "back"
    assert walk.step()["phase"] != "back"


def test_what_makes_nothing_gives_no_more_time_to_go_on() -> None:
    """The board keeps warm from where it last changed, however often two of it changed places and back."""
    walk = board(PAIRED)
    walk.arrange("state.restedAt = state.tick; state.warmth = 3;")
    for _ in range(4):
        swap(walk, 0, 0, RIGHT)
        walk.until('state.phase === "idle"')
    assert swap(walk, 3, 6, DOWN)["warmth"] == 0


@pytest.mark.parametrize(("column", "row", "way"), [(0, 0, UP), (6, 0, RIGHT), (0, 7, DOWN), (0, 3, LEFT)])
def test_nothing_is_swapped_over_the_edge(column: int, row: int, way: int) -> None:
    walk = board()
    assert walk.step(("swap", at(column, row), way))["phase"] == "idle"


def test_three_go_and_count() -> None:
    walk = board({(1, 7): 5, (2, 7): 5, (3, 6): 5})
    state = swap(walk, 3, 6, DOWN)
    assert state["phase"] == "clear"
    assert sorted(state["gone"]) == [at(1, 7), at(2, 7), at(3, 7)]
    assert state["points"] == 30


@pytest.mark.parametrize(
    ("places", "piece"),
    [
        ([(0, 7), (1, 7), (3, 7)], 5 + 8 * ROW),
        ([(0, 7), (1, 7), (3, 7), (4, 7)], 6 + 8 * LIGHTS),
        ([(2, 5), (2, 4), (3, 6), (4, 6)], None),
    ],
)
def test_what_stays_of_four_and_five(places: list[tuple[int, int]], piece: int | None) -> None:
    if piece is None:
        # Two runs that cross: the one that is moved in stands where they meet.
        walk = board({**dict.fromkeys(places, 5), (2, 7): 5})
        state = swap(walk, 2, 7, UP)
        assert state["cells"][at(2, 6)] == 5 + 8 * BURST
    else:
        walk = board({**dict.fromkeys(places, 5), (2, 6): 5})
        state = swap(walk, 2, 6, DOWN)
        assert state["cells"][at(2, 7)] == piece
    assert at(2, 7) not in state["gone"] or piece is None


def test_four_above_each_other_make_a_comet_along_the_column() -> None:
    walk = board({(3, 1): 5, (3, 2): 5, (3, 4): 5, (2, 3): 5})
    assert swap(walk, 2, 3, RIGHT)["cells"][at(3, 3)] == 5 + 8 * COLUMN


@pytest.mark.parametrize(
    ("special", "gone"),
    [
        (ROW, {at(n, 7) for n in range(7)}),
        (COLUMN, {at(1, 7), at(2, 7), at(3, 7)} | {at(1, n) for n in range(8)}),
        (BURST, {at(1, 7), at(2, 7), at(3, 7), at(0, 7), at(0, 6), at(1, 6), at(2, 6), at(1, 5)}),
    ],
)
def test_what_a_special_thing_takes_with_it(special: int, gone: set[int]) -> None:
    walk = board({(1, 7): 5 + 8 * special, (2, 7): 5, (3, 6): 5})
    assert set(swap(walk, 3, 6, DOWN)["gone"]) == gone


def test_one_thing_sets_off_the_next() -> None:
    walk = board({(1, 7): 5 + 8 * ROW, (2, 7): 5, (3, 6): 5, (6, 7): 4 + 8 * COLUMN})
    gone = set(swap(walk, 3, 6, DOWN)["gone"])
    assert gone == {at(n, 7) for n in range(7)} | {at(6, n) for n in range(8)}


def test_northern_lights_take_everything_of_a_kind() -> None:
    walk = board({(3, 3): 6 + 8 * LIGHTS})
    kind = walk.state["cells"][at(3, 2)]
    state = swap(walk, 3, 3, UP)
    assert {state["cells"][cell] for cell in state["gone"]} == {kind, 7}
    assert len(state["gone"]) == 1 + sum(piece == kind for piece in state["cells"])


def test_two_northern_lights_take_all() -> None:
    walk = board({(3, 3): 6 + 8 * LIGHTS, (3, 4): 6 + 8 * LIGHTS})
    assert len(swap(walk, 3, 3, DOWN)["gone"]) == 56


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [(ROW, COLUMN, 14), (ROW, ROW, 14), (BURST, BURST, 25), (ROW, BURST, 36)],
)
def test_two_special_things_struck_together(one: int, other: int, count: int) -> None:
    walk = board({(3, 3): 1 + 8 * one, (3, 4): 2 + 8 * other})
    assert len(swap(walk, 3, 3, DOWN)["gone"]) >= count


def test_everything_comes_down_and_the_board_is_full_again() -> None:
    walk = board({(1, 7): 5, (2, 7): 5, (3, 6): 5})
    above = [walk.state["cells"][at(1, row)] for row in range(7)]
    swap(walk, 3, 6, DOWN)
    state = walk.until('state.phase === "fall"')
    assert [state["cells"][at(1, row)] for row in range(1, 8)] == above
    assert all(0 <= piece < 6 for piece in state["cells"])


def test_a_cascade_counts_more() -> None:
    # When the run at the bottom has gone, three of the column beside it come to stand beside two of their kind.
    walk = board({(1, 7): 5, (2, 7): 5, (3, 6): 5, (1, 6): 4, (2, 6): 4, (3, 5): 4})
    walk.arrange("state.cells[5 * 7 + 3] = 4;")
    swap(walk, 3, 6, DOWN)
    state = walk.until('state.cascade === 1 || state.phase === "idle"')
    assert state["cascade"] == 1
    assert state["points"] >= 30 + 60


def test_a_delivered_order_brings_the_next_and_moves() -> None:
    walk = board({(1, 7): 5, (2, 7): 5, (3, 6): 5}, limit="moves", moves=5)
    walk.arrange("state.order = [[5, 9, 3], [0, 9, 0]];")
    state = swap(walk, 3, 6, DOWN)
    assert state["orders"] == 1
    assert state["points"] == 30 + 500
    assert state["moves"] == 5 - 1 + 4
    assert all(missing == wanted for _, wanted, missing in state["order"])


def test_a_swap_asked_for_too_early_is_done_when_the_board_rests() -> None:
    walk = board({(1, 7): 5, (2, 7): 5, (3, 6): 5, (6, 0): 5, (5, 1): 5, (6, 2): 5})
    swap(walk, 3, 6, DOWN)
    walk.until('state.phase === "fall"')
    walk.step(("swap", at(5, 1), RIGHT))
    walk.until('state.phase === "swap"', 60)


def test_the_moves_end_the_round_and_what_is_special_goes_off() -> None:
    walk = board({(1, 7): 5, (2, 7): 5, (3, 6): 5, (6, 0): 3 + 8 * ROW}, limit="moves", moves=5)
    walk.arrange("state.moves = 1;")
    swap(walk, 3, 6, DOWN)
    state = walk.until("rules.over(state)")
    assert state["finale"]
    assert state["tick"] < 1200
    assert all(piece >> 3 == 0 for piece in state["cells"])


@pytest.mark.parametrize("seconds", [20, 50])
def test_the_time_ends_the_round(seconds: int) -> None:
    state = Walk("match-three", seconds=seconds).until("rules.over(state)")
    assert seconds * 60 <= state["tick"] <= 3600
    assert state["score"] == {"value": 0, "tie": 0}


PAIRED = {(1, 7): 5, (2, 7): 5, (3, 6): 5}


def swap_each(waits: list[int], *, times: int = 14) -> list[str]:
    """The same swap on the same board again and again, each after its turn of ``waits`` from a rest; the flags."""
    walk = board(PAIRED)
    cells = walk.state["cells"]
    for turn in range(times):
        walk.wait(waits[turn % len(waits)])
        walk.step(("swap", at(3, 6), DOWN))
        walk.until('state.phase === "idle"')
        walk.arrange(f"state.cells = {cells};")
    return list(walk.state["flags"])


@pytest.mark.parametrize(("waits", "flags"), [([30], ["inhuman_regularity"]), ([30, 22, 41, 35], [])])
def test_answering_each_rest_after_exactly_as_long_is_flagged(waits: list[int], flags: list[str]) -> None:
    assert swap_each(waits) == flags


def test_who_always_queues_the_next_swap_is_no_machine() -> None:
    """What waits for the board is done as it rests, and tells nothing of when it was asked for."""
    walk = board(PAIRED)
    cells = walk.state["cells"]
    walk.step(("swap", at(3, 6), DOWN))
    for _ in range(20):
        walk.until('state.phase === "fall"')
        walk.arrange(f"state.cells = {cells}; state.until = state.tick;")
        walk.step(("swap", at(3, 6), DOWN))
        walk.until('state.phase === "swap"', 2)
    assert walk.state["flags"] == []
