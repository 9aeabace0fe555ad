"""What each picture of a game of skill costs, by what it asks of the browser; and what stands still for whom."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

import games
from games.catalog import BUILT

pytestmark = pytest.mark.browser

SKILL = [game for game in games.discover().values() if game.kind == "skill"]
EVERY = pytest.mark.parametrize("game", SKILL, ids=lambda game: game.slug)
COUNTING = (Path(__file__).parent / "counting.js").read_text()
THEME = {"ground": "#14306b", "onGround": "#f6f8fc", "accent": "#ffb84d", "onAccent": "#2b1700"}
SECONDS = 25
# In the first seconds things are painted ahead of their time, one with each picture.
AHEAD = 180


def watched(page: Page, manifest: dict[str, str], game: games.Game, **asked: Any) -> list[Any]:
    """An expert's round; see counting.js."""
    page.evaluate((BUILT / f"{game.slug}.players.js").read_text())
    frame = {"config": game.configured({}), "texts": game.texts["zh"], "theme": THEME, "calm": False}
    seen: list[Any] = page.evaluate(
        COUNTING,
        {
            "scene": f"/{manifest[f'games/{game.slug}.js']}",
            "frame": frame | {"calm": asked.get("still", False)},
            "seed": "0123456789abcdef" * 2,
            "size": (390, 844),
            "seconds": SECONDS,
        }
        | asked,
    )
    return seen


_rounds: dict[str, list[Any]] = {}


def counted(page: Page, manifest: dict[str, str], game: games.Game) -> list[Any]:
    """The pictures of one round, which is played once for all that is asked about them."""
    if game.slug not in _rounds:
        _rounds[game.slug] = watched(page, manifest, game)
    return _rounds[game.slug]


@EVERY
def test_a_picture_asks_for_nothing_that_is_known(
    bundles: Page, manifest: dict[str, str], game: games.Game
) -> None:
    """Styles, boxes and places are read when the stage gets its size; words are measured when they change."""
    pictures = counted(bundles, manifest, game)[AHEAD:]
    asked = {name for picture in pictures for name in picture["asked"]}
    often = {name for name in asked if sum(name in it["asked"] for it in pictures) > len(pictures) / 20}
    assert not asked & {"getComputedStyle", "getBoundingClientRect", "getTransform"}
    # A foot's light, say, is mixed while it fades.
    assert often <= {"parseInt"}
    assert sum(it["asked"].get("parseInt", 0) for it in pictures) < 3 * len(pictures)


@EVERY
def test_no_picture_in_between_is_much_dearer(
    bundles: Page, manifest: dict[str, str], game: games.Game
) -> None:
    """What is painted elsewhere than into the picture is spread over several, and nothing large is filtered."""
    pictures = counted(bundles, manifest, game)[AHEAD:]
    assert sum(picture["aside"] > 20 for picture in pictures) < len(pictures) / 100
    # The archer's eye goes near and far with every arrow.
    if game.slug != "archery":
        assert sum(picture["stretched"] for picture in pictures) < len(pictures) / 20


@EVERY
def test_before_the_first_picture_only_what_it_shows_is_painted(
    bundles: Page, manifest: dict[str, str], game: games.Game
) -> None:
    """The rest has time while that one is seen."""
    assert counted(bundles, manifest, game)[0]["aside"] < 1800


def test_deep_snow_costs_the_sprint_no_more_than_trodden_snow(
    bundles: Page, manifest: dict[str, str]
) -> None:
    pictures = counted(bundles, manifest, games.game("sprint"))
    assert max(picture["painted"] for picture in pictures) < 300


@EVERY
def test_who_asked_for_less_motion_sees_what_stands_stand(
    bundles: Page, manifest: dict[str, str], game: games.Game
) -> None:
    """But for edges between two rows of pixels, which grow firmer each time that they are painted."""
    assert max(watched(bundles, manifest, game, still=True, seconds=6)) <= 300
