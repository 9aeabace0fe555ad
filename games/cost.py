"""``python -m games.cost [SLUG ...]``: what replaying the rounds of each game costs the server.

Every round is replayed three times and its cheapest time counts, since a neighbour on the machine makes each of them
dearer and none cheaper. Memory is the least limit under which a round still can be replayed.
"""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

import quickjs

from .catalog import Game, discover, game
from .inputs import MAX_EVENTS_IN_A_TICK, Event, Log, decode, encode
from .players import DIFFICULTIES, Performance, performances
from .referee import STACK_BYTES, replay
from .refusal import Impossible

TRIES = 3
MEMORY_STEPS_KB = (64, 96, 128, 192, 256, 384, 512, 1024, 2048, 4096, 8192)


@dataclass(frozen=True)
class Cost:
    """Milliseconds of CPU, and KB of memory, of the rounds of one player on one difficulty."""

    difficulty: str
    player: str
    milliseconds: list[float]
    memory_kb: int

    @property
    def median(self) -> float:
        return median(self.milliseconds)

    @property
    def p95(self) -> float:
        return quantiles(self.milliseconds, n=20, method="inclusive")[-1]


def costs(game: Game, rounds: int) -> list[Cost]:
    """What the rounds of beginner and expert cost on every difficulty."""
    return [
        _cost(game, player, difficulty, performances(game, player, count=rounds, difficulty=difficulty))
        for player in ("beginner", "expert")
        for difficulty in DIFFICULTIES
    ]


def _cost(game: Game, player: str, difficulty: str, played: list[Performance]) -> Cost:
    longest = max(played, key=lambda round: len(round.inputs))
    return Cost(
        difficulty=difficulty,
        player=player,
        milliseconds=[replay_cost(game, round) for round in played],
        memory_kb=memory_of(game, longest),
    )


def replay_cost(game: Game, played: Performance) -> float:
    """Milliseconds of CPU that the server spends on this round."""
    return min(_spent(game, played.config, played.seed, played.inputs) for _ in range(TRIES))


def fullest(game: Game) -> bytes:
    """The largest recording that is read at all: as many inputs in each tick as may be, until its bytes are full."""
    actions = game.actions or {}
    events: list[Event] = []
    # Actions with the widest values first: they are what moves something in most games.
    widest = sorted(actions, key=lambda action: -len(actions[action]))
    for tick in range(game.max_ticks):
        for n in range(MAX_EVENTS_IN_A_TICK):
            action = widest[n % len(widest)]
            events.append(Event(tick, action, tuple(bounds[tick % 2] for bounds in actions[action])))
        if tick % 64 == 0 and len(encode(Log(game.max_ticks, tuple(events)), actions)) > game.max_input_bytes:
            break
    while len(encode(Log(game.max_ticks, tuple(events)), actions)) > game.max_input_bytes:
        del events[-16:]
    return encode(Log(game.max_ticks, tuple(events)), actions)


def fullest_cost(game: Game) -> float:
    """Milliseconds of CPU that the server spends on the largest recording, however it ends."""
    inputs = fullest(game)
    return min(_spent(game, game.configured({}), "7" * 32, inputs) for _ in range(TRIES))


def _spent(game: Game, config: dict[str, Any], seed: str, inputs: bytes) -> float:
    began = time.thread_time()
    try:
        replay(game.slug, config=config, seed=seed, inputs=inputs)
    except Impossible as impossible:
        if impossible.key == "round_replay_limit":
            raise
    return (time.thread_time() - began) * 1000


def memory_of(game: Game, played: Performance) -> int:
    """The first step of memory, in KB, that suffices for this round."""
    log = decode(played.inputs, game.actions or {}, max_ticks=game.max_ticks, max_bytes=game.max_input_bytes)
    events = [[event.tick, event.action, *event.values] for event in log.events]
    question = json.dumps(
        {"config": played.config, "seed": played.seed, "ticks": log.ticks, "events": events}
    )
    return next(kb for kb in MEMORY_STEPS_KB if _suffices(game, question, kb))


def _suffices(game: Game, question: str, kb: int) -> bool:
    try:
        engine = quickjs.Context()
        engine.set_memory_limit(kb * 1024)
        engine.set_max_stack_size(STACK_BYTES)
        engine.eval(game.rules)
        engine.get("judge")(question)
    except (quickjs.JSException, MemoryError):
        return False
    return True


def row(game: Game, found: Sequence[Cost]) -> str:
    """A line of the table of docs/games.md."""
    cells = [game.slug]
    for difficulty in DIFFICULTIES:
        own = [cost for cost in found if cost.difficulty == difficulty]
        cells.append(", ".join(f"{cost.median:.1f} ({cost.p95:.1f})" for cost in own))
    cells += [f"{fullest_cost(game):.0f}", str(max(cost.memory_kb for cost in found))]
    return f"| {' | '.join(cells)} |"


HEAD = (
    "| game | easy: beginner, expert | normal | hard | largest recording | memory, KB |\n"
    "| --- | --- | --- | --- | --- | --- |"
)


def main() -> None:
    """Print the table, for all games of skill or those that are named."""
    parser = argparse.ArgumentParser(prog="python -m games.cost", description=__doc__)
    parser.add_argument("slug", nargs="*")
    parser.add_argument("--rounds", type=int, default=20, help="of each player on each difficulty")
    arguments = parser.parse_args()
    print(HEAD)  # noqa: T201 - its purpose
    for slug in arguments.slug or [slug for slug, it in discover().items() if it.kind == "skill"]:
        print(row(game(slug), costs(game(slug), arguments.rounds)), flush=True)  # noqa: T201 - its purpose


if __name__ == "__main__":
    main()
