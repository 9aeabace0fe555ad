"""Drawings are well-formed, the same each time, and let nothing foreign into the page."""

from itertools import product
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrm.fronts.pictures.art import nothing, prize, tier_badge
from scrm.fronts.pictures.code import qr
from scrm.fronts.pictures.garment import CUTS, garment
from scrm.fronts.pictures.landscape import landscape
from scrm.fronts.pictures.portrait import avatar


@pytest.mark.parametrize(
    ("silhouette", "quilting", "hood"),
    list(product(CUTS, ("horizontal", "diamond", "vertical", "none"), (True, False))),
)
def test_every_garment_is_a_picture(silhouette: str, quilting: str, hood: bool) -> None:
    drawing = ElementTree.fromstring(garment(silhouette, "#c83f14", quilting, hood=hood))
    assert drawing.get("aria-hidden") == "true"
    assert len(list(drawing.iter("path"))) > 5


@given(st.text(), st.text(), st.text(), st.text())
def test_foreign_attributes_still_give_a_picture(
    silhouette: str, colour: str, quilting: str, seed: str
) -> None:
    ElementTree.fromstring(garment(silhouette, colour, quilting))
    ElementTree.fromstring(landscape(seed, colour, colour))


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")))
def test_a_name_is_text_and_never_markup(name: str) -> None:
    assert ElementTree.fromstring(avatar(name)).get("aria-label") == name


def test_a_label_is_text_and_never_markup() -> None:
    assert '"><script>' not in garment("short", label='"><script>')
    assert ElementTree.fromstring(garment("short", label='a "b" <c>')).get("aria-label") == 'a "b" <c>'


def test_the_same_seed_gives_the_same_picture() -> None:
    assert landscape("first-snow") == landscape("first-snow")
    assert landscape("first-snow") != landscape("second-snow")
    assert avatar("Lin", "1") == avatar("Lin", "1")
    assert avatar("Lin", "1") != avatar("Lin", "2")


def test_an_unknown_kind_of_prize_or_tier_has_a_picture_too() -> None:
    for drawing in (prize("gift"), prize("unheard-of"), tier_badge("unheard-of"), nothing()):
        ElementTree.fromstring(drawing)


def test_a_code_is_labelled_for_those_who_cannot_see_it() -> None:
    assert "Member code" in qr("628100004217123456", "Member code")
