"""Another game is chosen for a draft: the words follow, what fits stays, and what does not is told."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

import campaigns
import games
from scrm.fronts import i18n
from scrm.fronts.console.draft_changes import apply_change
from tests.make import NOW

KEY = "a" * 64
Draft = dict[str, Any]


@pytest.fixture(scope="module", autouse=True)
def reader() -> Iterator[None]:
    """Texts are told in English; no database is needed for any of this."""
    app = Flask(__name__)
    i18n.init_app(app, "en")
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def template(kind: str) -> Draft:
    return campaigns.campaign_type(kind).template(NOW, "Asia/Shanghai")


def chosen(draft: Draft, slug: str, path: str = "game") -> str | None:
    return apply_change(draft, f"choose-game:{path}={slug}")


def says(draft: Draft, game: str) -> bool:
    """Whether title, introduction and shared text are those of the game."""
    words = games.game(game).campaign
    return (draft["title"], draft["intro"], draft["share"]) == (words.title, words.intro, words.share)


@pytest.mark.parametrize("slug", [slug for slug, game in games.discover().items() if game.kind == "chance"])
def test_the_words_follow_the_game(slug: str) -> None:
    draft = template("wheel")
    assert says(draft, "wheel")
    assert chosen(draft, slug) is None
    assert says(draft, slug)


def test_what_a_marketer_wrote_stays() -> None:
    draft = template("wheel")
    draft["title"]["zh"] = "暖冬大奖"
    del draft["share"]
    chosen(draft, "egg")
    egg = games.game("egg").campaign
    assert draft["title"] == {"zh": "暖冬大奖", "en": egg.title["en"]}
    assert draft["intro"] == egg.intro
    assert "share" not in draft


def test_a_challenge_speaks_of_its_game_of_skill_and_not_of_the_draw() -> None:
    draft = template("challenge")
    chosen(draft, "scratch")
    assert says(draft, "sprint")
    chosen(draft, "archery", "challenge.game")
    assert says(draft, "archery")


def test_the_score_that_earns_a_chance_follows_unless_it_is_the_marketers_own() -> None:
    draft = template("challenge")
    draft["challenge"]["grants"].append({"reach": 11_111, "chances": 1})
    chosen(draft, "archery", "challenge.game")
    assert [grant["reach"] for grant in draft["challenge"]["grants"]] == [60, 11_111]


@pytest.mark.parametrize("game", games.discover().values(), ids=lambda game: game.slug)
def test_every_game_has_words_for_a_campaign_in_both_languages(game: games.Game) -> None:
    words = game.campaign
    assert all(
        set(text) == {"en", "zh"} and all(text.values()) for text in (words.title, words.intro, words.share)
    )
    if game.scoring:
        assert words.reach is not None
        assert game.scoring.least < words.reach < game.scoring.most


def test_settings_that_mean_the_same_stay() -> None:
    draft = template("challenge")
    draft["challenge"]["game"]["config"] = {"difficulty": "hard"}
    assert chosen(draft, "archery", "challenge.game") is None
    assert draft["challenge"]["game"]["config"]["difficulty"] == "hard"


def test_a_picture_stays_where_the_place_has_the_same_name() -> None:
    draft = template("challenge")
    chosen(draft, "feathers", "challenge.game")
    draft["challenge"]["game"]["pictures"] = {"feather": KEY}
    assert chosen(draft, "runner", "challenge.game") is None
    assert draft["challenge"]["game"]["pictures"] == {"feather": KEY}


def test_what_has_no_place_is_left_out_and_told() -> None:
    draft = template("wheel")
    draft["game"] |= {
        "config": {"turns": 5, "sectors": 12},
        "pictures": {"hub": KEY},
        "texts": {"zh": {"start": "转起来"}, "en": {"start": "Go", "stage": "My wheel"}},
    }
    told = chosen(draft, "nine-grid")
    wheel = games.game("wheel")
    assert told is not None
    assert wheel.pictures["hub"].label["en"] in told
    assert "Sectors on the wheel" in told
    assert "3 texts of your own" in told
    assert "Full turns" not in told  # The nine-grid turns too.
    assert draft["game"] == {"slug": "nine-grid", "config": {"turns": 5}}


def test_choosing_the_same_game_again_changes_nothing() -> None:
    draft = template("wheel")
    draft["game"] |= {"config": {"turns": 5}, "pictures": {"hub": KEY}}
    before = draft["game"].copy()
    assert chosen(draft, "wheel") is None
    assert draft["game"] == before


def test_a_draft_whose_game_is_gone_takes_any_other() -> None:
    draft = template("wheel")
    draft["game"] = {"slug": "sold", "pictures": {"hub": KEY}}
    assert chosen(draft, "egg") is None
    assert draft["game"]["slug"] == "egg"
