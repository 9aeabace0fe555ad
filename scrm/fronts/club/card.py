"""The member's own pages: card with its rotating code, tier, points, guide."""

from flask import render_template, request

from center_core import channel, member, user
from scrm.fronts.identity import member_required
from scrm.fronts.web import db, now

from .front import blueprint, myself

POSTINGS_SHOWN = 20


@blueprint.get("/me")
@member_required
def me() -> str:
    who = myself()
    tiers = member.tiers(db())
    tier = next((step for step in tiers if step.code == who.tier), None)
    binding = member.guide_of(db(), who.member_id)
    store_id = binding.store_id if binding else who.join_store_id
    return render_template(
        "club/me.html",
        member=who,
        balance=member.balance(db(), who.member_id),
        tier=tier,
        next_tier=next((step for step in tiers if tier and step.rank > tier.rank), None),
        guide=user.staff(db(), binding.staff_id) if binding else None,
        store=channel.store(db(), store_id) if store_id else None,
        code=member.dynamic_code(who, now()),
    )


@blueprint.get("/me/code")
@member_required
def member_code() -> str:
    """The code of this half minute; the page asks for it before the last one runs out."""
    return render_template("club/_code.html", code=member.dynamic_code(myself(), now()))


@blueprint.get("/me/points")
@member_required
def points() -> str:
    who = myself()
    after = request.args.get("after")
    postings = member.postings(db(), member_id=who.member_id, after=after, limit=POSTINGS_SHOWN)
    if "HX-Request" in request.headers:
        return render_template("club/_postings.html", postings=postings)
    return render_template("club/points.html", balance=member.balance(db(), who.member_id), postings=postings)
