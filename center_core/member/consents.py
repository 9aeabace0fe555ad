"""What members agreed to, and took back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from center_core.kit import Session, uuid7

from .models import Consent


def give_consent(
    db: Session, *, member_id: UUID, document: str, version: str, now: datetime, source: str = "club"
) -> None:
    """Note that the member agrees to ``version`` of ``document``; agreeing again changes nothing."""
    given = insert(Consent).values(
        member_id=member_id, id=uuid7(), document=document, version=version, source=source, given_at=now
    )
    db.execute(given.on_conflict_do_nothing())


def withdraw_consent(db: Session, *, member_id: UUID, document: str, now: datetime) -> None:
    """Take back every version of ``document``; that it was given stays on record."""
    db.execute(
        update(Consent)
        .where(Consent.member_id == member_id, Consent.document == document, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )


def consents(db: Session, member_id: UUID) -> list[Consent]:
    """All that was ever agreed to, the newest first."""
    return list(db.scalars(select(Consent).where(Consent.member_id == member_id).order_by(Consent.id.desc())))
