"""What the pages of a season share, whoever looks at them: the table around one's own store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from campaigns import season
from campaigns.season import Season, StorePlace
from center_core import channel
from scrm.fronts.web import db

SHOWN = 20
SPREAD = 2


def phase_of(it: Season, now: datetime) -> str:
    """``soon``, ``running`` or ``over``."""
    if now < it.starts_at:
        return "soon"
    return "over" if it.frozen_at or now >= it.ends_at else "running"


def shown(it: Season, own: channel.Store | None, now: datetime) -> dict[str, Any]:
    """The first stores, one's own with its neighbours where it is not among these, and what would move it."""
    places = season.table(db(), it, count=SHOWN)
    outlook = season.outlook(db(), it, own.id) if own else None
    near: Sequence[StorePlace] = ()
    if outlook and outlook.place and outlook.place.rank > len(places):
        first = max(outlook.place.rank - SPREAD, len(places) + 1)
        near = season.table(db(), it, first=first, count=2 * SPREAD + 1)
    return {
        "season": it,
        "phase": phase_of(it, now),
        "places": places,
        "near": near,
        "size": season.size(db(), it),
        "own": own,
        "outlook": outlook,
        "stores": _stores(place.store_id for place in (*places, *near)),
        "season_terms": season,
    }


def _stores(ids: Any) -> dict[UUID, channel.Store]:
    wanted = set(ids)
    return {store.id: store for store in channel.stores(db(), kind=None, closed=True) if store.id in wanted}
