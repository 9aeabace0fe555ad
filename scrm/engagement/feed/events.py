"""What the feed tells the layers above."""

from dataclasses import dataclass
from typing import Any

from center_core.kit import Event


@dataclass(frozen=True)
class FeedPosted(Event):
    """Lines were added to guides' feeds; ``lines`` are the rows as told, for the phones that are connected."""

    lines: list[dict[str, Any]]
