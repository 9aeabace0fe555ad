"""The rules of catching feathers, tick by tick."""

import pytest

from tests.games.stepping import Walk

ALONE = "state.next = 1e6; state.falling = []; state.gustAt = 1e6; state.look = 1e6;"


def one_thing(kind: str, *, off: int, difficulty: str = "normal", **state: int) -> Walk:
    """A round in which a single thing comes down within ten ticks, `off` from the middle of the basket."""
    walk = Walk("feathers", difficulty=difficulty)
    changes = "".join(f"state.{name} = {value};" for name, value in state.items())
    thing = (
        f'{{ kind: "{kind}", x: state.x + {off}, from: 0, lands: 10, sway: 0, phase: 0, name: 0, drift: 0 }}'
    )
    walk.arrange(f"{ALONE}{changes} state.falling = [{thing}]; state.look = 10;")
    return walk


@pytest.mark.parametrize(
    ("kind", "off", "streak", "points"),
    [
        ("feather", 0, 0, 10),
        ("feather", 97, 0, 10),
        ("feather", -97, 0, 10),
        ("feather", 99, 0, 0),
        ("gold", 0, 0, 30),
        ("glow", 0, 0, 10),
        ("feather", 0, 7, 20),  # the eighth in a row counts twice
        ("feather", 0, 55, 50),
        ("gold", 0, 60, 150),
    ],
)
def test_what_a_catch_counts(kind: str, off: int, streak: int, points: int) -> None:
    walk = one_thing(kind, off=off, streak=streak)
    assert walk.wait(25)["points"] == points


def test_the_basket_is_wider_while_gold_rains() -> None:
    assert one_thing("glow", off=130).wait(25)["points"] == 0
    assert one_thing("glow", off=130, glowUntil=100).wait(25)["points"] == 10


def test_easy_forgives_what_hard_does_not() -> None:
    assert one_thing("feather", off=100, difficulty="easy").wait(25)["caught"] == 1
    assert one_thing("feather", off=100, difficulty="hard").wait(25)["caught"] == 0


@pytest.mark.parametrize(("streak", "kept"), [(3, 0), (9, 0), (25, 8), (60, 36)])
def test_a_feather_in_the_snow_costs_one_step_of_the_streak(streak: int, kept: int) -> None:
    state = one_thing("feather", off=300, streak=streak).wait(25)
    assert (state["streak"], state["lost"]) == (kept, 1)


def test_lost_gold_costs_nothing_but_itself() -> None:
    assert one_thing("gold", off=300, streak=30).wait(25)["streak"] == 30


@pytest.mark.parametrize(
    ("off", "told"), [(0, "hit"), (60, "hit"), (70, "dodge"), (136, "dodge"), (140, "shatter")]
)
def test_icicles_hit_are_dodged_or_shatter(off: int, told: str) -> None:
    walk = one_thing("icicle", off=off, streak=30, warmth=10)
    state = walk.wait(12)
    assert walk.news[-1] == told
    assert (state["streak"], state["points"]) == {"hit": (0, 0), "dodge": (30, 15), "shatter": (30, 0)}[told]


def test_who_is_frozen_does_not_move() -> None:
    walk = one_thing("icicle", off=0)
    walk.wait(11)
    before = walk.step(("reach", 900))["x"]
    assert walk.wait(30)["x"] == before
    assert walk.wait(60)["x"] == 900


def test_the_basket_follows_the_finger_quickly_but_not_at_once() -> None:
    walk = Walk("feathers")
    assert 500 < walk.step(("reach", 1000))["x"] < 560
    assert walk.wait(30)["x"] == 950
    assert walk.step(("reach", 0))["x"] > 900
    assert walk.wait(60)["x"] == 50


def test_a_held_key_moves_until_it_is_released() -> None:
    walk = Walk("feathers")
    walk.step(("go", -1))
    moving = walk.wait(5)["x"]
    assert moving < 450
    stopped = walk.step(("go", 0))["x"]
    assert walk.wait(20)["x"] == stopped
    walk.step(("go", 1))
    assert walk.wait(200)["x"] == 950, "it stops at the edge"


def test_warmth_brings_gold_for_a_while() -> None:
    walk = one_thing("feather", off=0, warmth=25)
    state = walk.wait(12)
    assert "warm" in walk.news
    assert (state["warmth"], state["glowUntil"] - state["tick"] > 300) == (0, True)
    walk.until("state.news.at(-1)[1] === 'dim'")


@pytest.mark.parametrize("seconds", [20, 45, 60])
@pytest.mark.parametrize("difficulty", ["easy", "hard"])
def test_everything_is_down_when_the_time_is_up(seconds: int, difficulty: str) -> None:
    walk = Walk("feathers", difficulty=difficulty, seconds=seconds)
    assert walk.until("rules.over(state)")["tick"] <= seconds * 60


def test_things_stay_within_reach_whatever_the_wind() -> None:
    for seed in range(6):
        walk = Walk("feathers", f"{seed:032x}", difficulty="hard")
        for _ in range(40):
            walk.wait(60)
            where = walk.ask("state.falling.map((thing) => rules.xOf(state, thing, state.tick))")
            assert all(70 <= x <= 930 for x in where)


def test_two_seeds_let_fall_different_things() -> None:
    landings = set()
    for seed in range(8):
        walk = Walk("feathers", f"{seed:032x}")
        landings.add(tuple(thing["x"] for thing in walk.wait(170)["falling"]))
    assert len(landings) == 8
