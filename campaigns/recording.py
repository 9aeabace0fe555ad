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
from .rules import can_show, game_by

UNKNOWN = NotFound("recording_unknown", N_("There is no such round to watch."))


@dataclass(frozen=True)
class Recording:
    """What it takes to play a round again, and whose it was. ``config`` is complete; ``rules`` is the game by the rules
    that the round had, if they are kept.

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
    rules: games.Game | None

    @property
    def playable(self) -> bool:
        """Whether it can be seen again: the rules by which it was played are kept, and today's scene can show them."""
        return self.rules is not None and can_show(self.rules)

    @property
    def played(self) -> games.Game:
        """The game by the rules of the round. Only of one that is playable."""
        assert self.rules is not None  # noqa: S101 - as the docstring says
        return self.rules

    @property
    def is_of_earlier_rules(self) -> bool:
        """Whether a phone has to be given its rules, since the scene brings those of today."""
        return self.played.rules_version != games.game(self.game).rules_version


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
        rules=game_by(db, it.game, it.rules_version),
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
