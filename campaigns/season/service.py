"""Seasons: made by a marketer, running by the clock, frozen at their end."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import insert, select

from center_core.kit import N_, NotFound, Refused, Session, apart, uuid7

from ..models import Campaign
from .counting import count_all
from .models import Season, SeasonCampaign

LAST_ROUNDS = timedelta(minutes=1)
"""A round that was handed in before the end may be committed a moment after it; the last count waits for those."""


def create(
    db: Session,
    *,
    slug: str,
    title: dict[str, str],
    campaign_ids: Collection[UUID],
    starts_at: datetime,
    ends_at: datetime,
    counted: int,
    staff_id: UUID | None,
    now: datetime,
    zone: str = "Asia/Shanghai",
) -> Season:
    """A new season; rounds that were played since ``starts_at`` count from the beginning.

    Refuses ``season_slug_taken``, ``season_period_wrong`` and ``season_campaign_unfit``, the latter for a campaign that
    is not published or has no game of skill.
    """
    if db.scalar(select(Season.id).where(Season.slug == slug)) is not None:
        raise Refused("season_slug_taken", N_("There is a season at this address already."))
    if not starts_at < ends_at or ends_at <= now:
        raise Refused("season_period_wrong", N_("A season ends after it starts, and in the future."))
    fit = set(db.scalars(select(Campaign.id).where(Campaign.id.in_(campaign_ids), *_FIT)))
    if not campaign_ids or fit != set(campaign_ids):
        raise Refused(
            "season_campaign_unfit",
            N_("Only published campaigns with a game of skill can be part of a season."),
        )
    it = Season(
        id=uuid7(),
        slug=slug,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        zone=zone,
        counted=counted,
        frozen_at=None,
        created_by=staff_id,
        created_at=now,
    )
    db.add(it)
    db.flush()
    db.execute(insert(SeasonCampaign), [{"season_id": it.id, "campaign_id": id} for id in sorted(fit)])
    count_all(db, it, now=now)
    return it


def season(db: Session, season_id: UUID) -> Season:
    """That season, or ``season_unknown``."""
    found = db.get(Season, season_id)
    if found is None:
        raise UNKNOWN
    return found


def by_slug(db: Session, slug: str) -> Season:
    """The same by its address."""
    found = db.scalar(select(Season).where(Season.slug == slug))
    if found is None:
        raise UNKNOWN
    return found


def seasons(db: Session) -> list[Season]:
    """All of them, the latest first; there are a few in a year."""
    return list(db.scalars(select(Season).order_by(Season.starts_at.desc(), Season.id.desc())))


def current(db: Session, *, now: datetime, campaign_id: UUID | None = None) -> Season | None:
    """The season that runs now, the one that ends soonest first; with a campaign, the one that it counts in."""
    found = select(Season).where(Season.starts_at <= now, Season.ends_at > now, Season.frozen_at.is_(None))
    if campaign_id is not None:
        counting = select(SeasonCampaign.season_id).where(SeasonCampaign.campaign_id == campaign_id)
        found = found.where(Season.id.in_(counting))
    return db.scalar(found.order_by(Season.ends_at, Season.id).limit(1))


def fit_campaigns(db: Session) -> list[Campaign]:
    """The campaigns that a season may be made of, the latest first."""
    return list(db.scalars(select(Campaign).where(*_FIT).order_by(Campaign.starts_at.desc())))


def end(db: Session, *, season_id: UUID, now: datetime) -> Season:
    """End the season before its time; refuses ``season_over``. Its table is frozen as for any other, a minute later."""
    it = db.scalar(select(Season).where(Season.id == season_id).with_for_update())
    if it is None:
        raise UNKNOWN
    if it.ends_at <= now:
        raise Refused("season_over", N_("This season is over."))
    it.ends_at = max(now, it.starts_at + timedelta(seconds=1))
    db.flush()
    return it


def freeze_next(db: Session, *, now: datetime) -> int:
    """Count the next season that is over for the last time and freeze it; 0 if none is due that can be."""
    due = select(Season.id).where(Season.frozen_at.is_(None), Season.ends_at <= now - LAST_ROUNDS)
    for season_id in db.scalars(due.order_by(Season.ends_at)).all():
        with apart(db, f"freezing season {season_id}"):
            it = db.scalar(
                select(Season)
                .where(Season.id == season_id, Season.frozen_at.is_(None))
                .with_for_update(skip_locked=True)
                .execution_options(populate_existing=True)
            )
            if it is not None:
                count_all(db, it, now=now)
                it.frozen_at = now
                db.flush()
                return 1
    return 0


UNKNOWN = NotFound("season_unknown", N_("There is no such season."))
_FIT = (Campaign.version > 0, Campaign.draft["challenge"].astext.is_not(None))
