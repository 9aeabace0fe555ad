"""The brand's front page: what is on, what is mine, what hangs in the shops this winter."""

from flask import Response, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

import games
from campaigns import Live
from center_core import marketing, member
from scrm.engine import engine
from scrm.fronts.frames import kept
from scrm.fronts.identity import MEMBER_COOKIE
from scrm.fronts.identity import sign_out as forget
from scrm.fronts.web import db, now, only_reads

from .front import blueprint, visitor
from .shelf import Hanger, this_winter

COUPONS_SHOWN = 2
# So many campaigns have a card of their own; of more only the newest has, and the rest share a hall.
CARDS = 3


@blueprint.get("/")
@only_reads
def home() -> str:
    who = visitor()
    mine = {}
    if who is not None:
        mine = {
            "points": member.balance(db(), who.member_id).available,
            "tier": member.tier(db(), who.tier) if who.tier else None,
            "held": marketing.tickets(db(), member_id=who.member_id, now=now(), limit=COUPONS_SHOWN),
        }
    running, styles = engine().running(now()), this_winter()
    cards = len(running) if len(running) <= CARDS else 1
    return render_template(
        "club/home.html",
        member=who,
        on_now=_on_now(tuple(running[:cards]), tuple(running[cards:])),
        shelf=_shelf(styles) if styles else "",
        **mine,
    )


@kept
def _on_now(campaigns: tuple[Live, ...], hall: tuple[Live, ...]) -> Markup:
    made = render_template("club/home/on_now.html", campaigns=campaigns, hall=hall, game=games.game)
    return Markup(made)  # noqa: S704 - by our own template, which escapes


@kept
def _shelf(styles: tuple[Hanger, ...]) -> Markup:
    return Markup(render_template("club/home/shelf.html", styles=styles))  # noqa: S704 - the same


@blueprint.post("/sign-out")
def sign_out() -> BaseResponse:
    response: Response | BaseResponse = redirect(url_for("club.home"))
    return forget(response, MEMBER_COOKIE)
