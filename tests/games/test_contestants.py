"""The scripted players of every game that asks: they show that knowing decides, and that its difficulty is one."""

from functools import cache
from statistics import median

import pytest

import games
from games.asked import GRACE, is_late, posed
from games.catalog import TICKS_PER_SECOND
from games.contestants import CONTESTANTS, Quizzed, quizzes
from games.measure import measure, table
from games.players import DIFFICULTIES

ASKED = [game for game in games.discover().values() if game.asking]
EVERY_ASKED = pytest.mark.parametrize("game", ASKED, ids=lambda game: game.slug)
ON_EVERY_DIFFICULTY = pytest.mark.parametrize("difficulty", DIFFICULTIES)
ROUNDS = 120


@cache
def rounds(slug: str, player: str, difficulty: str) -> list[Quizzed]:
    """Rounds over different seeds, played once for all tests of this file."""
    return quizzes(games.game(slug), player, count=ROUNDS, difficulty=difficulty)


@EVERY_ASKED
@ON_EVERY_DIFFICULTY
def test_knowing_decides_and_nobody_stands_at_the_floor_or_the_ceiling(
    game: games.Game, difficulty: str
) -> None:
    assert game.scoring
    beginner, expert = (
        [round.score.value for round in rounds(game.slug, player, difficulty)] for player in CONTESTANTS
    )
    assert median(expert) > 1.5 * median(beginner) > game.scoring.least
    assert max(expert) < game.scoring.most


@EVERY_ASKED
@pytest.mark.parametrize("player", CONTESTANTS)
def test_harder_is_harder(game: games.Game, player: str) -> None:
    easy, normal, hard = (
        median(round.score.value for round in rounds(game.slug, player, difficulty))
        for difficulty in DIFFICULTIES
    )
    assert easy > normal > hard


@EVERY_ASKED
@ON_EVERY_DIFFICULTY
def test_people_are_not_suspected_and_end_in_time(game: games.Game, difficulty: str) -> None:
    for player in CONTESTANTS:
        for played in rounds(game.slug, player, difficulty):
            assert played.score.flags == ()
            assert played.seconds < game.max_ticks / TICKS_PER_SECOND
            assert not any(is_late(answer.took, answer.limit) for answer in played.answers)


@EVERY_ASKED
def test_who_thinks_too_long_is_told_so_by_the_phone(game: games.Game) -> None:
    """The beginner runs out of time now and then; such an answer is none, and worth nothing."""
    missed = [
        answer
        for played in rounds(game.slug, "beginner", "hard")
        for choice, answer in zip(played.choices, played.answers, strict=True)
        if choice is None
    ]
    assert missed
    assert {(answer.points, answer.took) for answer in missed} == {(0, missed[0].limit)}
    assert missed[0].limit + GRACE > missed[0].took


@EVERY_ASKED
@ON_EVERY_DIFFICULTY
def test_the_bank_is_large_enough_for_the_longest_round(game: games.Game, difficulty: str) -> None:
    most = game.settings.model_json_schema()["properties"]["questions"]["maximum"]
    assert len(posed(game, {"difficulty": difficulty, "questions": most}, "0" * 32)) == most


@EVERY_ASKED
def test_the_table_has_a_line_for_each_player(game: games.Game) -> None:
    printed = table(game, measure(game, 3))
    assert printed.count("\n| beginner |") == printed.count("\n| expert |") == 1
    assert "replay" not in printed
