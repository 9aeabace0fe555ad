"""What the scripted players scored is kept beside each game, and is still true."""

import re
from statistics import median
from typing import Any

import pytest

import games
from games.catalog import FOLDER
from games.contestants import quizzes
from games.measured import FILE
from games.players import DIFFICULTIES, performances

ROUNDS = 9
ROUNDS_IN_BRIEF = 5
KEPT = [game for game in games.discover().values() if (FOLDER / game.slug / FILE).is_file()]


@pytest.mark.parametrize("game", KEPT, ids=lambda game: game.slug)
def test_what_is_kept_is_what_they_score(game: games.Game) -> None:
    """Rules that changed what a round is worth are measured anew: ``python -m games.measure SLUG --keep``."""
    known = games.expected(game, {"difficulty": "hard"})
    assert known
    for player, spread in zip(known._fields, known, strict=True):
        scores = [
            round.score.value if game.asking else round.value
            for round in rounds(game, player, count=ROUNDS, difficulty="hard")
        ]
        assert spread.least <= median(scores) <= spread.most


@pytest.mark.parametrize("game", KEPT, ids=lambda game: game.slug)
def test_what_the_manual_says_is_what_they_score(game: games.Game) -> None:
    """The medians of a few rounds lie where the manual has nine rounds of ten."""
    assert game.scoring
    for player, told in documented(game).items():
        for difficulty, (low, high) in zip(DIFFICULTIES, told, strict=True):
            played = rounds(game, player, count=ROUNDS_IN_BRIEF, difficulty=difficulty)
            score = median(round.score.value if game.asking else round.value for round in played)
            assert low <= (score / 1000 if game.scoring.unit == "ms" else score) <= high


def documented(game: games.Game) -> dict[str, list[tuple[float, float]]]:
    """Of the beginner and the expert, between which scores the manual has nine rounds of ten on each difficulty."""
    found = {}
    text = (FOLDER.parent / "docs" / "games.md").read_text()
    [rows] = re.findall(
        rf"^\| {game.slug}, (?:points|seconds) \|(?: easy.*\n\| ---.*\n\|)?( beginner .*\n\|.* expert .*\n)",
        text,
        re.M,
    )
    for name, row in zip(("beginner", "expert"), rows.splitlines(), strict=True):
        found[name] = [(float(low), float(high)) for low, high in re.findall(r"\(([0-9.]+)–([0-9.]+)\)", row)]
    return found


def rounds(game: games.Game, player: str, **terms: Any) -> list[Any]:
    return list(quizzes(game, player, **terms) if game.asking else performances(game, player, **terms))


def test_between_two_lengths_scores_are_in_proportion() -> None:
    stack = games.game("stack")
    short, between, usual = (games.expected(stack, {"seconds": seconds}) for seconds in (20, 30, 40))
    assert short
    assert between
    assert usual
    assert between.expert.median == (short.expert.median + usual.expert.median) // 2
    assert short.expert < between.expert < usual.expert


@pytest.mark.parametrize("config", [{"difficulty": "absurd"}, {"seconds": 61}, {"seconds": "long"}])
def test_of_settings_that_are_none_nothing_is_known(config: dict[str, Any]) -> None:
    assert games.expected(games.game("stack"), config) is None
    assert games.expected(games.game("sprint"), {"length": 3}) is None
    assert games.expected(games.game("wheel"), {}) is None
