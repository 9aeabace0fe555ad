"""The rules of the slalom, gate by gate."""

from itertools import pairwise

import pytest

from tests.games.stepping import Walk


def on_the_slope(speed: int = 12000, **config: str) -> Walk:
    """A skier under way, on a slope without ice."""
    walk = Walk("slalom", **config)
    walk.until("state.phase === 'run'")
    walk.arrange(f"state.ice = []; state.speed = {speed}")
    return walk


def before_gate(walk: Walk, metres_from_pole: str) -> None:
    """Put the skier right before the next gate, so far from its inner pole."""
    walk.arrange(
        "const gate = state.gates[state.gate];"
        f"state.y = gate.y - 1000; state.heading = 0; state.edge = 0; state.wish = 0;"
        f"state.x = gate.x + gate.turn * (state.level.gate / 2 - {metres_from_pole} * rules.METRE)"
    )


def test_nothing_moves_before_the_start() -> None:
    walk = Walk("slalom")
    state = walk.step(("edge", 1))
    assert (state["y"], state["phase"]) == (0, "ready")
    assert walk.until("state.phase === 'run'")["tick"] == state["start"] + 1


@pytest.mark.parametrize("side", [-1, 1])
def test_an_edge_turns_to_its_side_and_grows_while_it_is_held(side: int) -> None:
    walk = on_the_slope(8000)
    walk.step(("edge", side))
    early = walk.wait(4)["edge"]
    late = walk.wait(14)["edge"]
    assert 0 < early * side < late * side == 100
    assert walk.state["heading"] * side > 0
    walk.step(("edge", 0))
    assert walk.wait(20)["edge"] == 0


def test_an_edge_held_too_long_at_speed_breaks_away_and_scrapes() -> None:
    fast, slow = on_the_slope(16000), on_the_slope(8000)
    for walk in (fast, slow):
        walk.step(("edge", 1))
        walk.wait(18)
    assert fast.state["slip"] > 0
    assert slow.state["slip"] == 0
    assert fast.state["heading"] < slow.state["heading"]
    assert fast.state["speed"] < 16000


def test_ice_holds_less() -> None:
    walk = on_the_slope()
    firm = walk.ask("rules.gripAt(state)")
    walk.arrange("state.ice = [[0, state.finish]]; state.patch = 0")
    assert walk.ask("rules.onIce(state)")
    assert walk.ask("rules.gripAt(state)") == firm * 72 // 100


def test_flat_skis_tuck_and_are_faster() -> None:
    tucked, carving = on_the_slope(), on_the_slope()
    for n in range(60):
        tucked.step()
        carving.step(("edge", 1 if n // 10 % 2 else -1))
    assert tucked.ask("rules.isTucked(state)")
    assert tucked.state["speed"] > carving.state["speed"]


@pytest.mark.parametrize(
    ("from_pole", "what"),
    [
        ("0.3", "kiss"),
        ("0.85", "kiss"),
        ("0.95", "passed"),
        ("3", "passed"),
        ("-0.2", "kiss"),
        ("-0.3", "missed"),
        ("6", "missed"),
    ],
)
def test_how_a_gate_is_passed(from_pole: str, what: str) -> None:
    walk = on_the_slope()
    before_gate(walk, from_pole)
    speed = walk.state["speed"]
    state = walk.step()
    assert (state["news"][0], state["gate"]) == (what, 1)
    assert (state["speed"] > speed + 300) == (what == "kiss")
    assert state["missed"] == (what == "missed")


def test_kisses_in_a_row_pay_more_and_more() -> None:
    walk = on_the_slope()
    gains = []
    for _ in range(4):
        before_gate(walk, "0.4")
        # In an even tick neither slope nor air changes the speed.
        walk.arrange("state.speed = 12000; state.tick += state.tick % 2")
        gains.append(walk.step()["speed"])
    assert gains == sorted(gains)
    assert len(set(gains)) == 4
    before_gate(walk, "9")
    assert walk.step()["flow"] == 0


def test_the_net_holds_and_costs_pace() -> None:
    walk = on_the_slope()
    walk.arrange("state.heading = 1600; state.x = state.level.half")
    state = walk.step()
    assert state["news"][0] == "net"
    assert state["speed"] < 7000
    assert state["heading"] < 0
    assert state["x"] <= state["level"]["half"]


def test_each_missed_gate_costs_two_seconds() -> None:
    clean, missing = on_the_slope(), on_the_slope()
    for walk, missed in ((clean, 0), (missing, 3)):
        walk.arrange("state.y = state.finish - 1000; state.gate = state.gates.length; state.nextY = 1e9")
        walk.arrange(f"state.missed = {missed}")
        walk.step()
    assert missing.state["score"]["value"] - clean.state["score"]["value"] == 6000


def test_whoever_never_arrives_is_closed_out() -> None:
    walk = on_the_slope()
    walk.arrange("state.finish = 1e9")
    assert walk.until("state.phase === 'done'", 5000)["score"]["value"] == 120000


@pytest.mark.parametrize("difficulty", ["easy", "normal", "hard"])
def test_every_course_stays_on_the_slope(difficulty: str) -> None:
    courses = set()
    for seed in range(8):
        state = Walk("slalom", f"{seed:032x}", difficulty=difficulty).state
        level, gates = state["level"], state["gates"]
        assert all(abs(gate["x"]) + level["gate"] / 2 < level["half"] for gate in gates)
        assert all(a["y"] < b["y"] for a, b in pairwise(gates))
        assert len(state["ice"]) == level["ice"]
        courses.add(tuple(gate["x"] for gate in gates))
    assert len(courses) == 8


def test_no_finger_doses_the_edge_with_every_tick() -> None:
    walk = on_the_slope()
    for n in range(60):
        walk.step(("edge", n % 2))
    assert walk.state["flags"] == ["inhuman_regularity"]
