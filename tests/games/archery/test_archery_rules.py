"""The rules of archery, arrow by arrow."""

from typing import Any

import pytest

from tests.games.stepping import Walk


def aimed(walk: Walk, x: int, y: int) -> None:
    """Draw, move the sight to ``x``, ``y`` of the target, and hold until the breath is quiet."""
    state = walk.until("state.phase === 'aim'")
    walk.step(("draw",))
    walk.step(("aim", x - state["fromX"], y - state["fromY"]))
    walk.until("state.fullSince >= 0 && state.tick - state.fullSince > 55")


def shot(walk: Walk, x: int, y: int, wind: int = 0) -> dict[str, Any]:
    """An arrow of a bow that neither sways nor goes astray, but for the steady ``wind``."""
    walk.until("state.phase === 'aim'")
    walk.arrange(f"state.level = {{ ...state.level, sway: 0, gust: 0 }}; state.wind = {wind}")
    aimed(walk, x, y)
    walk.step(("loose",))
    walk.until("state.phase === 'look'")
    return walk.state


@pytest.mark.parametrize(
    ("off", "ring"),
    # The face at 30 m has a radius of 230: rings of 23, and an arrow is 3 thick.
    [(0, 10), (26, 10), (27, 9), (48, 9), (50, 8), (229, 1), (232, 1), (234, 0)],
)
@pytest.mark.parametrize("side", [(1, 0), (0, -1)])
def test_rings_are_counted_from_the_middle(off: int, ring: int, side: tuple[int, int]) -> None:
    state = shot(Walk("archery"), off * side[0], off * side[1])
    assert state["rings"] == [ring]


def test_an_inner_ten_is_worth_one_more() -> None:
    assert shot(Walk("archery"), 11, 0)["points"] == 11
    assert shot(Walk("archery"), 13, 0)["points"] == 10


@pytest.mark.parametrize("wind", [-40, 40])
def test_the_wind_carries_an_arrow_the_more_the_further(wind: int) -> None:
    walk = Walk("archery")
    drifts = []
    for arrow in range(9):
        state = shot(walk, 0, 0, wind=wind)
        if arrow % 3 == 0:
            drifts.append(state["hit"][0])
        walk.until("state.phase !== 'look'")
    assert abs(drifts[0]) == 30 * 40 // 44
    assert abs(drifts[0]) < abs(drifts[1]) < abs(drifts[2])
    assert all(drift * wind > 0 for drift in drifts)


def test_aiming_against_the_wind_hits() -> None:
    assert shot(Walk("archery"), -27, 0, wind=40)["rings"] == [10]


def test_a_bow_that_is_not_fully_drawn_shoots_low() -> None:
    walk = Walk("archery")
    walk.until("state.phase === 'aim'")
    walk.step(("draw",))
    state = walk.until("state.pull > 700")
    walk.arrange("state.level = { ...state.level, sway: 0, gust: 0 }; state.wind = 0")
    walk.step(("loose",))
    assert walk.state["hit"][1] > state["aimY"] // 16


def test_a_bow_hardly_drawn_is_let_down_and_costs_only_time() -> None:
    walk = Walk("archery")
    before = walk.until("state.phase === 'aim'")
    walk.step(("draw",))
    walk.wait(5)
    state = walk.step(("loose",))
    assert (state["phase"], state["arrow"], state["pull"]) == ("aim", 0, 0)
    assert state["clock"] == before["clock"]


def test_a_finger_that_is_down_early_draws_as_soon_as_the_arrow_is_nocked() -> None:
    walk = Walk("archery")
    walk.step(("draw",))
    assert walk.until("state.phase !== 'nock'")["phase"] == "draw"


def test_the_sight_is_quiet_for_a_while_and_then_trembles() -> None:
    walk = Walk("archery")
    aimed(walk, 0, 0)
    quiet = walk.ask("rules.swayOf(state)")
    early = walk.ask("rules.swayOf({ ...state, fullSince: state.tick - 2 })")
    late = walk.ask("rules.swayOf({ ...state, fullSince: state.tick - 200 })")
    assert quiet < early
    assert quiet < late


def test_golds_in_a_row_pay_more_and_more_and_steady_the_hand() -> None:
    walk = Walk("archery")
    bonuses = []
    for x, y in ((30, 0), (-30, 0), (0, 30), (30, 0)):
        bonuses.append(shot(walk, x, y)["bonus"])
        walk.until("state.phase !== 'look'")
    assert bonuses[:3] == [0, 1, 3]
    assert walk.state["streak"] == 4
    assert walk.ask("rules.swayOf({ ...state, level: { sway: 100 } })") < walk.ask(
        "rules.swayOf({ ...state, level: { sway: 100 }, streak: 0 })"
    )


def test_an_arrow_that_splits_another_is_worth_two_more() -> None:
    walk = Walk("archery")
    shot(walk, 60, 0)
    assert shot(walk, 60, 0)["news"][0] == "split"
    assert walk.state["bonus"] == 2


def test_whoever_waits_too_long_loses_the_arrow_and_a_drawn_bow_gives_way() -> None:
    walk = Walk("archery")
    state = walk.until("state.phase === 'look'")
    assert (state["rings"], state["news"][0]) == ([0], "lost")
    walk.until("state.phase === 'aim'")
    walk.step(("draw",))
    assert walk.until("state.phase === 'flight'")["tick"] >= walk.state["clock"]


@pytest.mark.parametrize(
    ("arrows", "distances"),
    [
        (1, [30, 50, 70]),
        (2, [30, 30, 50, 50, 70, 70]),
        (3, [30, 30, 30, 50, 50, 50, 70, 70, 70]),
    ],
)
def test_a_round_has_as_many_arrows_at_each_distance_as_are_set(arrows: int, distances: list[int]) -> None:
    walk = Walk("archery", arrows=arrows)
    shot_from = []
    while not walk.state["over"]:
        shot(walk, 0, 0)
        shot_from.append(walk.ask("rules.endOf(state).metres"))
        walk.until("state.phase !== 'look'")
    assert shot_from == distances
    assert len(walk.state["rings"]) == len(distances)


@pytest.mark.parametrize("arrows", [1, 3])
def test_even_who_lets_every_clock_run_out_is_done_within_a_minute(arrows: int) -> None:
    state = Walk("archery", arrows=arrows).until("state.phase === 'done'")
    assert state["tick"] <= 3600
    assert state["rings"] == [0] * 3 * arrows


def test_arrows_stand_in_the_target_until_the_next_distance() -> None:
    walk = Walk("archery", arrows=2)
    standing = []
    for off in (30, 60, 30):
        shot(walk, off, 0)
        standing.append(len(walk.state["stuck"]))
        walk.until("state.phase !== 'look'")
    assert standing == [1, 2, 1]


def test_the_seed_decides_wind_and_where_the_bow_is_raised() -> None:
    def start(seed: str) -> tuple[object, ...]:
        state = Walk("archery", seed * 16).state
        return tuple(state[name] for name in ("wind", "fromX", "fromY", "swayAt", "until"))

    starts = {start(seed) for seed in ("00", "11", "22", "a7", "ff")}
    assert len(starts) == 5


@pytest.mark.parametrize(
    ("arrows", "off", "flags"),
    [
        (3, 0, ["inhuman_regularity"]),
        (3, 12, []),
        (2, 3, ["inhuman_regularity"]),
        (1, 1, ["inhuman_regularity"]),
        (1, 3, []),  # three arrows as near as that may be luck
    ],
)
def test_no_arm_is_so_still_that_all_arrows_stand_in_one_hole(
    arrows: int, off: int, flags: list[str]
) -> None:
    walk = Walk("archery", arrows=arrows)
    for arrow in range(3 * arrows):
        walk.until("state.phase === 'aim'")
        walk.wait(arrow % 4 * 5)
        shot(walk, off, 0)
        walk.until("state.phase !== 'look'")
    assert walk.state["flags"] == flags


@pytest.mark.parametrize(("waits", "flags"), [([20], ["inhuman_regularity"]), ([20, 26, 17], []), ([0], [])])
def test_who_draws_each_arrow_after_exactly_as_long_is_flagged(waits: list[int], flags: list[str]) -> None:
    """But not whose finger is down before the arrow is on the string."""
    walk = Walk("archery")
    for arrow in range(9):
        wait = waits[arrow % len(waits)]
        if wait:
            walk.until("state.phase === 'aim'")
            walk.wait(wait)
        walk.step(("draw",))
        walk.until("state.phase === 'draw'")
        walk.wait(40 + arrow)
        walk.step(("loose",))
        walk.until("state.phase === 'nock' || rules.over(state)")
    assert walk.state["flags"] == flags
