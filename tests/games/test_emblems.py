"""The emblem of every game, by which the club's pages show it: small, in the theme's colours, safe inside of a page."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from games import discover
from games.catalog import FOLDER
from games.new import KINDS, TEMPLATES

EMBLEMS = [FOLDER / slug / "emblem.svg" for slug in discover()] + [
    TEMPLATES / kind / "emblem.svg" for kind in KINDS
]


@pytest.mark.parametrize("path", EMBLEMS, ids=lambda path: path.parent.name)
def test_an_emblem_fits_into_any_page(path: Path) -> None:
    text = path.read_text()
    picture = ElementTree.fromstring(text)
    assert picture.attrib == {"viewBox": "0 0 96 96", "aria-hidden": "true"}
    assert len(text) < 1500
    allowed = {"circle", "ellipse", "g", "path", "rect"}
    assert {element.tag for element in picture.iter()} - {"svg"} <= allowed, "nothing that acts or has a name"
    assert not re.search(r"\b(id|href|style|on\w+)=", text)
    # A red packet is red whatever the campaign's colours are.
    assert path.parent.name == "red-packet" or "var(--theme-accent)" in text
