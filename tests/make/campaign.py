"""Campaigns for tests."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import campaigns
from center_core.kit import Session

from .moment import NOW

_serial = count(1)


def prize(no: int, kind: str = "none", **terms: Any) -> dict[str, Any]:
    """One line of a prize pool, as a draft has it."""
    usual = {"no": no, "name": {"en": f"Prize {no}", "zh": f"奖品{no}"}, "kind": kind}
    return {**usual, "value_fen": 0 if kind == "none" else 5_000, **terms}


def fallback(no: int = 9, **terms: Any) -> dict[str, Any]:
    """The prize of every play that wins no other."""
    return prize(no, fallback=True, **terms)


def draft(now: datetime = NOW, **parts: Any) -> dict[str, Any]:
    """A wheel that has run since yesterday, with 20 points for every second play; ``parts`` replace its own."""
    usual = campaigns.campaign_type(parts.get("type", "wheel")).template(now, "Asia/Shanghai")
    usual["period"] = {
        "starts_at": (now - timedelta(days=1)).isoformat(),
        "ends_at": (now + timedelta(days=13)).isoformat(),
        "zone": "Asia/Shanghai",
    }
    usual["prizes"] = [prize(1, "points", points=20, odds_ppm=500_000), fallback()]
    usual["limits"] = {"plays": None, "plays_per_day": None, "free": 0, "free_per_day": 100}
    return {**usual, **parts}


def challenge(**terms: Any) -> dict[str, Any]:
    """The parts that make a draft a sprint with a leaderboard; ``terms`` as for ``definition.Challenge``."""
    template = campaigns.campaign_type("challenge").template(NOW, "Asia/Shanghai")
    parts = {name: template[name] for name in ("type", "limits", "leaderboard")}
    return {**parts, "challenge": {**template["challenge"], **terms}}


def campaign(
    db: Session, *, now: datetime = NOW, slug: str | None = None, **parts: Any
) -> campaigns.Campaign:
    """A campaign that was never published; ``parts`` as for ``draft``."""
    return campaigns.create(
        db,
        slug=slug or f"campaign-{next(_serial)}",
        type=parts.get("type", "wheel"),
        staff_id=None,
        now=now,
        draft=draft(now, **parts),
    )


def live(db: Session, *, now: datetime = NOW, **parts: Any) -> campaigns.Live:
    """A published campaign, which is running unless its ``period`` says otherwise."""
    it = campaign(db, now=now, **parts)
    campaigns.publish(db, campaign_id=it.id, staff_id=None, now=now)
    return campaigns.read_live(db, it.id)


def edited(db: Session, campaign_id: UUID, changes: Mapping[str, Any], now: datetime = NOW) -> None:
    """Save ``changes`` to the draft."""
    it = campaigns.campaign(db, campaign_id)
    campaigns.save_draft(
        db,
        campaign_id=campaign_id,
        draft={**it.draft, **changes},
        revision=it.draft_revision,
        staff_id=None,
        now=now,
    )
    db.expire(it)
