"""Coupons and vouchers: the list, and one of them held up at the till."""

from collections import Counter
from uuid import UUID

from flask import render_template, request

from center_core import marketing
from scrm.fronts.identity import member_required
from scrm.fronts.web import db, now

from .front import blueprint, myself

SHOWN = ("issued", "redeemed", "expired")


@blueprint.get("/wallet")
@member_required
def wallet() -> str:
    held = marketing.wallet(db(), member_id=myself().member_id, now=now())
    show = request.args.get("show", "issued")
    show = show if show in SHOWN else "issued"
    return render_template(
        "club/wallet.html",
        held=[one for one in held if one.state == show],
        counts=Counter(one.state for one in held),
        show=show,
    )


@blueprint.get("/wallet/<uuid:coupon_id>")
@member_required
def coupon(coupon_id: UUID) -> str:
    held = marketing.held(db(), member_id=myself().member_id, coupon_id=coupon_id, now=now())
    return render_template("club/coupon.html", held=held)
