"""The guide's members, found by some of the name, its pinyin, or the end of the phone number."""

from flask import render_template, request

from center_core import member
from scrm.fronts.web import db

from .front import blueprint, for_guides, is_fragment, shop
from .whose import NOBODY, team, whose

SHOWN = 30
LONGEST_QUESTION = 40


@blueprint.get("/members")
@for_guides("member.view")
def members() -> str:
    """One's own members, a colleague's or nobody's for whoever runs the store, or the whole store's."""
    q = request.args.get("q", "").strip()[:LONGEST_QUESTION]
    choice = whose(store_open_to_all=True)
    after = request.args.get("after")
    if choice.of == NOBODY:
        page = member.without_guide(db(), q=q, store_ids=[shop().id], after=after, limit=SHOWN)
    else:
        page = member.search(
            db(),
            q=q,
            staff_id=choice.staff.id if choice.staff else None,
            store_ids=None if choice.staff else [shop().id],
            after=after,
            limit=SHOWN,
        )
    return render_template(
        "guide/_members.html" if is_fragment() else "guide/members.html",
        page=page,
        q=q,
        choice=choice,
        team=team(),
        tiers={tier.code: tier for tier in member.tiers(db())},
    )
