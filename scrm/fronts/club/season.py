"""A season as members see it: the table of stores, and what their own would need."""

from flask import render_template

from campaigns import season
from center_core import channel, member
from scrm.engine import engine
from scrm.fronts.seasons import shown
from scrm.fronts.web import db, now

from .front import blueprint, visitor


@blueprint.get("/seasons/<slug>", endpoint="season")
def season_page(slug: str) -> str:
    it = season.by_slug(db(), slug)
    who = visitor()
    own = _store_of(who) if who else None
    counting = set(season.campaigns_of(db(), it.id))
    return render_template(
        "club/season.html",
        **shown(it, own, now()),
        mine=season.points_of(db(), it, own.id, who.member_id) if who and own else 0,
        games=[live for live in engine().running(now()) if live.id in counting],
    )


def _store_of(who: member.Member) -> channel.Store | None:
    """The store that the member would play for now."""
    binding = member.guide_of(db(), who.member_id)
    store_id = binding.store_id if binding else who.join_store_id
    return channel.store(db(), store_id) if store_id else None
