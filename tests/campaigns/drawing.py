"""Plays for tests, decided in the test's own transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import psycopg
from sqlalchemy import update

import campaigns
from campaigns.draw.batch import Answer, Ask, Batch
from campaigns.models import Campaign, CampaignVersion
from center_core.kit import Session
from tests.make import NOW


def draw(
    db: Session, live: campaigns.Live, asks: Sequence[tuple[UUID, str]], now: datetime = NOW
) -> list[Answer]:
    """One batch: (member, key) of each play."""
    db.flush()
    connection = db.connection().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)
    answers = Batch([Ask(member_id, key, now) for member_id, key in asks]).decide(connection, live)
    db.expire_all()
    return answers


def draw_one(
    db: Session, live: campaigns.Live, member_id: UUID, key: str, now: datetime = NOW
) -> campaigns.Played:
    """One play that must be decided."""
    (answer,) = draw(db, live, [(member_id, key)], now)
    assert isinstance(answer, campaigns.Played), answer
    return answer


def outcome(answer: Answer) -> str:
    """``prize 1``, ``replayed``, the key of a refusal, or ``NotEntered``."""
    if isinstance(answer, campaigns.Played):
        return "replayed" if answer.replayed else f"prize {answer.prize_no}"
    return getattr(answer, "key", type(answer).__name__)


def settle(db: Session, live: campaigns.Live, now: datetime) -> campaigns.Live:
    """End and settle the campaign."""
    campaigns.end(db, campaign_id=live.id, now=now)
    campaigns.settle(db, campaign_id=live.id, now=now)
    return campaigns.read_live(db, live.id)


def plant_seed(db: Session, live: campaigns.Live, seed: bytes) -> campaigns.Live:
    """A seed that the test knows, so that the draw repeats."""
    db.execute(update(Campaign).where(Campaign.id == live.id).values(seed=seed))
    db.expire_all()
    return campaigns.read_live(db, live.id)


def version_of(db: Session, live: campaigns.Live) -> CampaignVersion:
    """The published document."""
    return db.get_one(CampaignVersion, (live.id, live.version))
