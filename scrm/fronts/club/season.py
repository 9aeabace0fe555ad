"""A season as members see it: the table of stores, and what their own would need."""

from typing import NamedTuple
from uuid import UUID

from flask import render_template

from campaigns import Live, season
from center_core import channel, member
from scrm.engine import engine
from scrm.fronts.seasons import shown
from scrm.fronts.web import db, now

from .front import blueprint, visitor


class Game(NamedTuple):
    """A campaign that counts and can be played; ``store`` is whom a round is for, where that is not one's own."""

    live: Live
    store: channel.Store | None


@blueprint.get("/seasons/<slug>", endpoint="season")
def season_page(slug: str) -> str:
    """A member's own store is that of the campaign they began last; before the first, the one they belong to."""
    it = season.by_slug(db(), slug)
    who = visitor()
    stores = season.stores_of(db(), it, who.member_id) if who else {}
    next_store = _store_of(who) if who else None
    own = _store(next(reversed(stores.values()), next_store))
    counting = set(season.campaigns_of(db(), it.id))
    running = [live for live in engine().running(now()) if live.id in counting]
    return render_template(
        "club/season.html",
        **shown(it, own, now()),
        mine=season.points_of(db(), it, set(stores.values()), who.member_id) if who else 0,
        games=[_game(live, stores.get(live.id, next_store), own) for live in running],
    )


def _game(live: Live, store_id: UUID | None, own: channel.Store | None) -> Game:
    return Game(live, None if own and own.id == store_id else _store(store_id))


def _store_of(who: member.Member) -> UUID | None:
    """The store that the member would play for if this were their first round."""
    binding = member.guide_of(db(), who.member_id)
    return binding.store_id if binding else who.join_store_id


def _store(store_id: UUID | None) -> channel.Store | None:
    return channel.store(db(), store_id) if store_id else None
