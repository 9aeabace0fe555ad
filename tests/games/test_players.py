"""The scripted players of every game of skill: they show that its difficulty is what its name says."""

from functools import cache
from statistics import median

import pytest

import games
from games.catalog import TICKS_PER_SECOND
from games.players import DIFFICULTIES, Performance, performances, players

SKILL = [game for game in games.discover().values() if game.kind == "skill"]
EVERY_SKILL = pytest.mark.parametrize("game", SKILL, ids=lambda game: game.slug)
ON_EVERY_DIFFICULTY = pytest.mark.parametrize("difficulty", DIFFICULTIES)
ROUNDS = 5


@cache
def rounds(slug: str, player: str, difficulty: str) -> list[Performance]:
    """Rounds over different seeds, played once for all tests of this file."""
    return performances(games.game(slug), player, count=ROUNDS, difficulty=difficulty)


@EVERY_SKILL
def test_a_beginner_an_expert_and_a_machine_play_it(game: games.Game) -> None:
    assert {"beginner", "expert", "machine"} <= set(players(game))


@EVERY_SKILL
@ON_EVERY_DIFFICULTY
def test_skill_decides(game: games.Game, difficulty: str) -> None:
    assert game.scoring
    beginner, expert = (
        median(round.value for round in rounds(game.slug, player, difficulty))
        for player in ("beginner", "expert")
    )
    assert expert < beginner if game.scoring.better == "lower" else expert > beginner


@EVERY_SKILL
@ON_EVERY_DIFFICULTY
def test_nobody_stands_at_the_floor_or_the_ceiling(game: games.Game, difficulty: str) -> None:
    """A beginner gets somewhere, and even an expert has something left to reach."""
    assert game.scoring
    best, worst = game.scoring.most, game.scoring.least
    if game.scoring.better == "lower":
        best, worst = worst, best
    assert all(round.value != best for round in rounds(game.slug, "expert", difficulty))
    assert median(round.value for round in rounds(game.slug, "beginner", difficulty)) != worst


@EVERY_SKILL
@ON_EVERY_DIFFICULTY
def test_the_server_counts_what_a_person_played(game: games.Game, difficulty: str) -> None:
    """Within the limits on time and size, to the very score that the phone shows, and without suspicion."""
    for player in ("beginner", "expert"):
        for played in rounds(game.slug, player, difficulty)[:3]:
            counted = games.replay(game.slug, config=played.config, seed=played.seed, inputs=played.inputs)
            assert (counted.value, counted.tie, counted.ticks) == (played.value, played.tie, played.ticks)
            assert counted.flags == ()


@EVERY_SKILL
@ON_EVERY_DIFFICULTY
def test_an_expert_needs_no_longer_than_a_minute(game: games.Game, difficulty: str) -> None:
    assert all(played.ticks <= 60 * TICKS_PER_SECOND for played in rounds(game.slug, "expert", difficulty))
