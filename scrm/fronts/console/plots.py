"""The plots of the console as options for ECharts: what is drawn, not how it is styled."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

import campaigns
from scrm.fronts.i18n import local_text

HOURS_BEFORE_DAYS = 24 * 7
"""Longer campaigns are plotted day by day, shorter ones hour by hour."""

Option = dict[str, Any]

PALE = "#cfd8e8"

GRID: Option = {"left": 8, "right": 16, "bottom": 8, "containLabel": True}


def traffic_lines(hours: Sequence[campaigns.Hour], zone: str) -> Option:
    """Visits, joins, plays and wins over time, in the campaign's own time."""
    points = _steps(hours, zone)
    series = (
        (_("Visits"), "visits"),
        (_("Joins"), "joins"),
        (_("Plays"), "plays"),
        (_("Wins"), "wins"),
    )
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"top": 0},
        "grid": {**GRID, "top": 36},
        "xAxis": {"type": "category", "data": [text for text, _counts in points], "boundaryGap": False},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": [
            {
                "name": name,
                "type": "line",
                "smooth": 0.2,
                "showSymbol": len(points) < 3,
                "areaStyle": {"opacity": 0.08},
                "data": [counts[field] for _text, counts in points],
            }
            for name, field in series
        ],
    }


def _steps(hours: Sequence[campaigns.Hour], zone: str) -> list[tuple[str, Counter[str]]]:
    """The counts by local hour or by local day; hours without any are there too, as nought."""
    if not hours:
        return []
    first, last = hours[0].hour, hours[-1].hour
    by_day = (last - first) / timedelta(hours=1) > HOURS_BEFORE_DAYS
    pattern = "%m-%d" if by_day else "%m-%d %H:00"
    counts: dict[str, Counter[str]] = {}
    at = first
    while at <= last:
        counts.setdefault(_local(at, zone, pattern), Counter())
        at += timedelta(hours=1)
    for hour in hours:
        counts[_local(hour.hour, zone, pattern)].update(
            visits=hour.visits, joins=hour.joins, plays=hour.plays, wins=hour.wins
        )
    return list(counts.items())


def _local(at: datetime, zone: str, pattern: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime(pattern)


def prize_bars(prizes: Sequence[campaigns.PrizeLine]) -> Option:
    """Won and left of each prize, the fallback prize left out: it would dwarf all others."""
    shown = [prize for prize in prizes if not prize.fallback]
    names = [local_text(prize.name) for prize in shown]
    return _bars(
        names,
        {
            _("Won"): [prize.won for prize in shown],
            _("Left"): [prize.left_over or 0 for prize in shown],
        },
    )


def funnel(report: campaigns.Report) -> Option:
    """From a visit to a sale: how many are left at each step."""
    steps = (
        (_("Visits"), report.visits),
        (_("Plays"), report.plays),
        (_("Coupons issued"), report.coupons_issued),
        (_("Coupons redeemed"), report.coupons_redeemed),
    )
    return _bars([name for name, _count in steps], {_("People"): [count for _name, count in steps]})


def run_out_bars(outcome: campaigns.Rehearsal, draft: Mapping[str, Any]) -> Option:
    """What became of each limited prize in a rehearsal."""
    names = {prize["no"]: local_text(prize["name"]) for prize in draft["prizes"]}
    shown = [prize for prize in outcome.prizes if prize.stock is not None]
    return _bars(
        [names[prize.no] for prize in shown],
        {
            _("Won in plays"): [prize.won for prize in shown],
            _("Drawn at the end"): [prize.drawn_at_end for prize in shown],
            _("Left over"): [prize.left_over or 0 for prize in shown],
        },
    )


def _bars(names: Sequence[str], stacks: Mapping[str, Sequence[int]]) -> Option:
    """Horizontal stacked bars: long names stay readable."""
    return {
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "legend": {"top": 0, "show": len(stacks) > 1},
        "grid": {**GRID, "top": 32 if len(stacks) > 1 else 8},
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": {"type": "category", "inverse": True, "data": list(names)},
        "series": [
            {
                "name": name,
                "type": "bar",
                "stack": "all",
                "barMaxWidth": 26,
                "data": list(counts),
                # What is left is ground, not figure.
                **({"itemStyle": {"color": PALE}} if len(stacks) > 1 and name == list(stacks)[-1] else {}),
            }
            for name, counts in stacks.items()
        ],
    }
