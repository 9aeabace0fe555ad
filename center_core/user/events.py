"""What the user centre tells the layers above."""

from dataclasses import dataclass
from uuid import UUID

from center_core.kit import Event


@dataclass(frozen=True)
class StaffLeft(Event):
    """They cannot sign in any more: whatever they still have open is to be closed."""

    staff_id: UUID
