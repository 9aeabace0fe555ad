"""What was sold to one's members: today, this week, this month, and day by day."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from flask import render_template

from campaigns import season
from center_core import settlement
from center_core.kit import local_day
from center_core.settlement import Results
from scrm.fronts.web import db, now

from .front import blueprint, for_guides, midnight, shop
from .whose import leads, team, whose

DAYS_SHOWN = 14
NOTHING = Results(0, 0, 0)


class Day(NamedTuple):
    """One bar of the plot."""

    day: date
    results: Results


@blueprint.get("/results")
@for_guides("report.view")
def results() -> str:
    choice = whose()
    today = local_day(now(), shop().zone)
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    days = [today - timedelta(days=n) for n in reversed(range(DAYS_SHOWN))]
    tomorrow = midnight(today + timedelta(days=1))
    since = min(days[0], monday, first)
    by_day = settlement.results_by_day(
        db(), since=midnight(since), until=tomorrow, zone=shop().zone, **choice.scope
    )
    by_guide = {}
    if leads() and choice.staff is None:
        by_guide = settlement.results_by_staff(
            db(), store_id=shop().id, since=midnight(first), until=tomorrow
        )
    return render_template(
        "guide/results.html",
        spans=(_from(today, by_day), _from(monday, by_day), _from(first, by_day)),
        days=[Day(day, by_day.get(day, NOTHING)) for day in days],
        by_guide=sorted(
            ((guide, by_guide.get(guide.id, NOTHING)) for guide in team()), key=lambda row: -row[1].net_fen
        ),
        choice=choice,
        team=team(),
        season=season.current(db(), now=now()),
    )


def _from(first: date, by_day: Mapping[date, Results]) -> Results:
    """The sum from ``first`` until now."""
    counted = [results for day, results in by_day.items() if day >= first]
    return Results(
        sum(each.sales_fen for each in counted),
        sum(each.returns_fen for each in counted),
        sum(each.orders for each in counted),
    )
