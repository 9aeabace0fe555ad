"""Saved views: a person's own short cuts to filtered lists."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from center_core.kit import N_, Refused, Session, uuid7

from .models import SavedView

MOST = 20


def saved_views(db: Session, *, staff_id: UUID, list_name: str) -> Sequence[SavedView]:
    """The person's views of one list, by name."""
    return db.scalars(
        select(SavedView)
        .where(SavedView.staff_id == staff_id, SavedView.list_name == list_name)
        .order_by(SavedView.name)
    ).all()


def save_view(db: Session, *, staff_id: UUID, list_name: str, name: str, query: str, now: datetime) -> None:
    """Keep ``query`` under ``name``; a view of the same name is replaced. Refuses a twenty-first one."""
    kept = db.scalar(
        select(func.count()).where(
            SavedView.staff_id == staff_id, SavedView.list_name == list_name, SavedView.name != name
        )
    )
    if (kept or 0) >= MOST:
        raise Refused(
            "too_many_views", N_("At most %(most)s views can be saved. Remove one first."), most=MOST
        )
    row = insert(SavedView).values(
        id=uuid7(), staff_id=staff_id, list_name=list_name, name=name, query=query, saved_at=now
    )
    db.execute(
        row.on_conflict_do_update(
            index_elements=["staff_id", "list_name", "name"],
            set_={"query": row.excluded.query, "saved_at": row.excluded.saved_at},
        )
    )


def forget_view(db: Session, *, staff_id: UUID, view_id: UUID) -> None:
    """Remove one of the person's own views; another's is left alone, silently."""
    db.execute(delete(SavedView).where(SavedView.id == view_id, SavedView.staff_id == staff_id))
