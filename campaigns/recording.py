"""A counted round as anybody may see it again: under its public code, by the rules that it was played by."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

import games
from center_core import member
from center_core.kit import N_, NotFound, Session

from .definition import Challenge, Definition
from .live import Live
from .models import CampaignVersion, GameRound, RoundCode

UNKNOWN = NotFound("recording_unknown", N_("There is no such round to watch."))


@dataclass(frozen=True)
class Recording:
    """What it takes to play a round again, and whose it was. ``config`` is complete.

    ``member_id`` and ``name`` are for this side of the web only: strangers read a name shortened.
    """

    code: str
    campaign_id: UUID
    member_id: UUID
    name: str
    game: str
    version: int
    seed: str
    config: dict[str, Any]
    inputs: bytes
    score: int
    tie: int
    played_at: datetime
    rules_version: str

    @property
    def playable(self) -> bool:
        """Whether the game still has the rules by which it was played; by others it would end differently."""
        try:
            return games.game(self.game).rules_version == self.rules_version
        except games.UnknownGame:
            return False


def recording(db: Session, live: Live, *, code: str) -> Recording:
    """The round of that public code. Refuses ``recording_unknown``, also for another campaign's."""
    known = db.get(RoundCode, code) if code.isprintable() else None
    it = db.get(GameRound, (known.member_id, known.round_id)) if known else None
    if it is None or it.campaign_id != live.id or it.inputs is None or it.score is None or it.tie is None:
        raise UNKNOWN
    challenge = challenge_of(db, live, it.version)
    return Recording(
        code=code,
        campaign_id=live.id,
        member_id=it.member_id,
        name=member.names_of(db, [it.member_id]).get(it.member_id, ""),
        game=it.game,
        version=it.version,
        seed=it.seed,
        config=games.game(it.game).configured(challenge.game.config),
        inputs=it.inputs,
        score=it.score,
        tie=it.tie,
        played_at=it.finished_at or it.started_at,
        rules_version=it.rules_version or "",
    )


def campaign_of_round(db: Session, *, code: str) -> UUID:
    """Where the round of that public code was played."""
    known = db.get(RoundCode, code)
    if known is None:
        raise UNKNOWN
    return known.campaign_id


def config_of(db: Session, live: Live, version: int) -> dict[str, Any]:
    """The complete settings of the game of skill in that version of the campaign."""
    choice = challenge_of(db, live, version).game
    return games.game(choice.slug).configured(choice.config)


def challenge_of(db: Session, live: Live, version: int) -> Challenge:
    """The challenge as it was published when a round began: changes are for the rounds that begin after them."""
    definition = live.definition
    if version != live.version:
        document = db.scalar(
            select(CampaignVersion.definition).where(
                CampaignVersion.campaign_id == live.id, CampaignVersion.version == version
            )
        )
        definition = Definition.model_validate(document)
    if definition.challenge is None:
        raise NotFound("challenge_unknown", N_("This campaign has no skill game."))
    return definition.challenge
