"""What the feed tells the layers above."""

from dataclasses import dataclass
from typing import Any, ClassVar

from center_core.kit import Event


@dataclass(frozen=True)
class FeedPosted(Event):
    """Lines were added to guides' feeds; ``lines`` is what the connected phones are told."""

    private: ClassVar[bool] = True

    lines: list[dict[str, Any]]
