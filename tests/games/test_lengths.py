"""How long a round is, where a marketer may choose: people get through the shortest and the longest one."""

from statistics import median
from typing import Any

import pytest

import games
from games.players import DIFFICULTIES, perform, performances

from .conftest import verdict

ROUNDS = 5


def lengths(game: games.Game) -> dict[str, Any]:
    """The settings that are whole numbers: seconds, arrows, jumps, moves."""
    fields = game.settings.model_json_schema()["properties"]
    return {name: field for name, field in fields.items() if field.get("type") == "integer"}


LENGTHS = [
    pytest.param(game, name, field, id=f"{game.slug}-{name}")
    for game in games.discover().values()
    if game.kind == "skill"
    for name, field in lengths(game).items()
]
OTHERS = [
    pytest.param(*length.values[:2], number, id=f"{length.id}-{number}")
    for length in LENGTHS
    for number in dict.fromkeys((length.values[2]["minimum"], length.values[2]["maximum"]))
    # Of the default length `test_players` tells more.
    if number != length.values[2]["default"]
]


@pytest.mark.parametrize(("game", "name", "number"), OTHERS)
def test_people_get_through_and_skill_decides(game: games.Game, name: str, number: int) -> None:
    assert game.scoring
    medians = []
    for player in ("beginner", "expert"):
        rounds = performances(game, player, count=ROUNDS, **{name: number, "difficulty": "hard"})
        medians.append(median(played.value for played in rounds))
        for played in rounds:
            counted = games.replay(game.slug, config=played.config, seed=played.seed, inputs=played.inputs)
            assert (counted.value, counted.ticks, counted.flags) == (played.value, played.ticks, ())
            assert game.scoring.least <= counted.value <= game.scoring.most
    beginner, expert = medians
    assert expert < beginner if game.scoring.better == "lower" else expert > beginner


# Races, by the length's name; times in milliseconds.
RACES = [
    ("sprint", "short", 5_500, 16_000),
    ("sprint", "long", 17_000, 45_000),
    ("slalom", "short", 15_000, 40_000),
    ("slalom", "long", 40_000, 90_000),
    ("biathlon", "short", 24_000, 60_000),
    ("biathlon", "long", 55_000, 115_000),
]


@pytest.mark.parametrize(("slug", "length", "least", "most"), RACES)
@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_people_finish_a_race_of_any_length(
    slug: str, length: str, least: int, most: int, difficulty: str
) -> None:
    game = games.game(slug)
    scoring = game.scored({"length": length})
    assert scoring
    for player in ("beginner", "expert"):
        for race in performances(game, player, count=2, difficulty=difficulty, length=length):
            assert scoring.least < least < race.value < most < scoring.most
            counted = games.replay(slug, config=race.config, seed=race.seed, inputs=race.inputs)
            assert (counted.value, counted.flags) == (race.value, ())


@pytest.mark.parametrize(("game", "name", "field"), LENGTHS)
def test_a_campaign_that_says_nothing_of_it_plays_the_usual_length(
    game: games.Game, name: str, field: dict[str, Any]
) -> None:
    """As do all that were published before the game had this setting, and the rounds that were played in them."""
    usual = {name: field["default"], "difficulty": "easy"}
    played = perform(game, "expert", seed="7" * 32, luck=3, config=usual)
    unsaid = verdict(game.slug, config={"difficulty": "easy"}, seed=played.seed, inputs=played.inputs)
    assert isinstance(unsaid, games.Score)
    assert (unsaid.value, unsaid.tie, unsaid.ticks) == (played.value, played.tie, played.ticks)
