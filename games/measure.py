"""``python -m games.measure sprint``: how hard a game is, and what its rounds cost the server.

With ``--keep`` the scores by length are kept in the game's folder, where seasons and the console look them up.
"""

import argparse
from dataclasses import dataclass
from statistics import median, quantiles

from .build import build
from .catalog import FOLDER, TICKS_PER_SECOND, Game, game
from .contestants import CONTESTANTS, Quizzed, quizzes
from .cost import replay_cost
from .measured import FILE, Expected
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


def lengths(game: Game) -> tuple[str, list[int] | list[str]]:
    """The setting that says how long a round is, and the choices that are measured: of a number its bounds, the
    middle and what is usual."""
    for name, field in game.settings.model_json_schema()["properties"].items():
        if field.get("type") == "integer":
            least, most = field["minimum"], field["maximum"]
            return name, sorted({least, (least + most) // 2, field["default"], most})
        if name == "length":
            return name, field["enum"]
    raise LookupError(f"{game.slug} has no setting for the length of a round")


def scores(game: Game, rounds: int) -> str:
    """What :mod:`games.measured` reads, in TOML."""
    setting, choices = lengths(game)
    lines = [
        "# What the scripted players score, by difficulty and length: nine rounds of ten lie between the first number",
        f"# and the last, the median is the middle one. `python -m games.measure {game.slug} --keep` writes it anew.",
        f'length = "{setting}"',
    ]
    rounds_of = quizzes if game.asking else performances
    for difficulty in DIFFICULTIES:
        lines += ["", f"[{difficulty}]"]
        for player in Expected._fields:
            for length in choices:
                played = rounds_of(game, player, count=rounds, difficulty=difficulty, **{setting: length})
                values = [
                    round.score.value if isinstance(round, Quizzed) else round.value for round in played
                ]
                low, *_, high = quantiles(values, n=20, method="inclusive")
                lines.append(f"{player}.{length} = [{low:.0f}, {median(values):.0f}, {high:.0f}]")
    return "\n".join(lines) + "\n"


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
    """Build the game anew, and print its table or keep its scores."""
    parser = argparse.ArgumentParser(prog="python -m games.measure", description=__doc__)
    parser.add_argument("slug", nargs="+")
    parser.add_argument("--rounds", type=int, default=100, help="of each player on each difficulty")
    parser.add_argument(
        "--keep", action="store_true", help="write the scores by length into the game's folder"
    )
    arguments = parser.parse_args()
    for slug in arguments.slug:
        if game(slug).kind == "chance":
            parser.error(f"{slug} makes no score that could be measured")
    replayed = [f"rules/{slug}" for slug in arguments.slug if game(slug).kind == "skill"]
    if replayed:
        build(*replayed)
    for slug in arguments.slug:
        if arguments.keep:
            (FOLDER / slug / FILE).write_text(scores(game(slug), arguments.rounds))
            continue
        print(table(game(slug), measure(game(slug), arguments.rounds)), end="\n\n")  # noqa: T201 - its purpose


if __name__ == "__main__":
    main()
