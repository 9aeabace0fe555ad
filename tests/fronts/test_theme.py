"""Whatever colours a marketer picks, text can be read; and the brand's own pairs are checked as well."""

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scrm.fronts.pictures.colour import contrast, mix
from scrm.fronts.theme import BLACK, READABLE, READABLE_AT_NIGHT, WHITE, at_night, theme_style

TOKENS = Path("scrm/fronts/static/src/design/tokens.css")
colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@dataclass
class Four:
    ground: str
    paper: str
    ink: str
    accent: str


def test_one_of_black_and_white_can_be_read_on_every_ground() -> None:
    assert contrast(WHITE, BLACK) >= READABLE**2


@example(Four("#000000", "#000000", "#000000", "#008a29"))
@given(st.builds(Four, colours, colours, colours, colours))
def test_text_can_be_read_in_any_four_colours(four: Four) -> None:
    variables = dict(part.removeprefix("--").split(":") for part in theme_style(four).split(";"))
    for text, ground in (
        ("theme-on-ground", "theme-ground"),
        ("theme-glow", "theme-ground"),
        ("theme-on-accent", "theme-accent"),
        ("ink", "snow"),
    ):
        assert contrast(variables[text], variables[ground]) >= READABLE, (text, ground)


@example(Four("#ffffff", "#ffffff", "#12263f", "#c8452f"))
@given(st.builds(Four, colours, colours, colours, colours))
def test_a_game_of_skill_is_played_by_night(four: Four) -> None:
    ground = re.findall(r"--theme-ground:(#[0-9a-f]{6})", theme_style(four, night=True))[0]
    assert contrast(WHITE, ground) >= READABLE_AT_NIGHT


@pytest.mark.parametrize(
    "ground",
    ["#ffffff", "#ffe066", "#f2b8c6", "#8fd3c1", "#7fa7d9", "#777777", "#c8452f", "#35598f", "#101828"],
)
@pytest.mark.parametrize("accent", ["#ffffff", "#ffe066", "#c8452f", "#101828"])
def test_the_words_on_the_pads_of_the_sprint_can_be_read(ground: str, accent: str) -> None:
    """Nowhere is more mixed into white words and into what is behind them; see games/sprint/art/pads.js."""
    night = at_night(ground)
    word = mix(WHITE, night, 0.25)
    for pad in (mix(night, "#7cc4ff", 0.82), mix(accent, "#ffb070", 0.35)):
        assert contrast(WHITE, mix(mix(night, "#050a1e", 0.35), pad, 0.3)) >= READABLE
        assert contrast(word, mix(mix(night, "#050a1e", 0.35), pad, 0.14)) >= READABLE


def test_a_dark_ground_is_left_as_it_was_picked() -> None:
    assert at_night("#0b1e3f") == "#0b1e3f"


def test_a_readable_ink_is_left_as_it_was_picked() -> None:
    assert "--ink:#12263f" in theme_style(Four("#0b1e3f", "#f7fafc", "#12263f", "#c8452f"))


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("on-night", "night"),
        ("on-night-quiet", "night"),
        ("lamp", "night"),
        ("ink", "snow"),
        ("ink-quiet", "snow"),
        ("ink-quiet", "snow-shade"),
        ("ink-quiet", "snow-line"),
        ("on-ice", "ice"),
        ("on-ember", "ember"),
        ("on-ember", "ember-deep"),
        ("ember", "snow"),
        ("on-lamp", "lamp"),
        ("pine", "pine-mist"),
        ("alarm", "alarm-mist"),
        ("alarm", "snow"),
        ("straw", "straw-mist"),
    ],
)
def test_the_brand_can_be_read(text: str, ground: str) -> None:
    token = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", TOKENS.read_text()))
    assert contrast(token[text], token[ground]) >= READABLE


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1
    shades = [contrast(mix("#ffffff", "#000000", tenths / 10), "#ffffff") for tenths in range(11)]
    assert all(lighter < darker for lighter, darker in pairwise(shades))
