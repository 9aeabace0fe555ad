"""The rules of the biathlon: marks, heart and targets."""

from itertools import pairwise

import pytest

from tests.games.stepping import Walk


def on_skis(**config: str) -> Walk:
    walk = Walk("biathlon", **config)
    walk.until("state.phase === 'ski'")
    walk.arrange("state.course.ground = [['flat', 0, state.course.long]]; state.speed = 7000")
    return walk


def push_off_by(walk: Walk, ticks: int, golden: bool = False) -> str:
    """Push so many ticks off a mark that is put right where that happens; how it was judged."""
    walk.arrange(
        f"state.course.marks[state.mark] = [state.way - state.speed * {ticks}, {int(golden)}];"
        "state.course.marks[state.mark + 1] = [state.way + 1e7, 0]"
    )
    judged: str = walk.step(("press",), ("lift",))["news"][0]
    return judged


def on_the_range(stance: int = 1, **config: str) -> Walk:
    """A shooter with the first target before the barrel."""
    walk = Walk("biathlon", **config)
    walk.until("state.phase === 'ski'")
    walk.arrange(f"state.leg = {stance - 1}; state.way = state.course.long")
    walk.until("state.phase === 'range' && state.tick >= state.readyAt")
    return walk


def shoot(walk: Walk, steady: bool) -> None:
    """A shot from a barrel that stands still, or one that cannot hit."""
    walk.until("state.tick >= state.readyAt")
    walk.arrange(f"state.level = {{ ...state.level, sway: {0 if steady else 100000} }}; state.beatAt = -60")
    walk.step(("press",))
    walk.step(("lift",))


@pytest.mark.parametrize(
    ("difficulty", "judged"),
    [
        ("easy", ["perfect", "perfect", "good", "late", "wasted"]),
        ("normal", ["perfect", "good", "good", "late", "wasted"]),
        ("hard", ["perfect", "good", "late", "late", "wasted"]),
    ],
)
@pytest.mark.parametrize("side", [-1, 1])
def test_how_far_off_the_mark_is_judged(difficulty: str, judged: list[str], side: int) -> None:
    seen = []
    for off in (0, 3, 4, 6, 9):
        walk = on_skis(difficulty=difficulty)
        seen.append(push_off_by(walk, off * side))
    # What comes after the latest moment is a mark let pass, too.
    assert seen == [*judged[:4], "miss" if side > 0 else "wasted"]


def test_a_slow_screen_is_forgiven() -> None:
    walk = on_skis()
    judged = [push_off_by(walk, 4) for _ in range(14)]
    assert judged[0] == "good"
    assert judged[-4:] == ["perfect"] * 4


def test_a_true_push_drives_and_a_wasted_one_wears_out() -> None:
    walk = on_skis()
    before = walk.state
    push_off_by(walk, 0)
    assert walk.state["speed"] > before["speed"]
    true = walk.state["pulse"]
    walk.step(("press",), ("lift",))
    assert walk.state["news"][0] == "wasted"
    assert walk.state["pulse"] - true > true - before["pulse"] > 0
    assert walk.state["flow"] == 0


def test_a_golden_mark_is_faster_dearer_and_may_be_left_out() -> None:
    walk = on_skis()
    before = walk.state
    assert push_off_by(walk, 0, golden=True) == "gold"
    assert walk.state["speed"] > before["speed"] + 700
    dear = walk.state["pulse"] - before["pulse"]
    plain = on_skis()
    push_off_by(plain, 0)
    assert dear > plain.state["pulse"] - before["pulse"]

    patient = on_skis()
    patient.arrange("state.flow = 5; state.course.marks = [[state.way + 10000, 1]]; state.mark = 0")
    patient.wait(30)
    assert (patient.state["mark"], patient.state["flow"]) == (1, 5)


def test_a_mark_let_pass_costs_pace_and_flow() -> None:
    walk = on_skis()
    walk.arrange("state.flow = 5; state.course.marks = [[state.way + 10000, 0]]; state.mark = 0")
    state = walk.until("state.mark === 1")
    assert (state["news"][0], state["flow"]) == ("miss", 0)


def test_downhill_a_tuck_is_faster_and_rests_the_heart() -> None:
    tucked, upright = on_skis(), on_skis()
    for walk in (tucked, upright):
        walk.arrange("state.course.ground = [['down', 0, state.course.long]]; state.course.marks = [];")
        walk.arrange("state.pulse = 180000")
    tucked.step(("press",))
    upright.step()
    for walk in (tucked, upright):
        walk.wait(60)
    assert tucked.state["speed"] > upright.state["speed"]
    assert tucked.state["pulse"] < upright.state["pulse"]


def test_the_heart_moves_the_barrel_and_breath_stills_it() -> None:
    walk = on_the_range()
    calm = walk.ask("rules.swayOf({ ...state, pulse: 110000 })")
    wild = walk.ask("rules.swayOf({ ...state, pulse: 180000 })")
    assert wild > 2 * calm
    held = walk.ask("rules.swayOf({ ...state, tick: 1000, breathAt: 940 })")
    gasping = walk.ask("rules.swayOf({ ...state, tick: 1000, breathAt: 740 })")
    assert held < walk.ask("rules.swayOf(state)") / 2
    assert gasping > held * 3


def test_standing_sways_more_but_the_target_is_larger() -> None:
    prone, standing = on_the_range(1), on_the_range(4)
    sway = "rules.swayOf({ ...state, pulse: 150000 })"
    assert standing.ask(sway) > prone.ask(sway)
    assert standing.ask("rules.RANGE.standing.size > rules.RANGE.prone.size")


@pytest.mark.parametrize("misses", [0, 1, 3])
def test_each_miss_is_a_loop_more(misses: int) -> None:
    walk = on_the_range()
    for shot in range(5):
        shoot(walk, steady=shot >= misses)
    state = walk.until("state.phase === 'ski'")
    assert state["missed"] == misses
    if misses:
        assert state["course"]["kind"] == "loop"
        assert state["course"]["long"] == misses * 21 * 60000
    else:
        assert state["course"]["kind"] == "ski"


def test_nobody_shoots_while_the_bolt_is_moved() -> None:
    walk = on_the_range()
    shoot(walk, steady=True)
    walk.step(("press",))
    walk.step(("lift",))
    assert len(walk.state["hits"]) == 1


def test_whoever_does_nothing_is_closed_out_before_two_minutes() -> None:
    state = Walk("biathlon").until("state.phase === 'done'", 7200)
    assert state["tick"] < 7200
    assert state["score"]["value"] == 120000


@pytest.mark.parametrize("difficulty", ["easy", "hard"])
def test_every_course_can_be_skied(difficulty: str) -> None:
    legs = set()
    for seed in range(8):
        course = Walk("biathlon", f"{seed:032x}", difficulty=difficulty).state["course"]
        ground, marks = course["ground"], course["marks"]
        assert ground[0][1] == 0
        assert ground[-1][2] == course["long"]
        assert all(a[2] == b[1] for a, b in pairwise(ground))
        places = [place for place, _ in marks]
        assert places == sorted(places)
        assert all(b - a >= 60000 for a, b in pairwise(places)), "room for a push"
        downs = [(start, end) for kind, start, end in ground if kind == "down"]
        assert not any(start <= place < end for place in places for start, end in downs)
        legs.add(tuple(places))
    assert len(legs) == 8


def test_a_push_exactly_on_every_mark_is_a_machine() -> None:
    walk = on_skis()
    for _ in range(24):
        push_off_by(walk, 0)
    assert walk.state["flags"] == ["inhuman_regularity"]
