"""The audit log: who did what to which thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from center_core.kit import Page, Session, after_id, uuid7

from .models import Audit


@dataclass(frozen=True)
class Actor:
    """Who does something: ``kind`` is ``staff``, ``member``, ``api`` (a key) or ``system``."""

    kind: str
    id: UUID | str | None = None
    ip: str | None = None


SYSTEM = Actor("system")


def record(
    db: Session,
    *,
    actor: Actor,
    verb: str,
    subject: str,
    now: datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Note that ``actor`` did ``verb`` (``campaign.publish``) to ``subject`` (``campaign:<id>``)."""
    db.execute(
        insert(Audit).values(
            id=uuid7(),
            at=now,
            actor_kind=actor.kind,
            actor_id=str(actor.id) if actor.id is not None else None,
            ip=actor.ip,
            verb=verb,
            subject=subject,
            detail=dict(detail or {}),
        )
    )


def audit_log(
    db: Session, *, after: str | None = None, limit: int = 50, subject: str | None = None
) -> Page[Audit]:
    """The newest entries first; with ``subject`` only those on that thing."""
    found = select(Audit).order_by(Audit.id.desc()).limit(limit + 1)
    if after:
        found = found.where(Audit.id < after_id(after))
    if subject is not None:
        found = found.where(Audit.subject == subject)
    rows = db.scalars(found).all()
    return Page(rows[:limit], str(rows[limit - 1].id) if len(rows) > limit else None)
