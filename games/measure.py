"""``python -m games.measure sprint``: how hard a game is, and what its rounds cost the server."""

import argparse
from dataclasses import dataclass
from statistics import median, quantiles

from .build import build
from .catalog import TICKS_PER_SECOND, Game, game
from .contestants import CONTESTANTS, Quizzed, quizzes
from .cost import replay_cost
from .players import DIFFICULTIES, Performance, performances, players


@dataclass(frozen=True)
class Row:
    """What the rounds of one player on one difficulty have in common.

    ``milliseconds`` and ``size`` are those of the recording, of which a game that asks has none.
    """

    difficulty: str
    player: str
    values: list[int]
    seconds: float
    flags: frozenset[str]
    milliseconds: float = 0
    size: float = 0


def measure(game: Game, rounds: int) -> list[Row]:
    """Let every player play on every difficulty, by the rules as the server has them."""
    if game.asking:
        return [
            _asked_row(difficulty, player, quizzes(game, player, count=rounds, difficulty=difficulty))
            for player in CONTESTANTS
            for difficulty in DIFFICULTIES
        ]
    return [
        _row(difficulty, player, game, performances(game, player, count=rounds, difficulty=difficulty))
        for player in players(game)
        for difficulty in DIFFICULTIES
    ]


def _row(difficulty: str, player: str, game: Game, played: list[Performance]) -> Row:
    return Row(
        difficulty=difficulty,
        player=player,
        values=sorted(round.value for round in played),
        seconds=median(round.ticks for round in played) / TICKS_PER_SECOND,
        milliseconds=median(replay_cost(game, round) for round in played),
        size=median(len(round.inputs) for round in played),
        flags=frozenset(flag for round in played for flag in round.flags),
    )


def _asked_row(difficulty: str, player: str, played: list[Quizzed]) -> Row:
    return Row(
        difficulty=difficulty,
        player=player,
        values=sorted(round.score.value for round in played),
        seconds=median(round.seconds for round in played),
        flags=frozenset(flag for round in played for flag in round.score.flags),
    )


def spread(values: list[int], unit: str) -> str:
    """The median, and between which values nine of ten lie."""
    low, *_, high = quantiles(values, n=20, method="inclusive") if len(values) > 1 else values * 2
    shown = [
        f"{value / 1000:.2f}" if unit == "ms" else f"{value:.0f}" for value in (median(values), low, high)
    ]
    return "{} ({}–{})".format(*shown)


def table(game: Game, rows: list[Row]) -> str:
    """``rows`` in Markdown: scores (seconds, or points) of each player by difficulty, then the costs."""
    unit = game.scoring.unit if game.scoring else "points"
    lines = [f"| {game.slug} | " + " | ".join(DIFFICULTIES) + " |", "| --- |" + " --- |" * len(DIFFICULTIES)]
    for player in dict.fromkeys(row.player for row in rows):
        own = [row for row in rows if row.player == player]
        lines.append(f"| {player} | " + " | ".join(spread(row.values, unit) for row in own) + " |")
    seconds, milliseconds, size = (
        max(getattr(row, what) for row in rows) for what in ("seconds", "milliseconds", "size")
    )
    costs = f"; replay {milliseconds:.1f} ms CPU, {size:.0f} bytes" if game.kind == "skill" else ""
    lines += ["", f"Longest rounds {seconds:.0f} s{costs} (medians)."]
    lines += [
        f"{row.player} on {row.difficulty}: {', '.join(sorted(row.flags))}" for row in rows if row.flags
    ]
    return "\n".join(lines)


def main() -> None:
    """Build the game anew and print its table."""
    parser = argparse.ArgumentParser(prog="python -m games.measure", description=__doc__)
    parser.add_argument("slug", nargs="+")
    parser.add_argument("--rounds", type=int, default=100, help="of each player on each difficulty")
    arguments = parser.parse_args()
    for slug in arguments.slug:
        if game(slug).kind == "chance":
            parser.error(f"{slug} makes no score that could be measured")
    replayed = [f"rules/{slug}" for slug in arguments.slug if game(slug).kind == "skill"]
    if replayed:
        build(*replayed)
    for slug in arguments.slug:
        print(table(game(slug), measure(game(slug), arguments.rounds)), end="\n\n")  # noqa: T201 - its purpose


if __name__ == "__main__":
    main()
