"""``python -m games.suspects``: how many of the rounds of people and of machines the referee flags, game by game.

People must not be, whatever their phone; ``machine``, whose reaction is perfect, must be.
"""

import argparse
import hashlib

from .catalog import Game, discover, game
from .players import DIFFICULTIES, Performance, perform
from .referee import replay

PEOPLE = ("beginner", "expert")
MACHINE = "machine"
# Sixty, thirty and fifteen frames a second.
FRAMES = (1, 2, 4)


def is_flagged(game: Game, played: Performance) -> bool:
    """What the server says of the recording."""
    return bool(replay(game.slug, config=played.config, seed=played.seed, inputs=played.inputs).flags)


def flagged(game: Game, player: str, *, count: int, ticks_per_frame: int = 1) -> int:
    """Of ``count`` rounds on each difficulty, so many."""
    return sum(
        is_flagged(
            game,
            perform(
                game,
                player,
                seed=hashlib.sha256(b"%d" % luck).hexdigest()[:32],
                luck=luck,
                config={"difficulty": difficulty},
                ticks_per_frame=ticks_per_frame,
            ),
        )
        for luck in range(count)
        for difficulty in DIFFICULTIES
    )


def main() -> None:
    """Print a row of Markdown for each game."""
    parser = argparse.ArgumentParser(prog="python -m games.suspects", description=__doc__)
    parser.add_argument("slug", nargs="*", help="which games; otherwise every game of skill")
    parser.add_argument("--rounds", type=int, default=100, help="of each player on each difficulty and phone")
    arguments = parser.parse_args()
    chosen = [game(slug) for slug in arguments.slug] or [it for it in discover().values() if it.actions]
    people = arguments.rounds * len(DIFFICULTIES) * len(PEOPLE) * len(FRAMES)
    machines = arguments.rounds * len(DIFFICULTIES)
    print(f"| game | people flagged, of {people} | machines flagged, of {machines} |\n| --- | --- | --- |")  # noqa: T201 - its purpose
    for it in chosen:
        honest = sum(
            flagged(it, player, count=arguments.rounds, ticks_per_frame=ticks)
            for player in PEOPLE
            for ticks in FRAMES
        )
        print(f"| {it.slug} | {honest} | {flagged(it, MACHINE, count=arguments.rounds)} |", flush=True)  # noqa: T201 - as above


if __name__ == "__main__":
    main()
