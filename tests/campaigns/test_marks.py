"""Scores that earn chances: which of them do not fit the game, and what is proposed in their place."""

from typing import Any

import pytest

import campaigns
import games

MEASURED = [game for game in games.discover().values() if game.scoring and games.expected(game, {})]


def said(slug: str, *marks: int, **config: Any) -> list[tuple[int, str]]:
    """The place of each strange mark, and the first words of what is said of it."""
    game = games.game(slug)
    return [(one.at, one.text.partition(":")[0]) for one in campaigns.remarks(game, config, marks)]


@pytest.mark.parametrize("game", MEASURED, ids=lambda game: game.slug)
def test_a_games_own_mark_fits_its_usual_round(game: games.Game) -> None:
    assert game.campaign.reach
    assert said(game.slug, game.campaign.reach) == []


@pytest.mark.parametrize(
    ("slug", "marks", "config", "remarks"),
    [
        ("stack", [150], {}, []),
        ("stack", [150], {"difficulty": "hard", "seconds": 20}, []),
        ("stack", [0], {}, [(0, "No hurdle")]),
        ("stack", [600], {}, [(0, "Hard for most")]),
        ("stack", [150, 600], {}, []),
        ("stack", [600, 150], {}, []),
        ("stack", [150, 2000], {}, [(1, "Out of reach")]),
        ("stack", [2000], {}, [(0, "Out of reach")]),
        ("sprint", [20_000], {}, []),
        ("sprint", [20_000], {"length": "short"}, [(0, "No hurdle")]),
        ("sprint", [20_000], {"length": "long"}, [(0, "Hard for most")]),
        ("sprint", [9_000], {}, [(0, "Out of reach")]),
        ("sprint", [20_000, 10_500], {}, []),
        ("wheel", [1], {}, []),
        ("stack", [], {}, []),
    ],
)
def test_what_is_said_of_marks(
    slug: str, marks: list[int], config: dict[str, Any], remarks: list[tuple[int, str]]
) -> None:
    assert said(slug, *marks, **config) == remarks


@pytest.mark.parametrize("game", MEASURED, ids=lambda game: game.slug)
def test_what_is_proposed_fits_every_difficulty_and_length(game: games.Game) -> None:
    assert game.scoring
    absurd = [0, 1] if game.scoring.better == "lower" else [10**7, 10**7 + 1]
    for config in lengths(game):
        proposed = [one.fitting for one in campaigns.remarks(game, config, absurd)]
        assert len(set(proposed)) == 2
        assert said(game.slug, *proposed, **config) == []


def lengths(game: games.Game) -> list[dict[str, Any]]:
    """Every difficulty with the shortest and the longest round."""
    fields = game.settings.model_json_schema()["properties"]
    choices = [
        {name: value}
        for name, field in fields.items()
        for value in (
            (field["minimum"], field["maximum"])
            if field.get("type") == "integer"
            else field["enum"]
            if name == "length"
            else ()
        )
    ]
    return [
        {"difficulty": difficulty, **choice}
        for difficulty in fields["difficulty"]["enum"]
        for choice in choices
    ]
