"""The button rubs for whoever has no finger for it: until the card opens, whatever a marketer asks for."""

import json
from typing import Any

import pytest
import quickjs

from games.catalog import FOLDER

# As many squares are counted across as in cover.js; how high the cover is in parts of its width, the stage decides.
RUB = """
globalThis.sharesOf = (brush, tall, strokes) => {
  const [squares, radius] = [48, BRUSHES[brush]];
  const wiped = createWiped(squares, Math.round(squares * tall));
  const shares = [];
  for (let n = 0; n < strokes; n++) {
    const ends = [...swipeAt(n, 0, { tall, radius }), ...swipeAt(n, 1, { tall, radius })];
    wiped.wipe(...ends.map((place) => place * squares), radius * squares);
    shares.push(wiped.share());
  }
  return JSON.stringify(shares);
};
"""


@pytest.fixture(scope="module")
def shares_of() -> Any:
    """The share that is rubbed away after each stroke of the button."""
    engine = quickjs.Context()
    engine.module("".join((FOLDER / "scratch" / name).read_text() for name in ("wiped.js", "swipe.js")) + RUB)
    return lambda *question: json.loads(engine.get("sharesOf")(*question))


# The most that a marketer may ask for is nine tenths.
@pytest.mark.parametrize(("brush", "strokes"), [("coin", 13), ("finger", 9), ("mitten", 7)])
@pytest.mark.parametrize("tall", [0.6, 0.72, 0.86])
def test_the_button_opens_a_card_of_any_share(brush: str, strokes: int, tall: float, shares_of: Any) -> None:
    assert max(shares_of(brush, tall, strokes)) > 0.95
