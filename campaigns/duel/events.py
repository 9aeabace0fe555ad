"""What duels tell the outside."""

from dataclasses import dataclass
from uuid import UUID

from center_core.kit import Event


@dataclass(frozen=True)
class DuelChanged(Event):
    """Something about the duel is new for the phones of these members."""

    duel_id: UUID
    member_ids: tuple[UUID, ...]
