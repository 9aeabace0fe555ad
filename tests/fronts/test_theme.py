"""Whatever colours a marketer picks, text can be read; and the brand's own pairs are checked as well."""

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scrm.fronts.pictures.colour import contrast, mix
from scrm.fronts.theme import BLACK, READABLE, WHITE, theme_style

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
