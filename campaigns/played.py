"""What one member has played, over all campaigns: for the cards on which staff see a member as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from center_core.kit import Session

from .models import CampaignVersion, Play


@dataclass(frozen=True)
class PastPlay:
    """One play with the words of the version that it was drawn under."""

    play_id: UUID
    campaign_id: UUID
    played_at: datetime
    title: dict[str, str]
    prize: dict[str, str]
    kind: str


def plays_of(db: Session, *, member_id: UUID, limit: int = 20) -> Sequence[PastPlay]:
    """The member's latest plays, the newest first, in two statements."""
    plays = db.scalars(
        select(Play).where(Play.member_id == member_id).order_by(Play.id.desc()).limit(limit)
    ).all()
    drawn_under = {(play.campaign_id, play.version) for play in plays}
    versions = db.scalars(
        select(CampaignVersion).where(
            tuple_(CampaignVersion.campaign_id, CampaignVersion.version).in_(drawn_under)
        )
    )
    documents = {(row.campaign_id, row.version): row.definition for row in versions}
    return [_in_words(play, documents[play.campaign_id, play.version]) for play in plays]


def _in_words(play: Play, document: dict[str, Any]) -> PastPlay:
    prize = next(prize for prize in document["prizes"] if prize["no"] == play.prize_no)
    return PastPlay(
        play.id, play.campaign_id, play.played_at, document["title"], prize["name"], prize["kind"]
    )
