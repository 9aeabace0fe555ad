"""Drafts: made, saved by several editors without overwriting each other, and found again by undo."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text, cast, delete, insert, or_, select, update

from center_core.kit import N_, NotFound, Page, Refused, Session, after_id, uuid7

from . import picture
from .models import Campaign, CampaignDraft
from .types import campaign_type

KEPT = 50
"""How many earlier states of a draft can be gone back to."""

SLUG = re.compile(r"[a-z][a-z0-9-]{2,47}")


def create(
    db: Session,
    *,
    slug: str,
    type: str,
    staff_id: UUID | None,
    now: datetime,
    zone: str = "Asia/Shanghai",
    draft: dict[str, Any] | None = None,
) -> Campaign:
    """A new campaign from the template of its type, or from ``draft`` (a copy of another campaign's, say)."""
    if not SLUG.fullmatch(slug):
        raise Refused(
            "slug_malformed",
            N_("An address has 3 to 48 small letters, digits and hyphens, and begins with a letter."),
            slug=slug,
        )
    if db.scalar(select(Campaign.id).where(Campaign.slug == slug)):
        raise Refused("slug_taken", N_("Another campaign has this address."), slug=slug)
    it = Campaign(
        id=uuid7(),
        slug=slug,
        type=campaign_type(type).slug,
        state="draft",
        revision=0,
        version=0,
        draft=draft if draft is not None else campaign_type(type).template(now, zone),
        draft_revision=1,
        created_by=staff_id,
        created_at=now,
        updated_at=now,
    )
    db.add(it)
    db.flush()
    _remember(db, it.id, 1, it.draft, staff_id, now)
    return it


def save_draft(
    db: Session,
    *,
    campaign_id: UUID,
    draft: dict[str, Any],
    revision: int,
    staff_id: UUID | None,
    now: datetime,
) -> int:
    """Keep the draft, complete or not, and return its new revision.

    ``revision`` is the one that the editor started from: if somebody else saved since, ``draft_changed`` says who,
    and nothing is overwritten.
    """
    saved = db.scalar(
        update(Campaign)
        .where(Campaign.id == campaign_id, Campaign.draft_revision == revision)
        .values(draft=draft, draft_revision=revision + 1, updated_at=now)
        .returning(Campaign.draft_revision)
        .execution_options(synchronize_session=False)
    )
    if saved is None:
        _refuse_changed(db, campaign_id)
    _remember(db, campaign_id, revision + 1, draft, staff_id, now)
    db.execute(
        delete(CampaignDraft).where(
            CampaignDraft.campaign_id == campaign_id, CampaignDraft.draft_revision <= revision + 1 - KEPT
        )
    )
    return revision + 1


def draft_history(db: Session, *, campaign_id: UUID, limit: int = KEPT) -> Sequence[CampaignDraft]:
    """The states that the draft was saved in, the latest first."""
    return db.scalars(
        select(CampaignDraft)
        .where(CampaignDraft.campaign_id == campaign_id)
        .order_by(CampaignDraft.draft_revision.desc())
        .limit(limit)
    ).all()


def listing(
    db: Session,
    *,
    states: Sequence[str] = (),
    q: str | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page[Campaign]:
    """Campaigns, the newest first; ``q`` is looked for in address and titles."""
    query = select(Campaign).order_by(Campaign.id.desc()).limit(limit + 1)
    if states:
        query = query.where(Campaign.state.in_(states))
    if q:
        pattern = "%" + re.sub(r"([%_\\])", r"\\\1", q) + "%"
        query = query.where(
            or_(Campaign.slug.ilike(pattern), cast(Campaign.draft["title"], Text).ilike(pattern))
        )
    if after:
        query = query.where(Campaign.id < after_id(after))
    rows = db.scalars(query).all()
    return Page(rows[:limit], str(rows[limit - 1].id) if len(rows) > limit else None)


def _remember(
    db: Session, campaign_id: UUID, revision: int, draft: dict[str, Any], staff_id: UUID | None, now: datetime
) -> None:
    picture.hold(db, draft)
    db.execute(
        insert(CampaignDraft).values(
            campaign_id=campaign_id, draft_revision=revision, draft=draft, saved_by=staff_id, saved_at=now
        )
    )


def _refuse_changed(db: Session, campaign_id: UUID) -> None:
    latest = next(iter(draft_history(db, campaign_id=campaign_id, limit=1)), None)
    if latest is None:
        raise NotFound("campaign_unknown", N_("There is no such campaign."))
    raise Refused(
        "draft_changed",
        N_("Somebody else has saved this campaign meanwhile."),
        revision=latest.draft_revision,
        by=str(latest.saved_by) if latest.saved_by else None,
    )
