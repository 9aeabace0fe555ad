"""Hands that do not look at the game: whoever does nothing, and whoever presses anything, stands below a beginner."""

import json
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import quickjs

import games
from games.catalog import BUILT
from games.measure import lengths
from games.players import DIFFICULTIES, performances

HANDS = Path(__file__).with_name("unskilled.js").read_text()
ROUNDS = 9
SKILL = [game for game in games.discover().values() if game.kind == "skill"]
EVERY_LENGTH = [
    pytest.param(game, {lengths(game)[0]: length}, id=f"{game.slug}-{length}")
    for game in SKILL
    for length in lengths(game)[1]
]


@pytest.mark.parametrize(("game", "length"), EVERY_LENGTH)
@pytest.mark.parametrize("difficulty", DIFFICULTIES)
@pytest.mark.parametrize("hands", ["idle", "masher"])
def test_who_does_not_look_stands_below_a_beginner(
    hands: str, difficulty: str, game: games.Game, length: dict[str, Any]
) -> None:
    assert game.scoring
    beginners = performances(game, "beginner", count=ROUNDS, difficulty=difficulty, **length)
    beginner = median(round.value for round in beginners)
    blind = median(
        _played_by(game, hands, round.seed, luck, round.config) for luck, round in enumerate(beginners)
    )
    assert blind > beginner if game.scoring.better == "lower" else blind < beginner


def _played_by(game: games.Game, hands: str, seed: str, luck: int, config: dict[str, Any]) -> int:
    """The score of hands of unskilled.js."""
    question = {"player": hands, "luck": luck, "config": config, "seed": seed, "most": game.max_ticks}
    value: int = json.loads(_engine(game.slug).get("perform")(json.dumps(question)))["value"]
    return value


@cache
def _engine(slug: str) -> Any:
    engine = quickjs.Context()
    engine.eval((BUILT / f"{slug}.players.js").read_text())
    buttons = [[name, *values] for name, values in (games.game(slug).actions or {}).items()]
    engine.eval(f"globalThis.BUTTONS = {json.dumps(buttons)};")
    engine.eval(HANDS)
    return engine
