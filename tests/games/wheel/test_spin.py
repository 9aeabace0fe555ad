"""The spin of wheel and nine-grid: the speed never jumps, and it rests exactly where the draw says."""

import itertools
import json
from typing import Any

import pytest
import quickjs
from hypothesis import given
from hypothesis import strategies as st

from games.catalog import FOLDER

HELP = """
globalThis.watch = (question) => {
  const { motion, from, target, turns, landAfter, step } = JSON.parse(question);
  const spin = createSpin(from, motion);
  spin.start(100);
  const angles = [];
  let time = 100;
  let told = false;
  for (; !spin.rests(time) && time < 130; time += step) {
    if (!told && time - 100 >= landAfter) { spin.land(target, turns, time); told = true; }
    angles.push(spin.at(time));
  }
  return JSON.stringify({ angles, end: spin.at(time), seconds: time - 100 });
};
globalThis.layOutNumbers = (question) => {
  const { prizes, sectors } = JSON.parse(question);
  return JSON.stringify(layOut(prizes.map((no) => ({ no })), sectors).map(({ no }) => no));
};
globalThis.shown = (question) => {
  const { sector, count, aside } = JSON.parse(question);
  return sectorAt(angleOf(sector, count, aside), count);
};
"""
STEP = 1 / 120
# The wheel's in degrees, and the light's of the nine-grid with eight and with twelve places.
MOTIONS = (
    {"cruise": 840, "gather": 0.7, "round": 360},
    {"cruise": 17, "gather": 0.7, "round": 8},
    {"cruise": 17, "gather": 0.7, "round": 12},
)


@pytest.fixture(scope="module")
def wheel() -> Any:
    """The wheel's motion in an engine of its own."""
    engine = quickjs.Context()
    sources = (
        FOLDER / "_chance" / "spin.js",
        FOLDER / "_chance" / "layout.js",
        FOLDER / "wheel" / "sectors.js",
    )
    engine.module("".join(source.read_text() for source in sources) + HELP)
    return lambda name, **question: engine.get(name)(json.dumps(question))


@pytest.mark.parametrize("motion", MOTIONS, ids=lambda motion: f"round-{motion['round']}")
@given(
    start=st.floats(0, 0.99),
    target=st.floats(0, 0.99),
    turns=st.integers(1, 6),
    land_after=st.floats(0, 4),
)
def test_the_speed_never_jumps_and_the_end_is_exact(
    wheel: Any, motion: dict[str, float], start: float, target: float, turns: int, land_after: float
) -> None:
    around, cruise = motion["round"], motion["cruise"]
    target *= around
    spun = json.loads(
        wheel(
            "watch",
            motion=motion,
            **{"from": start * around},
            target=target,
            turns=turns,
            landAfter=land_after,
            step=STEP,
        )
    )
    off = (spun["end"] - target) % around
    assert min(off, around - off) < around * 1e-8
    places = spun["angles"]
    speeds = [(after - before) / STEP for before, after in itertools.pairwise(places)]
    changes = [abs(after - before) / STEP for before, after in itertools.pairwise(speeds)]
    # The steepest change is gathering speed, or braking from it over the shortest way.
    steepest = max(cruise / motion["gather"], 2 * cruise**2 / (3 * turns * around))
    assert max(changes) <= steepest * 1.01
    assert max(speeds) <= cruise * 1.001
    assert min(speeds) >= -1e-9, "it never turns back"
    assert speeds[-1] < cruise * 0.03, "it comes to rest and does not stop dead"
    assert spun["seconds"] < land_after + motion["gather"] + 3 * (turns + 1) * around / cruise + 0.1


@given(count=st.integers(2, 12), aside=st.floats(-0.45, 0.45), data=st.data())
def test_the_sector_that_was_meant_stands_at_the_top(
    wheel: Any, count: int, aside: float, data: st.DataObject
) -> None:
    sector = data.draw(st.integers(0, count - 1))
    assert wheel("shown", sector=sector, count=count, aside=aside) == sector


@given(prizes=st.integers(1, 12), sectors=st.integers(4, 12))
def test_every_prize_has_a_sector_and_equal_ones_are_apart(wheel: Any, prizes: int, sectors: int) -> None:
    laid = json.loads(wheel("layOutNumbers", prizes=list(range(1, prizes + 1)), sectors=sectors))
    assert set(laid) == set(range(1, prizes + 1))
    assert len(laid) == max(prizes, sectors)
    if prizes > 2:
        assert all(one != next_one for one, next_one in zip(laid, [*laid[1:], laid[0]], strict=True))
