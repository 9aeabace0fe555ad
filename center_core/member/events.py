"""What the member centre tells the layers above."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from center_core.kit import Event


@dataclass(frozen=True)
class OneTimeCodeRequested(Event):
    """A code is to be sent to ``phone``; from ``expires_at`` on it is worth nothing."""

    private: ClassVar[bool] = True

    phone: str
    code: str
    locale: str
    purpose: str
    expires_at: datetime


@dataclass(frozen=True)
class MemberJoined(Event):
    """A new person is in the club; ``channel_code`` is what the link they came through carried."""

    private: ClassVar[bool] = True

    member_id: UUID
    store_id: UUID | None
    channel_code: str | None
    name: str


@dataclass(frozen=True)
class MemberBound(Event):
    """The member has a new guide; ``reason`` is ``join``, ``scan`` (of a guide's code, as a member) or ``handover``."""

    member_id: UUID
    staff_id: UUID
    store_id: UUID
    reason: str


@dataclass(frozen=True)
class MembersHandedOver(Event):
    """A guide has ``count`` members more, since ``former_id`` left, or of their own who came back (then ``None``).

    Who they are is read from the bindings of that moment (``handed_over``): thousands do not travel in an event.
    """

    staff_id: UUID
    store_id: UUID
    former_id: UUID | None
    count: int
    at: datetime


@dataclass(frozen=True)
class MemberFrozen(Event):
    """The membership rests: whatever the member still has open is to be closed."""

    member_id: UUID


@dataclass(frozen=True)
class MemberErased(Event):
    """The member asked to be forgotten: whoever keeps personal details of theirs removes them.

    ``phone`` was theirs until then: some have nothing else to know them by.
    """

    private: ClassVar[bool] = True

    member_id: UUID
    phone: str | None = None


@dataclass(frozen=True)
class PointsPosted(Event):
    """One new line in a points ledger. Plays post in batches and tell of theirs in an event of their own."""

    member_id: UUID
    kind: str
    amount: int
    source_kind: str
    source_id: UUID


@dataclass(frozen=True)
class TierChanged(Event):
    """The member rose or fell; codes of the tiers."""

    member_id: UUID
    before: str | None
    after: str
