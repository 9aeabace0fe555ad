"""The live report of a campaign: it refreshes itself, and can be taken away as a table."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import campaigns
from center_core import channel
from scrm.fronts.i18n import local_text
from scrm.fronts.sources import CHALLENGE_LINKS
from scrm.fronts.web import db, now

from .front import blueprint, for_brand, note
from .plots import funnel, prize_bars, traffic_lines
from .spreadsheet import Cell, download
from .typed import HOME_ZONE, plain
from .words import CAMPAIGN_STATES, PRIZE_KINDS


@blueprint.get("/campaigns/<uuid:campaign_id>/report")
@for_brand("campaign.view")
def report(campaign_id: UUID) -> ResponseReturnValue:
    """The whole page."""
    return render_template("console/report.html", **_shown(campaign_id))


@blueprint.get("/campaigns/<uuid:campaign_id>/figures")
@for_brand("campaign.view")
def report_figures(campaign_id: UUID) -> ResponseReturnValue:
    """The part that the page fetches again while the campaign runs."""
    return render_template("console/report_figures.html", **_shown(campaign_id))


@blueprint.get("/campaigns/<uuid:campaign_id>/report.csv")
@for_brand("report.export")
def report_csv(campaign_id: UUID) -> ResponseReturnValue:
    """The figures, the prizes and the hours below each other, as one table."""
    campaign = campaigns.campaign(db(), campaign_id)
    figures = campaigns.report(db(), campaign_id, now())
    zone = campaign.zone or HOME_ZONE
    rows = [*_totals(figures), [], *_prizes(figures), [], *_hours(figures, zone)]
    note("campaign.export", f"campaign:{campaign_id}", what="report")
    return download(f"{campaign.slug}-report.csv", [_("Figure"), _("Value")], rows)


def _totals(figures: campaigns.Report) -> Iterator[list[Cell]]:
    yield [_("Visits"), figures.visits]
    yield [_("Joins"), figures.joins]
    yield [_("Plays"), figures.plays]
    yield [_("Wins"), figures.wins]
    yield [_("Coupons issued"), figures.coupons_issued]
    yield [_("Coupons redeemed"), figures.coupons_redeemed]
    yield [_("Discount given (yuan)"), plain(figures.discount_fen, 2)]
    yield [_("Sales attributed (yuan)"), plain(figures.attributed_fen, 2)]
    yield [_("Challenge links: friends who came"), figures.links.friends]
    yield [_("Challenge links: joined the club"), figures.links.joined]
    yield [_("Challenge links: races"), figures.links.races]
    yield [_("Challenge links: challengers beaten"), figures.links.beaten]


def _prizes(figures: campaigns.Report) -> Iterator[list[Cell]]:
    yield [_("Prize"), _("Kind"), _("Stock"), _("Won"), _("Left"), _("Worth of what was won (yuan)")]
    for prize in figures.prizes:
        name, kind, worth = local_text(prize.name), _(PRIZE_KINDS[prize.kind]), plain(prize.cost_fen, 2)
        yield [name, kind, prize.stock, prize.won, prize.left_over, worth]


def _hours(figures: campaigns.Report, zone: str) -> Iterator[list[Cell]]:
    yield [_("Hour (%(zone)s)", zone=zone), _("Visits"), _("Joins"), _("Plays"), _("Wins")]
    for hour in figures.hours:
        at = hour.hour.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
        yield [at, hour.visits, hour.joins, hour.plays, hour.wins]


def _shown(campaign_id: UUID) -> dict[str, Any]:
    campaign = campaigns.campaign(db(), campaign_id)
    figures = campaigns.report(db(), campaign_id, now())
    labels = {code.code: code.label for code in channel.codes(db(), campaign_slug=campaign.slug)}
    labels[CHALLENGE_LINKS] = _("Challenge links")
    return {
        "campaign": campaign,
        "draft": campaign.draft,
        "figures": figures,
        "sources": [(labels.get(code, code) or _("Bare link"), visits) for code, visits in figures.sources],
        "traffic": traffic_lines(figures.hours, campaign.zone or HOME_ZONE),
        "prizes": prize_bars(figures.prizes),
        "funnel": funnel(figures),
        "states": CAMPAIGN_STATES,
        "kinds": PRIZE_KINDS,
    }
