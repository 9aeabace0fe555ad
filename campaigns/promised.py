"""Coupons that published campaigns promise: whoever may still win one was told what it is worth."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from center_core import marketing
from center_core.kit import N_, Refused, Session

from .lifecycle import take_draw_lock
from .models import Campaign, CampaignVersion

_IS_PUBLISHED = (CampaignVersion.campaign_id == Campaign.id) & (CampaignVersion.version == Campaign.version)
_MAY_BE_WON = Campaign.state != "settled"


def change_template(
    db: Session, *, template_id: UUID, version: int, offer: marketing.Offer, now: datetime
) -> marketing.CouponTemplate:
    """Replace a coupon's terms; while an unsettled campaign promises it, to the consumer's advantage only.

    Refuses as ``marketing.update_template`` does. Takes the draw locks of those campaigns and then the template, as
    publication does, and raises their revisions: no play is decided by the terms that were.
    """
    promising = _promising(db, template_id)
    for campaign_id in promising:
        take_draw_lock(db, campaign_id)
    changed = marketing.update_template(
        db, template_id=template_id, version=version, offer=offer, promised=bool(promising)
    )
    # A publication holds the coupons that it promises: from here on there can be no other.
    if _promising(db, template_id) != promising:
        raise Refused("template_changed", N_("Somebody else has just changed this coupon. Reload it first."))
    db.execute(
        update(Campaign)
        .where(Campaign.id.in_(promising))
        .values(revision=Campaign.revision + 1, updated_at=now)
        .execution_options(synchronize_session=False)
    )
    return changed


def promised(db: Session) -> set[UUID]:
    """The coupons that consumers may still win in published campaigns."""
    prizes = db.scalars(
        select(CampaignVersion.definition["prizes"]).join(Campaign, _IS_PUBLISHED).where(_MAY_BE_WON)
    )
    return {UUID(prize["template_id"]) for each in prizes for prize in each if prize.get("template_id")}


def _promising(db: Session, template_id: UUID) -> Sequence[UUID]:
    """The campaigns whose consumers may still win the coupon, in the order in which they are locked.

    What is published now is enough to know: a prize that was published is never removed nor becomes another one.
    """
    return db.scalars(
        select(Campaign.id)
        .join(CampaignVersion, _IS_PUBLISHED)
        .where(
            _MAY_BE_WON,
            CampaignVersion.definition.contains({"prizes": [{"template_id": str(template_id)}]}),
        )
        .order_by(Campaign.id)
    ).all()
