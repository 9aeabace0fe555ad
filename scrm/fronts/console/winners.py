"""The winners of a limited prize, unit by unit: who won number 417, and when."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import campaigns
from center_core import member
from center_core.kit import N_, NotFound
from scrm.fronts.i18n import when
from scrm.fronts.web import db

from .front import blueprint, for_brand, note
from .spreadsheet import download
from .typed import HOME_ZONE
from .words import CAMPAIGN_STATES

SHOWN = 100
EXPORTED_AT_A_TIME = 5000


@blueprint.get("/campaigns/<uuid:campaign_id>/winners")
@for_brand("campaign.view")
def winners(campaign_id: UUID) -> ResponseReturnValue:
    """One prize at a time; ``?unit=417`` begins at that number."""
    campaign = campaigns.campaign(db(), campaign_id)
    definition = campaigns.published_definition(db(), campaign)
    limited = [prize for prize in definition.prizes if prize.stock is not None] if definition else []
    prize = next((p for p in limited if p.no == request.args.get("prize", type=int)), None)
    prize = prize or next(iter(limited), None)
    unit = request.args.get("unit", type=int)
    after = str(max(unit - 1, 0)) if unit else request.args.get("after")
    page, people = None, {}
    if prize:
        page = campaigns.winners(db(), campaign_id, prize_no=prize.no, after=after, limit=SHOWN)
        people = member.members(db(), [row.member_id for row in page.rows if row.member_id])
    return render_template(
        "console/winners.html",
        campaign=campaign,
        draft=campaign.draft,
        limited=limited,
        prize=prize,
        page=page,
        people=people,
        receipt_code=campaigns.receipt_code,
        states=CAMPAIGN_STATES,
    )


@blueprint.get("/campaigns/<uuid:campaign_id>/winners.csv")
@for_brand("report.export")
def winners_csv(campaign_id: UUID) -> ResponseReturnValue:
    """All winners of one prize. Names and phone numbers are personal, so each export is in the audit log."""
    campaign = campaigns.campaign(db(), campaign_id)
    definition = campaigns.published_definition(db(), campaign)
    number = request.args.get("prize", type=int)
    if definition is None or number not in {prize.no for prize in definition.prizes}:
        raise NotFound("prize_unknown", N_("There is no such prize."))
    zone = campaign.zone or HOME_ZONE
    rows: list[list[str | int | None]] = []
    after: str | None = None
    while True:
        page = campaigns.winners(db(), campaign_id, prize_no=number, after=after, limit=EXPORTED_AT_A_TIME)
        people = member.members(db(), [row.member_id for row in page.rows if row.member_id])
        for row in page.rows:
            person = people.get(row.member_id) if row.member_id else None
            won_at = when(row.won_at, "yyyy-MM-dd HH:mm:ss", zone)
            rows.append(
                [row.unit_no, person.number if person else None, person.name if person else None, won_at]
            )
        if page.after is None:
            break
        after = page.after
    note("campaign.export", f"campaign:{campaign_id}", what="winners", prize=number, rows=len(rows))
    head = [_("Number"), _("Card number"), _("Full name"), _("Won at (%(zone)s)", zone=zone)]
    return download(f"{campaign.slug}-winners-{number}.csv", head, rows)
