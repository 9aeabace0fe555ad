"""What a replay may cost; how many milliseconds it does cost, ``python -m games.cost`` measures."""

import pytest

import games
from games.cost import fullest, memory_of
from games.inputs import decode
from games.players import Performance, perform
from games.referee import MEMORY_BYTES

from .conftest import verdict

SKILL = [game for game in games.discover().values() if game.kind == "skill"]
EVERY_SKILL = pytest.mark.parametrize("game", SKILL, ids=lambda game: game.slug)


@EVERY_SKILL
def test_a_round_needs_a_small_part_of_the_memory_it_may_have(game: games.Game) -> None:
    assert memory_of(game, _expert(game, "hard")) * 1024 * 32 <= MEMORY_BYTES


@EVERY_SKILL
def test_the_largest_recording_is_far_from_stalling_a_worker(game: games.Game) -> None:
    """As many inputs as its bytes can hold are read, and judged: the limit is ten times what the dearest game needs."""
    inputs = fullest(game)
    log = decode(inputs, game.actions or {}, max_ticks=game.max_ticks, max_bytes=game.max_input_bytes)
    assert len(log.events) > 300
    assert len(inputs) > game.max_input_bytes * 0.95
    assert verdict(game.slug, config={}, seed="7" * 32, inputs=inputs) != "round_replay_limit"


def _expert(game: games.Game, difficulty: str) -> Performance:
    return perform(game, "expert", seed="7" * 32, luck=3, config={"difficulty": difficulty})
