"""What conversations tell the layers above."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from center_core.kit import Event

from .compose import as_told


@dataclass(frozen=True)
class ConversationHandedOver(Event):
    """The member talks to ``staff_id`` from now on, and no longer to ``former_id``."""

    member_id: UUID
    conversation_id: UUID
    staff_id: UUID
    former_id: UUID


@dataclass(frozen=True)
class MessagePosted(Event):
    """A message was written by somebody who holds no socket: a page, a job, a handover.

    What a realtime process writes it tells itself, directly after its commit; so this event is how the phones
    learn of all other messages. It is not the history: that is the message table.
    """

    private: ClassVar[bool] = True

    member_id: UUID
    staff_id: UUID
    conversation_id: UUID
    seq: int
    client_id: UUID
    sender_kind: str
    kind: str
    content: dict[str, Any]
    sent_at: datetime

    def as_told(self) -> dict[str, Any]:
        """The message as phones get it."""
        return as_told(
            self.conversation_id,
            seq=self.seq,
            client_id=self.client_id,
            sender_kind=self.sender_kind,
            kind=self.kind,
            body=self.content,
            sent_at=self.sent_at,
        )
