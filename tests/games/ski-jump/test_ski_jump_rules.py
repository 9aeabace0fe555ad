"""The rules of the ski jump, from the gate to the outrun."""

from typing import Any

import pytest

from tests.games.stepping import Walk


def in_the_run(**config: str) -> Walk:
    """A jumper in the crouch, on a hill without wind."""
    walk = Walk("ski-jump", **config)
    walk.arrange("state.hill = { ...state.hill, wind: 0, gust: 0 }; state.steady = 0")
    walk.until("rules.isGreen(state)")
    walk.step(("hold",))
    return walk


def in_the_air(early: int = 0, **config: str) -> Walk:
    """A jumper who sprang so many ticks before the lip, or never if that is negative."""
    walk = in_the_run(**config)
    if early >= 0:
        walk.until(f"(rules.INRUN - state.way) / state.speed < {early + 1}")
        walk.step(("release",))
    walk.until("state.phase === 'flight'")
    return walk


def landed(walk: Walk, telemark: int | None = 20) -> dict[str, Any]:
    """The end of a flight, with the telemark so many ticks before the snow."""
    if telemark is not None:
        walk.step(("hold",))
        x, y = f"state.x + state.vx * {telemark}", f"state.y + (state.vy + 60 * {telemark}) * {telemark}"
        walk.until(f"state.flown > 40 && {y} >= rules.groundAt(state.hill, {x})")
        walk.step(("release",))
    return walk.until("state.phase === 'outrun'")


def test_nobody_starts_on_red() -> None:
    walk = Walk("ski-jump")
    assert walk.step(("hold",))["phase"] == "gate"
    walk.until("rules.isGreen(state)")
    assert walk.step(("hold",))["phase"] == "inrun"


def test_the_light_does_not_stay_green() -> None:
    walk = Walk("ski-jump")
    state = walk.until("state.phase === 'inrun'")
    assert state["tick"] == 301
    assert not state["held"]


def test_who_crouches_is_faster_than_who_stands() -> None:
    crouched = in_the_run()
    stood = in_the_run()
    stood.step(("release",))
    stood.arrange("state.spring = -1")
    crouched.wait(60)
    stood.wait(59)
    assert crouched.state["speed"] > stood.state["speed"]


@pytest.mark.parametrize(("early", "worth"), [(0, 1000), (1, 1000), (2, 960), (6, 640), (14, 100), (25, 0)])
def test_what_a_spring_before_the_lip_is_worth(early: int, worth: int) -> None:
    assert in_the_air(early).state["spring"] == worth


@pytest.mark.parametrize(("late", "worth"), [(1, 940), (2, 760), (4, 300), (5, 0), (12, 0)])
def test_too_late_weighs_more_than_too_early(late: int, worth: int) -> None:
    walk = in_the_air(-1)
    lip = walk.state["lipTick"]
    walk.until(f"state.tick === {lip + late}")
    assert walk.step(("release",))["spring"] == worth


def test_the_better_the_spring_the_further() -> None:
    distances = [landed(in_the_air(early))["distance"] for early in (0, 5, 9, 20)]
    assert distances == sorted(distances, reverse=True)
    assert len(set(distances)) == 4


def test_a_bad_lean_costs_distance_and_marks() -> None:
    good = landed(in_the_air())
    walk = in_the_air()
    walk.step(("hold",))
    walk.step(("lean", 150))
    bad = landed(walk)
    assert bad["distance"] < good["distance"]
    assert bad["style"] < good["style"]


def test_wind_from_the_front_carries() -> None:
    def flown(wind: int) -> int:
        walk = in_the_air()
        walk.arrange(f"state.steady = {wind}")
        distance = landed(walk)["distance"]
        assert isinstance(distance, int)
        return distance

    assert flown(-20) < flown(0) < flown(20)


@pytest.mark.parametrize(
    ("ticks", "landing"),
    [(20, "telemark"), (27, "telemark"), (10, "quick"), (3, "both"), (50, "early"), (None, "both")],
)
def test_the_telemark_is_a_matter_of_moments(ticks: int | None, landing: str) -> None:
    assert landed(in_the_air(9), ticks)["landing"] == landing


def test_beyond_the_hill_a_two_footed_landing_is_a_fall() -> None:
    walk = in_the_air()
    walk.until("state.flown > 30")
    walk.arrange("state.x += 60 * rules.METRE; state.y += 30 * rules.METRE; state.hill.size = 60")
    assert landed(walk, None)["landing"] == "fall"


def test_who_grips_again_flies_on() -> None:
    walk = in_the_air()
    walk.until("state.flown > 60")
    walk.step(("hold",))
    assert walk.step(("release",))["telemarkAt"] >= 0
    assert walk.step(("hold",))["telemarkAt"] == -1


@pytest.mark.parametrize("jumps", [1, 2, 3])
def test_the_best_jumps_count_and_two_at_the_most(jumps: int) -> None:
    walk = Walk("ski-jump", jumps=jumps)
    state = walk.until("state.phase === 'done'", 5400)
    worths = sorted(distance + style for distance, style, _ in state["jumps"])
    assert len(worths) == jumps
    assert state["score"] == {"value": sum(worths[-2:]), "tie": max(jump[0] for jump in state["jumps"])}


@pytest.mark.parametrize("difficulty", ["easy", "normal", "hard"])
def test_the_ground_only_falls_and_ends_level(difficulty: str) -> None:
    walk = Walk("ski-jump", difficulty=difficulty)
    heights = walk.ask(
        "Array.from({ length: 320 }, (_, metre) => rules.groundAt(state.hill, metre * rules.METRE))"
    )
    assert heights == sorted(heights)
    assert heights[-1] == heights[-10]
    assert walk.ask("rules.steepnessAt(state.hill, 319 * rules.METRE)") == 0
