"""Seasons: stores against stores over several campaigns, members and their guides scored together."""

from .counting import campaigns_of, check, count_round
from .models import Season
from .scoring import GUIDE_POINTS, ROUND_POINTS, TEAM, round_points
from .service import by_slug, create, current, end, fit_campaigns, freeze_next, season, seasons
from .table import Outlook, StorePlace, outlook, place_of, points_of, size, stores_of, table

__all__ = [
    "GUIDE_POINTS", "ROUND_POINTS", "TEAM", "Outlook", "Season", "StorePlace", "by_slug", "campaigns_of", "check",
    "count_round", "create", "current", "end", "fit_campaigns", "freeze_next", "outlook", "place_of", "points_of",
    "round_points", "season", "seasons", "size", "stores_of", "table",
]  # fmt: skip
