"""What a guide's feed asks for: each line is a task until it is done, and stops asking after some days."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from center_core.kit import N_, NotFound, Page, Session

from .models import Feed
from .service import paged

ASKS_FOR = timedelta(days=3)
"""Congratulations that come later than this are worse than none."""


def open_tasks(
    db: Session, *, staff_ids: Collection[UUID], now: datetime, after: str | None = None, limit: int = 30
) -> Page[Feed]:
    """What is still to be done, newest first."""
    return paged(db, select(Feed).where(*_open(staff_ids, now)), after, limit)


def count_open(db: Session, *, staff_ids: Collection[UUID], now: datetime) -> int:
    """How many lines still ask for something."""
    return db.scalar(select(func.count()).select_from(Feed).where(*_open(staff_ids, now))) or 0


def counts_since(db: Session, *, staff_ids: Collection[UUID], since: datetime) -> dict[str, int]:
    """How many lines of each kind there were since a moment, for the numbers of today."""
    counted = (
        select(Feed.kind, func.count().label("lines"))
        .where(Feed.staff_id.in_(staff_ids), Feed.id >= first_id(since))
        .group_by(Feed.kind)
    )
    return {row.kind: row.lines for row in db.execute(counted)}


def finish(db: Session, *, staff_id: UUID, line_id: UUID, now: datetime) -> Feed:
    """The task is done; done again it keeps its first moment."""
    line = _line(db, staff_id, line_id)
    line.done_at = line.done_at or now
    db.flush()
    return line


def reopen(db: Session, *, staff_id: UUID, line_id: UUID) -> Feed:
    """It was not done after all."""
    line = _line(db, staff_id, line_id)
    line.done_at = None
    db.flush()
    return line


def first_id(at: datetime) -> UUID:
    """The least id that a line of the moment ``at`` can have: version-7 ids begin with their milliseconds."""
    return UUID(int=int(at.timestamp() * 1000) << 80)


def _open(staff_ids: Collection[UUID], now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Feed.staff_id.in_(staff_ids), Feed.done_at.is_(None), Feed.id >= first_id(now - ASKS_FOR)


def _line(db: Session, staff_id: UUID, line_id: UUID) -> Feed:
    line = db.get(Feed, (staff_id, line_id))
    if line is None:
        raise NotFound("feed_line_unknown", N_("There is no such line."))
    return line
