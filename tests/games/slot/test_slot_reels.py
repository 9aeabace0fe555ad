"""The reels of the slot: each settles where it was told to, without a jump in speed, and no near miss is staged."""

import itertools
import json
from collections import Counter
from random import Random
from typing import Any

import pytest
import quickjs
from hypothesis import given
from hypothesis import strategies as st

from games.catalog import FOLDER

HELP = """
globalThis.watch = (question) => {
  const { from, count, symbol, stopAfter, step } = JSON.parse(question);
  const reel = createReel(from, count);
  reel.start(50);
  const places = [];
  let told = false;
  let time = 50;
  for (; !reel.rests(time) && time < 80; time += step) {
    if (!told && time - 50 >= stopAfter) { reel.stop(symbol, time); told = true; }
    places.push(reel.at(time));
  }
  return JSON.stringify({ places, end: reel.at(time), seconds: time - 50, still: reel.speed(time) });
};
globalThis.again = (question) => {
  const { count, symbol } = JSON.parse(question);
  const reel = createReel(0, count);
  reel.start(50);
  reel.stop(symbol, 51);
  reel.start(60);
  return reel.at(60);
};
globalThis.line = (question) => {
  const { symbol, count, dice } = JSON.parse(question);
  return JSON.stringify(lineFor(symbol, count, (below) => dice.shift() % below));
};
globalThis.orders = (question) => JSON.stringify([0, 1, 2].map((reel) => orderOf(reel, JSON.parse(question).count)));
"""
STEP = 1 / 240
CRUISE = 15


@pytest.fixture(scope="module")
def slot() -> Any:
    """Reels and lines in an engine of their own."""
    engine = quickjs.Context()
    sources = (FOLDER / "slot" / "reel.js", FOLDER / "slot" / "line.js")
    engine.module("".join(source.read_text() for source in sources) + HELP)
    return lambda name, **question: engine.get(name)(json.dumps(question))


@given(start=st.floats(0, 13.99), count=st.integers(3, 14), stop_after=st.floats(0, 3), data=st.data())
def test_a_reel_settles_on_its_symbol(
    slot: Any, start: float, count: int, stop_after: float, data: st.DataObject
) -> None:
    symbol = data.draw(st.integers(0, count - 1))
    seen = json.loads(
        slot("watch", **{"from": start % count}, count=count, symbol=symbol, stopAfter=stop_after, step=STEP)
    )
    assert seen["end"] % count == pytest.approx(symbol, abs=1e-6) or seen["end"] % count == pytest.approx(
        symbol + count, abs=1e-6
    )
    assert seen["still"] == 0
    places = seen["places"]
    speeds = [(after - before) / STEP for before, after in itertools.pairwise(places)]
    jumps = [abs(after - before) for before, after in itertools.pairwise(speeds)]
    # A reel that took its notch at once would lose all of its speed within one step.
    assert max(jumps) < CRUISE * 0.1
    assert max(speeds) <= CRUISE * 1.001
    # It goes too far by less than half a symbol: no neighbour is ever on the line once it has arrived.
    assert max(places) - seen["end"] < 0.3
    assert seen["end"] - places[-1] < 0.01
    # From the press to rest it takes one way around at most, and the swing.
    assert seen["seconds"] < max(stop_after, 0.35) + count / CRUISE + 1.05


def test_the_next_turn_begins_where_the_last_one_ended(slot: Any) -> None:
    assert slot("again", count=7, symbol=4) == pytest.approx(4)


@given(count=st.integers(2, 14), data=st.data())
def test_a_prize_is_three_alike(slot: Any, count: int, data: st.DataObject) -> None:
    symbol = data.draw(st.integers(0, count - 1))
    assert json.loads(slot("line", symbol=symbol, count=count, dice=[])) == [symbol] * 3


def test_a_near_miss_comes_as_often_as_chance_has_it(slot: Any) -> None:
    """Of four symbols 60 lines win nothing, and 36 of these have two alike."""
    chance = Random(4)
    lines = Counter(
        tuple(json.loads(slot("line", symbol=None, count=4, dice=[chance.randrange(4) for _ in range(60)])))
        for _ in range(6000)
    )
    assert len(lines) == 60
    assert all(len(set(line)) > 1 for line in lines)
    assert min(lines.values()) > 60
    assert max(lines.values()) < 145
    alike = sum(times for line, times in lines.items() if len(set(line)) == 2)
    assert alike / 6000 == pytest.approx(36 / 60, abs=0.03)


@pytest.mark.parametrize("count", range(2, 15))
def test_every_reel_has_every_symbol_once(slot: Any, count: int) -> None:
    assert all(sorted(order) == list(range(count)) for order in json.loads(slot("orders", count=count)))
