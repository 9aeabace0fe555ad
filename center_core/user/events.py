"""What the user centre tells the layers above."""

from dataclasses import dataclass
from uuid import UUID

from center_core.kit import Event


@dataclass(frozen=True)
class StaffLeft(Event):
    """They cannot sign in any more: whatever they still have open is to be closed."""

    staff_id: UUID


@dataclass(frozen=True)
class PasswordChanged(Event):
    """Whatever they still have open was opened with the old password, and is to be closed."""

    staff_id: UUID


@dataclass(frozen=True)
class RoleRevoked(Event):
    """They may do less than before: whatever they still have open is to be asked again."""

    staff_id: UUID
