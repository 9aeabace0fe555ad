"""Scripted players of a game of skill, for measuring its difficulty and for tests: rounds without a screen.

They run without the referee's limits, which are for recordings of strangers.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import quickjs

from .catalog import BUILT, Game
from .inputs import Event, Log, encode

DIFFICULTIES = ("easy", "normal", "hard")
"""The choices of the setting ``difficulty``, which every game of skill has."""


@dataclass(frozen=True)
class Performance:
    """A round as it was played, with what the phone would send for it and the score that it shows."""

    config: dict[str, Any]
    seed: str
    inputs: bytes
    ticks: int
    value: int
    tie: int
    flags: tuple[str, ...]


def players(game: Game) -> tuple[str, ...]:
    """Their names, as players.js exports them: ``beginner``, ``expert`` and whoever else."""
    names: list[str] = json.loads(_engine(_script(game)).eval("JSON.stringify(Object.keys(players))"))
    return tuple(names)


def perform(
    game: Game,
    player: str,
    *,
    seed: str,
    luck: int,
    config: dict[str, Any] | None = None,
    ticks_per_frame: int = 1,
) -> Performance:
    """A round of ``player``, whose own chance is ``luck``: the same arguments give the same round."""
    chosen = game.configured(config or {})
    question = {
        "player": player,
        "luck": luck,
        "config": chosen,
        "seed": seed,
        "most": game.max_ticks,
        "ticksPerFrame": ticks_per_frame,
    }
    played = json.loads(_engine(_script(game)).get("perform")(json.dumps(question)))
    events = (Event(tick, action, tuple(values)) for tick, action, *values in played["events"])
    return Performance(
        config=chosen,
        seed=seed,
        inputs=encode(Log(played["ticks"], tuple(events)), game.actions or {}),
        ticks=played["ticks"],
        value=played["value"],
        tie=played["tie"],
        flags=tuple(played["flags"]),
    )


def performances(game: Game, player: str, *, count: int, **config: Any) -> list[Performance]:
    """``count`` rounds over different seeds, the same ones for every player and setting."""
    return [
        perform(game, player, seed=hashlib.sha256(b"%d" % luck).hexdigest()[:32], luck=luck, config=config)
        for luck in range(count)
    ]


def _script(game: Game) -> str:
    try:
        return (BUILT / f"{game.slug}.players.js").read_text()
    except FileNotFoundError:
        raise RuntimeError(f"The players of {game.slug} are not built: run `make assets`.") from None


@lru_cache(maxsize=32)
def _engine(script: str) -> Any:
    engine = quickjs.Context()
    engine.eval(script)
    return engine
