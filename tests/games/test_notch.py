"""Phones with a notch: what a game writes stays below it, and below the bar that stands under it."""

from typing import Any

import pytest

import games

pytestmark = pytest.mark.browser

EVERY_SKILL = pytest.mark.parametrize(
    "slug", [one.slug for one in games.discover().values() if one.kind == "skill"]
)
NOTCH = 59

# A phone says how high its notch is in the environment, of which our style makes a property.
GROW_NOTCH = """
(height) => {
  document.documentElement.style.setProperty("--safe-top", `${height}px`);
  // A game measures it whenever the stage changes its size.
  document.querySelector(".game").style.bottom = "1px";
}
"""
WRITE_DOWN = """
() => {
  const { fillText } = CanvasRenderingContext2D.prototype;
  window.written = [];
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...more) {
    const place = this.getTransform().transformPoint({ x, y });
    if (this.canvas.isConnected) window.written.push(place.y / this.canvas.dataset.sharpness);
    return fillText.call(this, text, x, y, ...more);
  };
}
"""


@EVERY_SKILL
def test_nothing_is_written_beside_the_notch(slug: str, hand: Any) -> None:
    it = hand(slug, started=False)
    it.page.evaluate(GROW_NOTCH, NOTCH)
    it.start()
    it.page.evaluate(WRITE_DOWN)
    it.frames(5)
    bar = it.page.locator(".game-bar").bounding_box()
    assert bar
    assert bar["height"] > NOTCH
    assert min(it.page.evaluate("written")) > bar["height"]
