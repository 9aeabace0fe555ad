"""The spin of the wheel: its speed never jumps, and it rests exactly where the draw says."""

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
  const { from, target, turns, landAfter, step } = JSON.parse(question);
  const spin = createSpin(from);
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
CRUISE = 840
# The steepest change of speed: gathering it in 0.7 s, or braking from it over the shortest way.
STEEPEST = CRUISE / 0.7


@pytest.fixture(scope="module")
def wheel() -> Any:
    """The wheel's motion in an engine of its own."""
    engine = quickjs.Context()
    engine.module((FOLDER / "wheel" / "spin.js").read_text() + HELP)
    return lambda name, **question: engine.get(name)(json.dumps(question))


@given(
    start=st.floats(0, 359),
    target=st.floats(0, 359.9),
    turns=st.integers(2, 6),
    land_after=st.floats(0, 4),
)
def test_the_speed_never_jumps_and_the_end_is_exact(
    wheel: Any, start: float, target: float, turns: int, land_after: float
) -> None:
    question = {"from": start, "target": target, "turns": turns, "landAfter": land_after, "step": STEP}
    spun = json.loads(wheel("watch", **question))
    off = (spun["end"] - target) % 360
    assert min(off, 360 - off) < 1e-6
    angles = spun["angles"]
    speeds = [(after - before) / STEP for before, after in itertools.pairwise(angles)]
    changes = [abs(after - before) / STEP for before, after in itertools.pairwise(speeds)]
    assert max(changes) <= STEEPEST * 1.01
    assert min(speeds) >= -1e-9, "it never turns back"
    assert speeds[-1] < 20, "it comes to rest and does not stop dead"
    assert spun["seconds"] < land_after + 12


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
