"""What the campaign engine tells the layers above."""

from dataclasses import dataclass
from uuid import UUID

from center_core.kit import Event


@dataclass(frozen=True)
class CampaignPublished(Event):
    """A version of a campaign became what consumers see."""

    campaign_id: UUID
    slug: str
    version: int


@dataclass(frozen=True)
class CampaignStateChanged(Event):
    """A campaign went from one state of its lifecycle to the next."""

    campaign_id: UUID
    slug: str
    before: str
    after: str


@dataclass(frozen=True)
class PlaysDecided(Event):
    """A batch of plays was drawn: (play, member, prize number) of each. Written by ``draw_batch`` itself."""

    campaign_id: UUID
    plays: list[tuple[UUID, UUID, int]]


@dataclass(frozen=True)
class RoundScored(Event):
    """The server replayed a round of a skill game and counted its score; a ghost race is none of these."""

    campaign_id: UUID
    member_id: UUID
    round_id: UUID
    score: int
    is_best: bool
    chances: int
    is_day_best: bool = False
