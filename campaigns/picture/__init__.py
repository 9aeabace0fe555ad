"""Pictures that marketers bring: redrawn when they come, kept once, and forgotten when nothing names them any more."""

from .keeping import NAMED, bring, forget_unused, hold, kept, missing
from .redraw import HEAVIEST, LARGEST_FILE, MOST_PIXELS, Redrawn, redraw

__all__ = [
    "HEAVIEST", "LARGEST_FILE", "MOST_PIXELS", "NAMED", "Redrawn", "bring", "forget_unused", "hold", "kept", "missing",
    "redraw",
]  # fmt: skip
