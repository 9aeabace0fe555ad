"""From draft to settled: draft, scheduled, running, paused, ended, settled.

Whatever changes what is live takes the campaign's draw lock, so that it falls between two batches, and raises the
campaign's revision, by which every process notices.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, insert, select, text

from center_core.kit import N_, NotFound, Refused, Session, apart
from center_core.kit import publish as tell

from .definition import Definition
from .draw.fairness import new_seed, seed_hash
from .events import CampaignPublished, CampaignStateChanged
from .gate import LEGAL_CEILING_FEN, gate
from .models import Campaign, CampaignVersion
from .pool import fill_pool

ENDABLE = ("scheduled", "running", "paused")
STARTS = (Campaign.state == "scheduled") & (Campaign.starts_at <= bindparam("now"))
ENDS = Campaign.state.in_(ENDABLE) & (Campaign.ends_at <= bindparam("now"))


def campaign(db: Session, campaign_id: UUID) -> Campaign:
    """One campaign, in whatever state."""
    found = db.get(Campaign, campaign_id)
    if found is None:
        raise NotFound("campaign_unknown", N_("There is no such campaign."))
    return found


def by_slug(db: Session, slug: str) -> Campaign:
    """The same by the name in its address."""
    found = db.scalar(select(Campaign).where(Campaign.slug == slug))
    if found is None:
        raise NotFound("campaign_unknown", N_("There is no such campaign."))
    return found


def publish(
    db: Session,
    *,
    campaign_id: UUID,
    staff_id: UUID | None,
    now: datetime,
    ceiling_fen: int = LEGAL_CEILING_FEN,
    revision: int | None = None,
) -> Campaign:
    """Make the draft what consumers see, as a new version. Refuses with everything that the gate finds.

    ``revision`` is that of the draft which somebody looked through and approved of: ``draft_changed`` if it was saved
    since. Without one it is the draft as it stands, for those who have just written it themselves.

    Takes the draw lock, then holds the coupons that it promises: see ``campaigns.change_template``.
    """
    it = _locked(db, campaign_id)
    if revision is not None and it.draft_revision != revision:
        raise Refused(
            "draft_changed",
            N_("This campaign was saved again after you opened this page. Please look through it once more."),
            revision=it.draft_revision,
        )
    blockers = gate(db, it, now=now, ceiling_fen=ceiling_fen, hold=True)
    if blockers:
        raise Refused(
            "not_publishable",
            N_("Something still stops publication."),
            blockers=[{"key": one.key, "field": one.field, "reasons": one.reasons} for one in blockers],
        )
    definition = Definition.model_validate(it.draft)
    if it.seed is None:
        it.seed = new_seed()
        it.seed_hash = seed_hash(it.seed)
    it.version += 1
    it.revision += 1
    it.starts_at, it.ends_at = definition.period.starts_at, definition.period.ends_at
    it.zone = definition.period.zone
    it.updated_at = now
    db.execute(
        insert(CampaignVersion).values(
            campaign_id=it.id,
            version=it.version,
            definition=definition.model_dump(mode="json"),
            published_by=staff_id,
            published_at=now,
        )
    )
    fill_pool(db, it.id, it.seed, definition)
    if it.state == "draft":
        _go(db, it, "running" if it.starts_at <= now else "scheduled", now=now)
    tell(db, CampaignPublished(campaign_id=it.id, slug=it.slug, version=it.version), now=now)
    db.flush()
    return it


def pause(db: Session, *, campaign_id: UUID, now: datetime) -> Campaign:
    """Stop plays for a while; the period goes on."""
    it = _locked(db, campaign_id)
    _refuse_unless(it, "scheduled", "running")
    _go(db, it, "paused", now=now)
    return it


def resume(db: Session, *, campaign_id: UUID, now: datetime) -> Campaign:
    """Let plays go on after a pause."""
    it = _locked(db, campaign_id)
    _refuse_unless(it, "paused")
    assert it.starts_at is not None  # noqa: S101 - published campaigns have a period
    _go(db, it, "running" if it.starts_at <= now else "scheduled", now=now)
    return it


def end(db: Session, *, campaign_id: UUID, now: datetime) -> Campaign:
    """Close the campaign, on time or before: no play is decided from here on."""
    it = _locked(db, campaign_id)
    _refuse_unless(it, *ENDABLE)
    _go(db, it, "ended", now=now)
    return it


def mark_settled(db: Session, *, campaign_id: UUID, now: datetime) -> Campaign:
    """The last state: the seed is public from here on. ``campaigns.settle`` calls this when all is drawn."""
    it = _locked(db, campaign_id)
    _refuse_unless(it, "ended")
    it.revealed_at = now
    _go(db, it, "settled", now=now)
    return it


def start_due(db: Session, *, now: datetime, limit: int = 100) -> int:
    """Start and end what is due by the clock; how many changed. Whoever gets there second finds nothing to do."""
    changed = 0
    for campaign_id in _due(db, STARTS, now, limit):
        with apart(db, f"starting campaign {campaign_id}"):
            it = _locked(db, campaign_id)
            if it.state == "scheduled":
                _go(db, it, "running", now=now)
                changed += 1
    for campaign_id in _due(db, ENDS, now, limit):
        with apart(db, f"ending campaign {campaign_id}"):
            it = _locked(db, campaign_id)
            if it.state in ENDABLE:
                _go(db, it, "ended", now=now)
                changed += 1
    return changed


def _due(db: Session, condition: ColumnElement[bool], now: datetime, limit: int) -> Sequence[UUID]:
    query = select(Campaign.id).where(condition).order_by(Campaign.id).limit(limit)
    return db.scalars(query, {"now": now}).all()


def take_draw_lock(db: Session, campaign_id: UUID) -> None:
    """Wait for the batch in flight, and keep the next ones waiting until this transaction ends."""
    db.execute(text("select pg_advisory_xact_lock(hashtextextended(:id, 7001))"), {"id": str(campaign_id)})


def _locked(db: Session, campaign_id: UUID) -> Campaign:
    take_draw_lock(db, campaign_id)
    it = db.scalar(
        select(Campaign)
        .where(Campaign.id == campaign_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if it is None:
        raise NotFound("campaign_unknown", N_("There is no such campaign."))
    return it


def _refuse_unless(it: Campaign, *states: str) -> None:
    if it.state not in states:
        raise Refused(
            "campaign_state",
            N_("A campaign that is %(state)s does not allow this."),
            state=it.state,
            allowed=[*states],
        )


def _go(db: Session, it: Campaign, state: str, *, now: datetime) -> None:
    before, it.state = it.state, state
    it.revision += 1
    it.updated_at = now
    db.flush()
    tell(db, CampaignStateChanged(campaign_id=it.id, slug=it.slug, before=before, after=state), now=now)
