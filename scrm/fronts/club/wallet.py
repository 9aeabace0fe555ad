"""Coupons and vouchers: the list, and one of them held up at the till."""

from uuid import UUID

from flask import render_template, request

from center_core import marketing
from scrm.fronts.frames import GAP, kept
from scrm.fronts.identity import member_required
from scrm.fronts.web import db, now, only_reads

from .front import blueprint, my_id

PAST_SHOWN = 20


@blueprint.get("/wallet")
@member_required
@only_reads
def wallet() -> str:
    """What can be used now or soon, the first to expire first."""
    tickets = marketing.tickets(db(), member_id=my_id(), now=now())
    page = _page(empty=not tickets)
    return page.replace(GAP, render_template("club/_tickets.html", held=tickets)) if tickets else page


@kept
def _page(*, empty: bool) -> str:
    return render_template("club/wallet.html", tickets="" if empty else GAP, past=False)


@blueprint.get("/wallet/past")
@member_required
def past_coupons() -> str:
    """What was used or ran out, the newest first."""
    page = marketing.past(
        db(), member_id=my_id(), now=now(), after=request.args.get("after"), limit=PAST_SHOWN
    )
    return render_template("club/wallet.html", held=page.rows, after=page.after, past=True)


@blueprint.get("/wallet/<uuid:coupon_id>")
@member_required
def coupon(coupon_id: UUID) -> str:
    held = marketing.coupon(db(), member_id=my_id(), coupon_id=coupon_id, now=now())
    return render_template("club/coupon.html", held=held)
