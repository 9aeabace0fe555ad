"""How much of the card is rubbed away: exactly the squares that a stroke passes over, each counted once."""

import json
import math
from typing import Any

import pytest
import quickjs
from hypothesis import given
from hypothesis import strategies as st

from games.catalog import FOLDER

HELP = """
globalThis.rub = (question) => {
  const { columns, rows, strokes } = JSON.parse(question);
  const wiped = createWiped(columns, rows);
  return JSON.stringify(strokes.map((stroke) => { wiped.wipe(...stroke); return wiped.share(); }));
};
"""
COLUMNS, ROWS = 20, 16
STROKES = st.lists(
    st.tuples(st.floats(-4, 24), st.floats(-4, 20), st.floats(-4, 24), st.floats(-4, 20), st.floats(0.6, 4)),
    min_size=1,
    max_size=8,
)


@pytest.fixture(scope="module")
def rub() -> Any:
    """The share after each stroke."""
    engine = quickjs.Context()
    engine.module((FOLDER / "scratch" / "wiped.js").read_text() + HELP)

    def shares(strokes: list[tuple[float, ...]]) -> list[float]:
        question = {"columns": COLUMNS, "rows": ROWS, "strokes": strokes}
        answer: list[float] = json.loads(engine.get("rub")(json.dumps(question)))
        return answer

    return shares


@given(strokes=STROKES)
def test_each_square_under_a_stroke_counts_once(rub: Any, strokes: list[tuple[float, ...]]) -> None:
    gone: set[tuple[int, int]] = set()
    for share, (x0, y0, x1, y1, radius) in zip(rub(strokes), strokes, strict=True):
        for column in range(COLUMNS):
            for row in range(ROWS):
                if distance(column + 0.5, row + 0.5, x0, y0, x1, y1) <= radius:
                    gone.add((column, row))
        # A square that lies exactly on the brush's edge may be counted either way.
        assert share == pytest.approx(len(gone) / (COLUMNS * ROWS), abs=2 / (COLUMNS * ROWS))


def test_rubbing_the_same_place_again_opens_nothing(rub: Any) -> None:
    shares = rub([(2, 2, 18, 2, 1.5)] * 5)
    assert len(set(shares)) == 1


def test_rubbing_all_of_it_is_the_whole(rub: Any) -> None:
    assert rub([(0, row, 20, row, 1.1) for row in range(17)])[-1] == 1


def test_strokes_beside_the_card_count_nothing(rub: Any) -> None:
    assert rub([(-9, -9, -5, 30, 2), (25, 0, 40, 16, 3)]) == [0, 0]


def distance(x: float, y: float, x0: float, y0: float, x1: float, y1: float) -> float:
    """From a point to a stroke."""
    long = math.hypot(x1 - x0, y1 - y0)
    along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / long**2 if long > 1e-9 else 0
    along = min(max(along, 0), 1)
    return math.hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0))
