"""Whom the referee must not suspect: people with slow phones, calm hands and quick fingers."""

from itertools import accumulate
from random import Random

import pytest

import games
from games import Event, Log
from games.regularity import inhumanly_regular

from .kit import EVERY_SKILL, honest

PEOPLE = ("beginner", "expert")
# Sixty, thirty, twenty and fifteen frames a second.
FRAMES = (1, 2, 3, 4)


@EVERY_SKILL
@pytest.mark.parametrize("player", PEOPLE)
def test_a_slow_phone_is_believed(game: games.Game, player: str) -> None:
    """A phone that hears of a press only at its next frame makes a worse score perhaps, but never a suspect."""
    for ticks_per_frame in FRAMES[1::2]:
        for track in (1, 2):
            played = honest(game.slug, track, player, ticks_per_frame)
            counted = games.replay(game.slug, config={}, seed=played.seed, inputs=played.inputs)
            assert (counted.value, counted.tie, counted.flags) == (played.value, played.tie, ())


@pytest.mark.parametrize("ticks_per_frame", FRAMES)
@pytest.mark.parametrize("gap", [7, 9, 14, 30, 60])
def test_tapping_fingers_are_no_machine(gap: int, ticks_per_frame: int) -> None:
    """A steady drummer scatters by about a twentieth of the beat, and by a tick at the least."""
    chance = Random(gap)
    for _ in range(40):
        gaps = (max(1, round(chance.gauss(gap, max(1.0, gap / 20)))) for _ in range(60))
        ticks = [-(-tick // ticks_per_frame) * ticks_per_frame for tick in accumulate(gaps)]
        assert not inhumanly_regular(_log(ticks))


def test_a_finger_that_slides_is_no_machine() -> None:
    """Its moves come as evenly as the phone's frames."""
    for every in (1, 2, 3, 4, 6):
        moves = tuple(Event(tick, "aim", (tick % 1000,)) for tick in range(0, 1800, every))
        assert not inhumanly_regular(Log(1800, moves))


def test_a_finger_that_slides_over_dropped_frames_is_no_machine() -> None:
    """Fifteen frames a second, of which one in ten is lost: the longer gaps are nearly all of two frames."""
    for luck in range(40):
        chance = Random(luck)
        ticks = (tick for tick in range(0, 3600, 4) if chance.random() < 0.9)
        assert not inhumanly_regular(Log(3600, tuple(Event(tick, "aim", (tick % 1000,)) for tick in ticks)))


def test_what_is_chosen_on_an_exact_beat_is_a_machines_choice() -> None:
    """Also where each press says which card, which neighbours or which way."""
    chosen = tuple(Event(tick, "swap", (tick % 50, 1)) for tick in range(0, 900, 9))
    assert inhumanly_regular(Log(900, chosen))


@pytest.mark.parametrize("gap", [4, 9, 30, 120])
def test_what_beats_like_a_clock_is_a_machine(gap: int) -> None:
    assert inhumanly_regular(_log(list(range(0, gap * 40, gap))))
    # Two feet in turn, and a pause now and then, hide it as little as a stray press.
    ticks = [tick + tick // (gap * 32) * 7 for tick in range(0, gap * 80, gap)]
    feet = tuple(Event(tick, ("left", "right")[place % 2]) for place, tick in enumerate(ticks))
    assert inhumanly_regular(Log(ticks[-1] + 1, feet)) == (gap * 2 <= 180)


def _log(ticks: list[int]) -> Log:
    return Log(ticks[-1] + 1, tuple(Event(tick, "press") for tick in ticks))
