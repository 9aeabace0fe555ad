"""Writing to and reading from the guides' feeds."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, insert, select

from center_core import user
from center_core.kit import Page, Session, after_id, publish, uuid7

from .events import FeedPosted
from .models import Feed

WIN, JOIN, BOUND, HANDOVER, SALE = "win", "join", "bound", "handover", "sale"


@dataclass(frozen=True)
class Line:
    """A line for the feed of the guide ``staff_id``; ``body`` is what is shown, texts in all languages.

    ``member_id`` is ``None`` where the line is of many (``HANDOVER``).
    """

    staff_id: UUID
    kind: str
    member_id: UUID | None
    body: dict[str, Any]


def add(db: Session, lines: Sequence[Line], *, now: datetime) -> None:
    """Put ``lines`` into their guides' feeds and let the connected phones know."""
    if not lines:
        return
    rows: list[dict[str, Any]] = [
        {
            "staff_id": line.staff_id,
            "id": uuid7(),
            "kind": line.kind,
            "member_id": line.member_id,
            "body": line.body,
            "at": now,
        }
        for line in lines
    ]
    db.execute(insert(Feed), rows)
    stores = {it.id: it.store_id for it in user.staff_by_ids(db, {line.staff_id for line in lines})}
    publish(db, FeedPosted(lines=[as_told(row, stores.get(row["staff_id"])) for row in rows]), now=now)


def as_told(row: dict[str, Any], store_id: UUID | None) -> dict[str, Any]:
    """A feed row as phones get it; ``store_id`` is the guide's."""
    return {
        "staff_id": str(row["staff_id"]),
        "store_id": str(store_id) if store_id else None,
        "id": str(row["id"]),
        "kind": row["kind"],
        "member_id": str(row["member_id"]) if row["member_id"] else None,
        "body": row["body"],
        "at": row["at"].isoformat(),
    }


def of_staff(
    db: Session, *, staff_ids: Collection[UUID], after: str | None = None, limit: int = 30
) -> Page[Feed]:
    """The feed of one guide, or of all guides of a store, newest first."""
    return paged(db, select(Feed).where(Feed.staff_id.in_(staff_ids)), after, limit)


def paged(db: Session, query: Select[Feed], after: str | None, limit: int) -> Page[Feed]:
    """The lines of ``query``, newest first, from the cursor ``after`` on."""
    if after:
        query = query.where(Feed.id < after_id(after))
    rows = db.scalars(query.order_by(Feed.id.desc()).limit(limit + 1)).all()
    page = rows[:limit]
    return Page(page, str(page[-1].id) if len(rows) > limit else None)


def forget(db: Session, member_id: UUID) -> None:
    """Delete what guides were shown of a member; over all guides, so for rare use."""
    db.execute(delete(Feed).where(Feed.member_id == member_id))
