"""How sharp a picture is drawn on a phone that does not keep up, and when fewer pixels are no help."""

from pathlib import Path

import pytest
import quickjs

import scrm

PACE = Path(scrm.__file__).parent / "fronts" / "static" / "src" / "frame" / "pace.js"

# Shows 1,200 frames on a phone; `took` gives how many milliseconds a frame takes that is drawn with this sharpness.
SHOW = """
const memory = { soft: false };
function show(sharpest, took) {
  const pace = createPace(sharpest, memory);
  const drawn = [pace.sharpness];
  let now = 0;
  for (let frame = 1; frame <= 1200; frame++) {
    now += took(pace.sharpness, frame);
    if (pace.frame(now)) drawn.push(pace.sharpness);
  }
  return JSON.stringify(drawn);
}
"""

# What a phone takes for a frame, how sharp its screen is, and how sharp it then draws, one after another.
PHONES = {
    "one that keeps up": ("() => 1000 / 60", 2, [2]),
    "one that is late now and then": ("(_, frame) => frame % 20 ? 16.7 : 33.3", 2, [2]),
    "one stall of a second": ("(_, frame) => frame === 90 ? 1000 : 16.7", 2, [2]),
    "late while the game begins": ("(_, frame) => frame <= 30 ? 33.3 : 16.7", 2, [2]),
    "late with one frame in three, but not with fewer pixels": (
        "(sharpness, frame) => frame % 3 || sharpness < 2 ? 16.7 : 33.3",
        2,
        [2, 1],
    ),
    "the fewer pixels, the quicker": ("(sharpness) => 18 * sharpness ** 2", 2, [2, 1]),
    "a screen of thirty frames a second": ("() => 1000 / 30", 2, [2, 1, 2]),
    "slow whatever is drawn": ("(_, frame) => 40 + (frame % 7)", 2, [2, 1, 2]),
    "a soft screen that is slow": ("() => 50", 1, [1]),
    "a little sharper than need be": ("(sharpness) => 30 * sharpness", 1.25, [1.25, 1]),
}


@pytest.mark.parametrize(("took", "sharpest", "drawn"), PHONES.values(), ids=PHONES)
def test_a_phone_draws_as_sharply_as_it_keeps_up_with(took: str, sharpest: float, drawn: list[float]) -> None:
    engine = quickjs.Context()
    engine.eval(PACE.read_text().replace("export ", "") + SHOW)
    shown = engine.eval(f"show({sharpest}, {took})")
    assert shown == str(drawn).replace(" ", "")


@pytest.mark.parametrize(
    ("took", "sharpest", "next_game"),
    [
        ("(sharpness) => 18 * sharpness ** 2", 2, [1]),
        ("() => 1000 / 30", 2, [2, 1, 2]),
        ("() => 1000 / 60", 2, [2]),
        ("(sharpness) => 18 * sharpness ** 2", 0.9, [0.9]),
    ],
    ids=["fewer pixels helped", "they did not", "there was no need", "a screen of fewer pixels"],
)
def test_the_next_game_begins_as_the_last_one_ended(
    took: str, sharpest: float, next_game: list[float]
) -> None:
    engine = quickjs.Context()
    engine.eval(PACE.read_text().replace("export ", "") + SHOW)
    engine.eval(f"show(2, {took})")
    assert engine.eval(f"show({sharpest}, {took})") == str(next_game).replace(" ", "")
