"""The brand's front page: what is on, what is mine, what hangs in the shops this winter."""

from flask import Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

import games
from center_core import marketing, member
from scrm.engine import engine
from scrm.fronts.identity import MEMBER_COOKIE
from scrm.fronts.identity import sign_out as forget
from scrm.fronts.web import db, now, only_reads

from .front import blueprint, visitor
from .shelf import this_winter

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
    running = engine().running(now())
    cards = len(running) if len(running) <= CARDS else 1
    return render_template(
        "club/home.html",
        member=who,
        campaigns=running[:cards],
        hall=running[cards:],
        game=games.game,
        styles=this_winter(),
        **mine,
    )


@blueprint.post("/sign-out")
def sign_out() -> BaseResponse:
    response: Response | BaseResponse = redirect(url_for("club.home"))
    return forget(response, MEMBER_COOKIE)
