"""What is asked of each game, and how one that was measured stands: its line of the table, and the verdict."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median, quantiles
from typing import NamedTuple

from games.cost import Cost

SLOWER = 4
FRAME = 1000 / 60
# A frame that took longer than this makes it less than 55 in a second.
SMOOTH = 1000 / 55


@dataclass
class Report:
    """One game's line; times in milliseconds, weights in bytes. ``own`` is at this machine's own pace."""

    slug: str
    frames: list[float]
    long: list[float]
    presses: list[float]
    shifts: list[str]
    page: int
    page_zipped: int
    main_thread: float
    scripts: float
    own: list[float]
    playable: float
    playable_slow: float
    script: int
    replays: list[Cost]

    @property
    def own_slowed(self) -> list[float]:
        """Each frame's own work on the slow processor."""
        return [SLOWER * own for own in self.own]

    @property
    def press(self) -> float | None:
        """Of 95 presses in a hundred, the slowest."""
        return _p95(self.presses) if self.presses else None

    @property
    def shift(self) -> float:
        return sum(float(number) for shift in self.shifts for number in re.findall(r"^[\d.]+", shift))

    @property
    def replay(self) -> float | None:
        """The dearest median of a player and a difficulty."""
        return max((cost.median for cost in self.replays), default=None)

    def line(self) -> str:
        """The report as a row of the table of docs/games.md."""
        percent = quantiles(self.frames, n=100, method="inclusive")
        smooth = sum(frame <= SMOOTH for frame in self.frames) / len(self.frames)
        fitting = sum(work <= FRAME for work in self.own_slowed) / len(self.own)
        cells = [
            self.slug,
            f"{smooth:.0%}",
            f"{percent[49]:.1f} / {percent[94]:.1f} / {percent[98]:.1f}",
            str(len(self.long)),
            f"{self.main_thread:.1f} ({self.scripts:.1f})",
            f"{median(self.own_slowed):.1f} / {_p95(self.own_slowed):.1f} ({fitting:.0%})",
            "–" if self.press is None else f"{self.press:.0f}",
            f"{self.shift:.3f}",
            f"{self.playable / 1000:.2f} ({self.playable_slow / 1000:.2f})",
            f"{self.script / 1024:.1f}",
            f"{self.page / 1024:.0f} ({self.page_zipped / 1024:.0f})",
            "–" if self.replay is None else f"{self.replay:.1f}",
            str(max(cost.memory_kb for cost in self.replays)) if self.replays else "–",
        ]
        return f"| {' | '.join(cells)} |"


COLUMNS = (
    "game",
    "frames at 55/s or more",
    "frame ms: median / p95 / p99",
    "long tasks",
    "main thread, ms CPU a frame (scripts)",
    "its work without painting, four times slower: median / p95 (within a frame)",
    "press to presented frame, p95 ms",
    "CLS",
    "playable on fast 3G, s (slow processor)",
    "script KB, gzipped",
    "page KB (gzipped)",
    "replay ms CPU, dearest median",
    "replay KB",
)
HEAD = f"| {' | '.join(COLUMNS)} |\n|{' --- |' * len(COLUMNS)}"


class Asked(NamedTuple):
    """A figure that every game has to keep to; ``of`` gives None where a game has no such thing."""

    what: str
    unit: str
    most: float
    of: Callable[[Report], float | None]


ASKED = (
    Asked("own work of a frame, four times slower, p95", "ms", FRAME, lambda it: _p95(it.own_slowed)),
    Asked("press to presented frame, p95", "ms", 100, lambda it: it.press),
    Asked("playable on fast 3G, slow processor", "s", 1.5, lambda it: it.playable_slow / 1000),
    Asked("script, gzipped", "KB", 60, lambda it: it.script / 1024),
    Asked("page", "KB", 200, lambda it: it.page / 1024),
    Asked("layout shift", "", 0, lambda it: it.shift),
    Asked("replay, dearest median", "ms", 10, lambda it: it.replay),
)


def verdict(reports: list[Report]) -> Iterator[tuple[str, bool]]:
    """For each figure that is asked for, a line, and whether a game misses it."""
    for what, unit, most, of in ASKED:
        figures = {it.slug: figure for it in reports if (figure := of(it)) is not None}
        missed = ", ".join(f"{slug} {figure:.2f}" for slug, figure in figures.items() if figure > most)
        if not figures:
            continue
        said = f"MISSED by {missed}" if missed else f"within, at most {max(figures.values()):.2f}"
        yield f"{what}; limit {most:.4g} {unit}".rstrip() + f": {said}", bool(missed)


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
