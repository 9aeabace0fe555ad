"""Writing and reading notes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from center_core.kit import N_, NotFound, Refused, Session, uuid7

from .models import Note

MAX_NOTE = 500
SHOWN = 20


def write(db: Session, *, member_id: UUID, staff_id: UUID, text: str, now: datetime) -> Note:
    """Keep a remark about a member; refuses an empty and an over-long one."""
    clean = text.replace("\x00", "").strip()
    if not clean:
        raise Refused("note_empty", N_("Write something first."))
    if len(clean) > MAX_NOTE:
        raise Refused(
            "note_too_long", N_("A note has at most %(limit)s characters."), limit=MAX_NOTE, length=len(clean)
        )
    note = Note(member_id=member_id, id=uuid7(), staff_id=staff_id, text=clean, at=now)
    db.add(note)
    db.flush()
    return note


def notes_of(db: Session, member_id: UUID, *, limit: int = SHOWN) -> Sequence[Note]:
    """The newest notes on a member, newest first."""
    return db.scalars(
        select(Note).where(Note.member_id == member_id).order_by(Note.id.desc()).limit(limit)
    ).all()


def take_back(db: Session, *, member_id: UUID, note_id: UUID, staff_id: UUID) -> str:
    """Remove one's own note and give back what it said, so that it can be written again."""
    own = Note.member_id == member_id, Note.id == note_id, Note.staff_id == staff_id
    text: str | None = db.scalar(delete(Note).where(*own).returning(Note.text))
    if text is None:
        raise NotFound("note_unknown", N_("There is no such note of yours."))
    return text


def forget(db: Session, member_id: UUID) -> None:
    """Delete all notes on a member."""
    db.execute(delete(Note).where(Note.member_id == member_id))
