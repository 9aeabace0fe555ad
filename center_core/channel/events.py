"""What the channel centre tells the layers above."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from center_core.kit import Event


@dataclass(frozen=True)
class StoreRenamed(Event):
    """The store has another name; ``before`` is what it was called until then."""

    store_id: UUID
    before: dict[str, Any]
