"""What a realtime process knows about one connected phone."""

from dataclasses import dataclass, field
from uuid import UUID

from scrm.fronts.identity import SocketIdentity
from scrm.live import member_room, staff_room

BURST = 40
PER_SECOND = 10
FLOOD = 200
NONSENSE_LIMIT = 5


@dataclass
class Allowance:
    """A bucket of ``BURST`` tokens that fills with ``PER_SECOND``: quick typing passes, a flood does not."""

    tokens: float = BURST
    filled_at: float = 0.0

    def take(self, at: float) -> bool:
        """Use one up; false when there is none. ``at`` is a monotonic clock's reading in seconds."""
        if self.filled_at:
            self.tokens = min(BURST, self.tokens + (at - self.filled_at) * PER_SECOND)
        self.filled_at = at
        self.tokens -= 1
        return self.tokens >= 0

    @property
    def is_flooded(self) -> bool:
        """Whether this phone went on and on although it was told to slow down."""
        return self.tokens < -FLOOD


@dataclass(frozen=True)
class Joined:
    """A conversation that this phone may speak in, as it was when it joined or was last handed over."""

    member_id: UUID
    staff_id: UUID

    def room_opposite(self, side: str) -> str:
        """Where the other side listens."""
        return staff_room(self.staff_id) if side == "member" else member_room(self.member_id)


@dataclass
class Connection:
    """One socket: whose it is, what it has open, and how it behaves."""

    sid: str
    identity: SocketIdentity
    joined: dict[UUID, Joined] = field(default_factory=dict)
    allowance: Allowance = field(default_factory=Allowance)
    nonsense: int = 0

    @property
    def side(self) -> str:
        """``"member"`` or ``"staff"``."""
        return self.identity.kind

    @property
    def room(self) -> str:
        """Where all phones of this person listen."""
        if self.side == "member":
            return member_room(self.identity.id)
        return staff_room(self.identity.id)

    def speaks_nonsense(self) -> bool:
        """Count one more; true once it has been enough."""
        self.nonsense += 1
        return self.nonsense >= NONSENSE_LIMIT
