"""The leaderboards of a campaign's game of skill: of everybody, of today, of one's store, team and friends."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from flask import abort, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup

import campaigns
import games
from campaigns import Board, Home, Live, Look, Place
from center_core import channel, member, user
from center_core.kit import N_, local_day
from scrm.engine import engine
from scrm.fronts.frames import GAP, kept
from scrm.fronts.i18n import local_text
from scrm.fronts.identity import current_member
from scrm.fronts.web import db, now, only_reads

from .front import blueprint
from .names import shown_name
from .play import score_text

TABS = {
    "campaign": N_("All"),
    "day": N_("Today"),
    "store": N_("Store"),
    "team": N_("Team"),
    "friends": N_("Friends"),
}
SPREAD = 2


@blueprint.get("/c/<slug>/leaderboard")
@only_reads
def leaderboard(slug: str) -> str:
    """One board, chosen by ``?of=``; whoever asks for a board that they have no part in sees the whole campaign."""
    live = engine().live(slug)
    challenge = live.definition.challenge
    if challenge is None or not live.definition.leaderboard.shown:
        abort(404)
    member_id = current_member()
    home = campaigns.home_of(db(), live, member_id) if member_id else None
    boards = _boards(live, home)
    kind = request.args.get("of", "")
    kind = kind if kind in boards or (kind == "friends" and member_id) else "campaign"
    if kind == "friends" and member_id:
        look = _friends(live, member_id)
        board = boards["campaign"]
    else:
        board = boards[kind]
        look = engine().board.look(
            db(), board, member_id, count=live.definition.leaderboard.top, spread=SPREAD
        )
    scoring = games.game(challenge.game.slug).scoring
    unit = scoring.unit if scoring else "points"
    rows = _rows(board, unit, [*look.top, *_beyond(look)])
    top, near = rows[: len(look.top)], rows[len(look.top) :]
    counted_in = engine().season(live, now())
    own = render_template(
        "club/board/board.html",
        slug=slug,
        definition=live.definition,
        unit=unit,
        kind=kind,
        choice=_choice(
            slug,
            tuple(name for name in TABS if name in boards or (name == "friends" and member_id)),
            kind,
            (counted_in.slug, local_text(counted_in.title)) if counted_in else None,
        ),
        whose=_whose(board, home) if kind in ("store", "team") else "",
        me=look.own,
        my_code=next((row.code for row in rows if row.mine), None),
        size=look.size,
        top=_first(slug, top) if top else "",
        near=_list(slug, near, near=True) if near else "",
    )
    return _page(live).replace(GAP, own)


class Row(NamedTuple):
    """One line of a list: ``portrait`` draws its picture, ``code`` lets one watch the round where it can be watched."""

    rank: int
    name: str
    portrait: str
    score: str
    code: str | None
    mine: bool


def _rows(board: Board, unit: str, places: Sequence[Place]) -> tuple[Row, ...]:
    ids = [place.member_id for place in places]
    names, codes = member.names_of(db(), ids), campaigns.codes_of(db(), board, ids)
    rows = []
    for place in places:
        it, mine = place.member_id, place.member_id == current_member()
        name = names.get(it, "")
        shown = name if mine else shown_name(name)
        rows.append(Row(place.rank, shown, str(it), score_text(place.score, unit), codes.get(it), mine))
    return tuple(rows)


@kept
def _page(live: Live) -> str:
    return render_template("club/leaderboard.html", slug=live.slug, definition=live.definition, own=GAP)


@kept
def _choice(slug: str, tabs: tuple[str, ...], kind: str, counted_in: tuple[str, str] | None) -> Markup:
    """The boards that one may choose from, and the season: slug and title."""
    texts = [(name, _(TABS[name])) for name in tabs]
    made = render_template("club/board/choice.html", slug=slug, tabs=texts, kind=kind, season=counted_in)
    return Markup(made)  # noqa: S704 - by our own template, which escapes


@kept
def _first(slug: str, rows: tuple[Row, ...]) -> Markup:
    """The first places are the same for nearly everybody; neighbours are each reader's own, and not worth keeping."""
    return _list(slug, rows)


def _list(slug: str, rows: tuple[Row, ...], *, near: bool = False) -> Markup:
    made = render_template("club/board/list.html", slug=slug, rows=rows, near=near, shown_name=shown_name)
    return Markup(made)  # noqa: S704 - the same


def _boards(live: Live, home: Home | None) -> dict[str, Board]:
    """The boards that this reader may choose from, but for their friends'."""
    boards = {
        "campaign": campaigns.board_of(live),
        "day": campaigns.board_of(live, "day", local_day(now(), live.zone)),
    }
    if home and home.store_id:
        boards["store"] = campaigns.board_of(live, "store", home.store_id)
    if home and home.staff_id:
        boards["team"] = campaigns.board_of(live, "team", home.staff_id)
    return boards


def _friends(live: Live, member_id: UUID) -> Look:
    places = campaigns.friends_board(db(), live, member_id)
    own = next((place for place in places if place.member_id == member_id), None)
    return Look(places, own, [], len(places))


def _beyond(look: Look) -> Sequence[campaigns.Place]:
    """The reader's neighbours, where the reader is not among the first anyway."""
    return look.near if look.own is not None and look.own.rank > len(look.top) else ()


def _whose(board: Board, home: Home | None) -> str:
    """The store's name, or the guide's."""
    if board.kind == "store" and home and home.store_id:
        return local_text(channel.store(db(), home.store_id).name)
    if home and home.staff_id:
        return str(_("Members of %(guide)s", guide=local_text(user.staff(db(), home.staff_id).name)))
    return ""
