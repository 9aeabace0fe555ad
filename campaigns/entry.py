"""Who may take part: checked once for each member, and remembered by their participation."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select, text

from center_core import member
from center_core.kit import N_, NotFound, Refused, Session

from .live import Live
from .models import Campaign, CampaignVersion

JOIN = text("""
    with new as (
        insert into participation (member_id, campaign_id, joined_at) values (:member, :campaign, :at)
        on conflict (member_id, campaign_id) do nothing returning 1
    )
    insert into traffic as t (campaign_id, hour, joins)
    select :campaign, date_trunc('hour', cast(:at as timestamptz)), 1 from new
    on conflict (campaign_id, hour) do update set joins = t.joins + excluded.joins
""")


def enter(db: Session, live: Live, *, member_id: UUID, now: datetime) -> None:
    """Let the member take part, or refuse with ``entry_refused`` and the condition that does not hold."""
    live.check_open(now)
    refusal = _refusal(db, live, member_id)
    if refusal is not None:
        raise refusal
    db.execute(JOIN, {"member": member_id, "campaign": live.id, "at": now})


def why_not(db: Session, live: Live, member_id: UUID) -> Refused | None:
    """For pages: what ``enter`` would refuse a member with who has not taken part yet.

    A campaign that is open to everybody asks nothing, since who sees its pages as a member is one.
    """
    return None if live.definition.entry.everyone else _refusal(db, live, member_id)


def naming_tier(db: Session, code: str) -> Sequence[Campaign]:
    """The campaigns that admit members by this tier, as drafted or as published; those that are over do not count."""
    by_tier = {"entry": {"tiers": [code]}}
    published = CampaignVersion.definition.contains(by_tier)
    is_current = (CampaignVersion.campaign_id == Campaign.id) & (CampaignVersion.version == Campaign.version)
    return db.scalars(
        select(Campaign)
        .outerjoin(CampaignVersion, is_current)
        .where(Campaign.state.not_in(("ended", "settled")), or_(Campaign.draft.contains(by_tier), published))
        .order_by(Campaign.id)
    ).all()


WORDS = {
    "member": N_("This membership cannot take part in campaigns."),
    "new_members": N_("This campaign is for members who join while it runs."),
    "tiers": N_("This campaign is for members of another tier."),
    "store_ids": N_("This campaign is for members who joined in other stores."),
    "tags": N_("This campaign is for invited members."),
}


def _refusal(db: Session, live: Live, member_id: UUID) -> Refused | None:
    failed = _condition_that_fails(db, live, member_id)
    return Refused("entry_refused", WORDS[failed], condition=failed) if failed else None


def _condition_that_fails(db: Session, live: Live, member_id: UUID) -> str | None:
    entry = live.definition.entry
    try:
        who = member.member(db, member_id)
    except NotFound:
        return "member"
    if who.status != "active" or who.kind != "person":
        return "member"
    holds = {
        "new_members": not entry.new_members or who.joined_at >= live.definition.period.starts_at,
        "tiers": not entry.tiers or who.tier in entry.tiers,
        "store_ids": not entry.store_ids or who.join_store_id in entry.store_ids,
        "tags": not entry.tags or not set(entry.tags).isdisjoint(member.tags(db, member_id)),
    }
    return next((name for name, holding in holds.items() if not holding), None)
