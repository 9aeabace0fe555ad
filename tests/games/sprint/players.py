"""Scripted runners of every skill: many races in the rules' own engine, without a screen.

``python -m tests.games.sprint.players`` prints the table of docs/games.md.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import quickjs

import games

SKILLS = ("masher", "beginner", "regular", "expert", "machine")
DIFFICULTIES = ("easy", "normal", "hard")
PLAYERS = Path(__file__).with_name("players.js")


@dataclass(frozen=True)
class Race:
    """One race as it was run, with what the phone would send for it."""

    config: dict[str, Any]
    seed: str
    inputs: bytes
    value: int
    tie: int
    state: dict[str, Any]


def race(skill: str, *, seed: str, luck: int, difficulty: str = "normal") -> Race:
    """A race of one runner; the same arguments give the same race."""
    sprint = games.game("sprint")
    config = {"difficulty": difficulty, "surfaces": True}
    question = {"config": config, "seed": seed, "skill": skill, "luck": luck}
    run = json.loads(_engine().get("playRace")(json.dumps(question)))
    log = games.Log(run["ticks"], tuple(games.Event(tick, action) for tick, action in run["events"]))
    return Race(config, seed, games.encode(log, sprint.actions or {}), run["value"], run["tie"], run["state"])


@cache
def races(skill: str, difficulty: str, count: int = 40) -> tuple[Race, ...]:
    """``count`` races over different tracks."""
    chance = Random(100)
    return tuple(
        race(skill, seed=f"{chance.getrandbits(128):032x}", luck=luck, difficulty=difficulty)
        for luck in range(count)
    )


@cache
def _engine() -> Any:
    engine = quickjs.Context()
    engine.eval(games.game("sprint").rules)
    engine.eval(PLAYERS.read_text())
    return engine


def main() -> None:
    """Print how long each skill takes on each difficulty."""
    print("| | " + " | ".join(DIFFICULTIES) + " |")
    print("| --- |" + " --- |" * len(DIFFICULTIES))
    for skill in SKILLS:
        cells = []
        for difficulty in DIFFICULTIES:
            times = sorted(race.value / 1000 for race in races(skill, difficulty, 200))
            cells.append(f"{times[100]:.2f} ({times[10]:.2f}–{times[189]:.2f})")
        print(f"| {skill} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
