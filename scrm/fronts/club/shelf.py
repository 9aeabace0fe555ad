"""The styles shown on the front page, kept in the process for a minute: everybody sees the same ones."""

import threading
from dataclasses import dataclass
from time import monotonic
from typing import Any

from center_core import product
from scrm.fronts.web import db

SECONDS = 60
SHOWN = 8


@dataclass(frozen=True, eq=False)
class Hanger:
    """A style in one of its colours; each filling of the shelf is another one."""

    name: dict[str, Any]
    silhouette: str
    quilting: str
    hood: bool
    price_fen: int
    colour: str


_lock = threading.Lock()
_shelf: tuple[float, tuple[Hanger, ...]] = (float("-inf"), ())


def this_winter() -> tuple[Hanger, ...]:
    """The shelf; one request of a minute fills it, the others never wait for it twice."""
    global _shelf  # noqa: PLW0603  # One value of the process, replaced as a whole.
    filled_at, hangers = _shelf
    if monotonic() - filled_at < SECONDS:
        return hangers
    with _lock:
        if monotonic() - _shelf[0] >= SECONDS:
            _shelf = (monotonic(), _filled())
    return _shelf[1]


def _filled() -> tuple[Hanger, ...]:
    hangers: list[Hanger] = []
    for style in product.styles(db(), limit=SHOWN).rows:
        colours = [sku.colour_hex for sku in product.skus_of(db(), style.id)]
        if colours:
            # Each next style shows its next colour, so that the shelf is not all in one.
            colour = colours[len(hangers) * 5 % len(colours)]
            hangers.append(
                Hanger(style.name, style.silhouette, style.quilting, style.hood, style.price_fen, colour)
            )
    return tuple(hangers)
