"""Archery by keys alone: held arrows bring the sight to the gold in time, and single presses to its middle."""

from typing import Any

import pytest

from tests.games.hand import Hand

pytestmark = pytest.mark.browser

# How far beside the middle the arrow would stand, but for the sway, from what the eye has seen of wind and sight.
OFF = """
(() => {
  const { round } = document.querySelector(".game");
  const { state } = round;
  const metres = [30, 50, 70][Math.min(Math.trunc(state.arrow / state.each), 2)];
  return {
    phase: state.phase,
    x: Math.round(state.aimX / 16 + (state.wind * metres) / 44),
    y: Math.round(state.aimY / 16),
    held: state.fullSince < 0 ? 0 : state.tick - state.fullSince,
  };
})()
"""
LATE = 4  # pictures between what one sees and what one does
NEAR = 5  # units
SLOWS = 45  # units on which a held arrow runs on until it is let go


def shoot(it: Hand) -> None:
    """One arrow: hold the arrows until the sight is close, press them singly then, and let go in the quiet."""
    keyboard = it.page.keyboard
    it.until("state.phase === 'aim'")
    keyboard.down("Space")
    held: set[str] = set()
    while (seen := it.page.evaluate(OFF))["phase"] != "flight":
        wanted = {
            before if off > 0 else after
            for off, before, after in (
                (seen["x"], "ArrowLeft", "ArrowRight"),
                (seen["y"], "ArrowUp", "ArrowDown"),
            )
            if abs(off) > SLOWS
        }
        for key in held - wanted:
            keyboard.up(key)
        for key in wanted - held:
            keyboard.down(key)
        held = wanted
        for off, before, after in (
            (seen["x"], "ArrowLeft", "ArrowRight"),
            (seen["y"], "ArrowUp", "ArrowDown"),
        ):
            if NEAR < abs(off) <= SLOWS:
                keyboard.press(before if off > 0 else after)
        if seen["held"] > 60 and not held:
            keyboard.up("Space")
        it.frames(LATE)
    keyboard.up("Space")


def test_an_expert_by_keys_alone_reaches_the_inner_rings(hand: Any) -> None:
    it = hand("archery", "Space")
    # One arrow at each distance is enough.
    it.page.evaluate("document.querySelector('.game').round.state.each = 1")
    for shot in range(3):
        shoot(it)
        it.until(f"state.rings.length === {shot + 1}")
    rings = it.state()["rings"]
    assert min(rings) >= 7, rings
    assert sum(rings) >= 25, rings


def test_arrows_that_are_held_move_the_sight_on_and_both_ways_at_once(hand: Any) -> None:
    it = hand("archery", "Space")
    it.until("state.phase === 'aim'")
    before = it.state()
    it.page.keyboard.press("ArrowLeft")
    it.frames(1)
    assert before["wishX"] - it.state()["wishX"] == 6
    it.page.keyboard.down("ArrowLeft")
    it.page.keyboard.down("ArrowUp")
    it.frames(60)
    it.page.keyboard.up("ArrowLeft")
    it.page.keyboard.up("ArrowUp")
    it.frames(2)
    after = it.state()
    assert before["wishX"] - after["wishX"] > 300
    assert before["wishY"] - after["wishY"] > 300
    assert len(it.did()) < 50
    it.frames(30)
    assert it.state()["wishX"] == after["wishX"]
