"""The cheater's kit: what one can do to a recording before it is handed in."""

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import quickjs

import games
from games import Event, Log
from games.catalog import BUILT
from games.players import Performance, perform

SKILL = [game for game in games.discover().values() if game.kind == "skill"]
EVERY_SKILL = pytest.mark.parametrize("game", SKILL, ids=lambda game: game.slug)
ROBOTS = Path(__file__).with_name("robots.js").read_text()


def seed_of(number: int) -> str:
    """Any seed, the same one for the same number."""
    return hashlib.sha256(b"seed %d" % number).hexdigest()[:32]


@cache
def honest(slug: str, number: int = 1, player: str = "expert", ticks_per_frame: int = 1) -> Performance:
    """A round of a person on the track of that number."""
    return perform(
        games.game(slug), player, seed=seed_of(number), luck=number, ticks_per_frame=ticks_per_frame
    )


@cache
def machine(slug: str, kind: str, number: int = 1) -> Performance:
    """A round that no hand played: by the ``robot`` or the ``metronome`` of robots.js."""
    game = games.game(slug)
    engine = quickjs.Context()
    engine.eval((BUILT / f"{slug}.players.js").read_text())
    buttons = [
        [name, *((least + most) // 2 for least, most in values)]
        for name, values in (game.actions or {}).items()
    ]
    engine.eval(f"globalThis.METRONOME = {json.dumps(buttons)};")
    engine.eval(ROBOTS)
    config = game.configured({})
    question = {
        "player": kind, "luck": 1, "config": config, "seed": seed_of(number), "most": game.max_ticks,
    }  # fmt: skip
    played = json.loads(engine.get("perform")(json.dumps(question)))
    events = tuple(Event(tick, action, tuple(values)) for tick, action, *values in played["events"])
    inputs = games.encode(Log(played["ticks"], events), game.actions or {})
    return Performance(config, question["seed"], inputs, played["ticks"], played["value"], played["tie"], ())


def log_of(game: games.Game, inputs: bytes) -> Log:
    """What a recording says."""
    return games.decode(inputs, game.actions or {}, max_ticks=game.max_ticks, max_bytes=game.max_input_bytes)


def edited(game: games.Game, inputs: bytes, edit: Callable[[Log], Log]) -> bytes:
    """The recording after ``edit``."""
    return games.encode(edit(log_of(game, inputs)), game.actions or {})


def without_some(log: Log) -> Log:
    """Every third input taken out."""
    return Log(log.ticks, tuple(event for place, event in enumerate(log.events) if place % 3))


def later(log: Log) -> Log:
    """Every input a fifth of a second later."""
    moved = (event._replace(tick=min(event.tick + 12, log.ticks - 1)) for event in log.events)
    return Log(log.ticks, _spread(moved))


def shorter(log: Log) -> Log:
    """The same inputs in half the time."""
    moved = (event._replace(tick=event.tick // 2) for event in log.events)
    return Log(log.ticks // 2 + 1, _spread(moved))


def jumbled(log: Log) -> Log:
    """The inputs of one tick done at another."""
    ticks = [event.tick for event in log.events]
    doings = list(log.events)
    Random(5).shuffle(doings)
    return Log(log.ticks, tuple(event._replace(tick=tick) for tick, event in zip(ticks, doings, strict=True)))


def fitted(game: games.Game, log: Log, seed: str) -> Log:
    """The same inputs, cut or drawn out to end where they end a round of ``seed``, as a thief hands them in."""
    engine = quickjs.Context()
    engine.eval(game.rules)
    events = [[event.tick, event.action, *event.values] for event in log.events]
    question = {"config": game.configured({}), "seed": seed, "ticks": game.max_ticks, "events": events}
    ticks: int = json.loads(engine.get("judge")(json.dumps(question)))["ticks"]
    return Log(ticks, tuple(event for event in log.events if event.tick < ticks))


def two_ticks_later(log: Log) -> Log:
    """The whole a thirtieth of a second later."""
    return Log(log.ticks + 2, tuple(event._replace(tick=event.tick + 2) for event in log.events))


def with_one_more(log: Log) -> Log:
    """One input done twice."""
    middle = len(log.events) // 2
    return Log(log.ticks, (*log.events[:middle], *log.events[middle - 1 :]))


def without_the_last(log: Log) -> Log:
    """The last input left to oneself."""
    return Log(log.ticks, log.events[:-1])


def _spread(events: Any) -> tuple[Event, ...]:
    """No more in one tick than can be recorded of it."""
    kept: list[Event] = []
    for event in events:
        if sum(other.tick == event.tick for other in kept[-8:]) < 8:
            kept.append(event)
    return tuple(kept)


EDITS = (without_some, later, shorter, jumbled)
COPIES = (two_ticks_later, with_one_more, without_the_last)


def best_of(game: games.Game, values: list[int]) -> int:
    """The score that would stand before all others."""
    assert game.scoring
    return min(values) if game.scoring.better == "lower" else max(values)


def is_better(game: games.Game, value: float, than: float) -> bool:
    """Whether a score would stand before another."""
    assert game.scoring
    return value < than if game.scoring.better == "lower" else value > than
