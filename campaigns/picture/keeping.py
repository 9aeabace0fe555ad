"""The pictures that are kept, and how one comes and goes.

A picture is named by its content, so its address may be remembered for ever. It stays as long as a draft, a step of a
draft's history or a published version names it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from center_core.kit import N_, NotFound, Refused, Session

from ..models import Picture
from .redraw import MEDIA_TYPE, redraw

MOST_FOR_A_CAMPAIGN = 100
UNUSED_FOR = timedelta(days=7)

# A draft may be in any state: the lax path finds nothing where there is no object, and says so without an error.
NAMED = """
    select named.value #>> '{}' as key, kept.campaign_id, kept.version
      from (select id as campaign_id, null::integer as version, draft as document from campaign
            union all select campaign_id, null, draft from campaign_draft
            union all select campaign_id, version, definition from campaign_version) as kept
      cross join lateral (
            select jsonb_path_query(kept.document, 'lax $.game.pictures.*') as value
            union all select jsonb_path_query(kept.document, 'lax $.challenge.game.pictures.*')
            union all select jsonb_path_query(kept.document, 'lax $.theme.cover ? (@ <> null)')) as named
"""
UNNAMED = text(f"not exists (select from ({NAMED}) as n where n.key = picture.key)")


def bring(
    db: Session,
    *,
    campaign_id: UUID,
    file: bytes,
    width: int,
    height: int,
    fit: Literal["contain", "cover"] = "contain",
    now: datetime,
) -> str:
    """Keep the picture in ``file``, redrawn for a place of ``width`` and ``height``, and return its key.

    Refuses with what :func:`redraw` refuses, and ``pictures_too_many`` when the campaign has brought too many.
    """
    drawn = redraw(file, width=width, height=height, fit=fit)
    brought = select(func.count()).where(Picture.campaign_id == campaign_id, Picture.key != drawn.key)
    if (db.scalar(brought) or 0) >= MOST_FOR_A_CAMPAIGN:
        raise Refused(
            "pictures_too_many",
            N_("This campaign has %(most)s pictures already. Those not used go after %(days)s days."),
            most=MOST_FOR_A_CAMPAIGN,
            days=UNUSED_FOR.days,
        )
    row = insert(Picture).values(
        key=drawn.key,
        campaign_id=campaign_id,
        media_type=MEDIA_TYPE,
        width=drawn.width,
        height=drawn.height,
        content=drawn.content,
        brought_at=now,
    )
    # Waits for a sweep that is just forgetting it, and then brings it anew.
    db.execute(row.on_conflict_do_update(index_elements=[Picture.key], set_={"brought_at": now}))
    return drawn.key


def kept(db: Session, key: str) -> tuple[str, bytes]:
    """Media type and content of the picture."""
    found = db.execute(select(Picture.media_type, Picture.content).where(Picture.key == key)).one_or_none()
    if found is None:
        raise NotFound("picture_unknown", N_("There is no such picture."))
    return found.media_type, found.content


def missing(db: Session, keys: Collection[str]) -> set[str]:
    """Those of ``keys`` that are not kept."""
    if not keys:
        return set()
    return set(keys) - set(db.scalars(select(Picture.key).where(Picture.key.in_(keys))))


def hold(db: Session, draft: dict[str, Any]) -> None:
    """Keep the sweep from the pictures that ``draft`` names until this transaction, which saves it, has ended."""
    keys = sorted(set(_named(draft)))
    if keys:
        rows = select(Picture.key).where(Picture.key.in_(keys)).order_by(Picture.key)
        db.execute(rows.with_for_update(read=True, key_share=True)).all()


def forget_unused(db: Session, *, now: datetime, limit: int) -> int:
    """Forget pictures that were brought long ago and that nothing names any more; returns how many.

    A draft that names one may be saved at this very moment. Such a picture is locked by :func:`hold` and skipped; and
    since names are looked up in a second statement, a draft that was saved before the lock was taken is seen.
    """
    unused = _lock_unused(db, before=now - UNUSED_FOR, limit=limit)
    if not unused:
        return 0
    gone = delete(Picture).where(Picture.key.in_(unused), UNNAMED).returning(Picture.key)
    return len(db.scalars(gone).all())


def _lock_unused(db: Session, *, before: datetime, limit: int) -> Sequence[str]:
    old = select(Picture.key).where(Picture.brought_at < before, UNNAMED)
    return db.scalars(old.order_by(Picture.key).limit(limit).with_for_update(skip_locked=True)).all()


def _named(draft: dict[str, Any]) -> Iterator[str]:
    challenge = draft.get("challenge")
    for choice in (draft.get("game"), challenge.get("game") if isinstance(challenge, dict) else None):
        pictures = choice.get("pictures") if isinstance(choice, dict) else None
        if isinstance(pictures, dict):
            yield from _texts(pictures.values())
    theme = draft.get("theme")
    if isinstance(theme, dict):
        yield from _texts([theme.get("cover")])


def _texts(values: Iterable[Any]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))
