"""The card of a challenge link: a real picture, in Chinese too, whatever the words and colours."""

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from scrm.fronts.pictures import fonts, share_card
from scrm.fronts.pictures.share_card import Card, draw

CARD = Card(
    brand="雪笺 SNOWLETTER", campaign="初雪如约", game="冬日百米", name="林晚舟", score="9.87", unit="秒",
    challenge="敢来超越我吗？", scan="扫码，与我的影子赛一场",
    address="https://club.example/c/first-snow/beat/" + "x" * 80, ground="#0b1e3f", accent="#c8452f",
)  # fmt: skip


def picture(**changes: str) -> Image.Image:
    return Image.open(io.BytesIO(draw(replace(CARD, **changes)))).convert("RGB")


def differs(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one, other).getbbox() is not None


@pytest.mark.parametrize("face", ["sans", "serif"])
def test_chinese_is_written_and_not_boxed(face: str) -> None:
    """A font that lacks a sign draws the same box for every one that it lacks."""
    masks = {bytes(fonts.font(face, 40).getmask(sign)) for sign in "雪笺秒赛"}
    assert len(masks) == 4


def test_each_word_of_it_is_on_the_card() -> None:
    usual = picture()
    assert usual.size == (1080, 1440)
    assert all(
        differs(usual, picture(**{word: "Z"}))
        for word in ("brand", "campaign", "name", "score", "unit", "scan")
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "名" * 200},
        {"score": "123,456,789,012", "unit": "points"},
        {"campaign": "A campaign with a title that nobody would print on a poster " * 3},
        {"name": "", "campaign": "", "game": ""},
        {"ground": "#ffffff", "accent": "#ffffff"},
        {"ground": "#7a7a7a"},
        {"address": "https://club.example/" + "y" * 900},
    ],
    ids=["long name", "long score", "long title", "empty", "white", "grey", "long link"],
)
def test_whatever_stands_on_it_it_is_drawn(changes: dict[str, str]) -> None:
    assert picture(**changes).size == (share_card.WIDTH, share_card.HEIGHT)


def test_without_any_font_it_is_drawn_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_places", lambda _face: iter(()))
    fonts.font.cache_clear()
    draw.cache_clear()
    assert picture(campaign="First Snow").size == (share_card.WIDTH, share_card.HEIGHT)
    fonts.font.cache_clear()
    draw.cache_clear()
