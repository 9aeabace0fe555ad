"""Live duels: where two meet, the invitation that brings a friend, and the room in which they play."""

from typing import Any, NamedTuple
from uuid import UUID

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import campaigns
import games
from campaigns import Live, duel
from center_core import member
from center_core.kit import N_, NotFound, Refused
from scrm.engine import engine
from scrm.fronts.identity import current_member, member_required, socket_token, tokens
from scrm.fronts.limits import caller_member, limiter
from scrm.fronts.web import db, now

from .front import blueprint, my_id
from .names import shown_name
from .play import page_of
from .watch import actions_of

INVITATION_SECONDS = 86400


class Room(NamedTuple):
    """What the room's page says before its script has come."""

    invitation: str | None
    rematch_address: str


@blueprint.get("/c/<slug>/duel")
@member_required
def meet(slug: str) -> str:
    """Invite a friend, or meet whoever waits just now."""
    live, game = _played(slug)
    return render_template(
        "club/duel.html", slug=slug, definition=live.definition, game=game, phase=live.phase(now())
    )


@blueprint.post("/c/<slug>/duel")
@member_required
@limiter.limit("20/minute", key_func=caller_member)
def begin(slug: str) -> ResponseReturnValue:
    """Open a duel for a friend, or sit down with a stranger."""
    live, _game = _played(slug)
    meeting = duel.match if request.form.get("with") == "anybody" else duel.invite
    opened = meeting(db(), live, member_id=my_id(), now=now())
    return redirect(url_for("club.duel_room", slug=slug, duel_id=opened.id))


@blueprint.get("/c/<slug>/duel/<token>")
def duel_invitation(slug: str, token: str) -> ResponseReturnValue:
    """Where the link of an invitation lands: who invites, and the way in."""
    live, game = _played(slug)
    duel_id = _invited_to(token)
    host_id, is_there = duel.host(db(), duel_id=duel_id, member_id=current_member())
    if is_there:
        return redirect(url_for("club.duel_room", slug=slug, duel_id=duel_id))
    host = shown_name(member.names_of(db(), [host_id]).get(host_id, ""))
    return render_template(
        "club/duel_invitation.html",
        slug=slug,
        definition=live.definition,
        game=game,
        host=host,
        token=token,
        phase=live.phase(now()),
    )


@blueprint.post("/c/<slug>/duel/<token>")
@member_required
@limiter.limit("20/minute", key_func=caller_member)
def accept_duel(slug: str, token: str) -> ResponseReturnValue:
    """Take the second seat."""
    live, _game = _played(slug)
    duel_id = _invited_to(token)
    duel.accept(db(), live, duel_id=duel_id, member_id=my_id(), now=now())
    return redirect(url_for("club.duel_room", slug=slug, duel_id=duel_id))


@blueprint.get("/c/<slug>/duels/<uuid:duel_id>")
@member_required
def duel_room(slug: str, duel_id: UUID) -> str:
    """The room of two: the game's own page, with the other one in it."""
    live, game = _played(slug)
    seen = duel.look(db(), duel_id=duel_id, member_id=my_id(), now=now())
    if seen.campaign_id != live.id or seen.game != game.slug:
        abort(404)
    chances = campaigns.chances(db(), live, member_id=my_id(), now=now())
    address = url_for("club.duel_invitation", slug=slug, token=_invitation(duel_id), _external=False)
    public = f"{current_app.extensions['config'].public_url}{address}"
    return page_of(
        live,
        game,
        campaigns.config_of(db(), live, seen.version),
        chances,
        room=Room(
            invitation=None if seen.is_open or seen.theirs else public,
            rematch_address=url_for("club.duel_rematch", slug=slug, duel_id=duel_id),
        ),
        duel=_for_script(game, duel_id),
    )


@blueprint.post("/c/<slug>/duels/<uuid:duel_id>/rematch")
@member_required
@limiter.limit("20/minute", key_func=caller_member)
def duel_rematch(slug: str, duel_id: UUID) -> ResponseReturnValue:
    """Once more, the same two."""
    live, _game = _played(slug)
    again = duel.rematch(db(), live, duel_id=duel_id, member_id=my_id(), now=now())
    return redirect(url_for("club.duel_room", slug=slug, duel_id=again.id))


def _for_script(game: games.Game, duel_id: UUID) -> dict[str, Any]:
    return {
        "id": str(duel_id),
        "url": current_app.extensions["config"].realtime_url,
        "token": socket_token("member", my_id()),
        "tokenAddress": url_for("club.chat_token"),
        "actions": actions_of(game),
        "labels": {
            "alone": _("Waiting for your friend …"),
            "searching": _("Looking for somebody who wants to play …"),
            "both": _("{} is here."),
            "ready": _("Waiting until {} is ready …"),
            "gone": _("{} has left. Start another duel."),
            "closed": _("This duel is over. Start one of your own."),
            "offline": _("No connection. Trying again …"),
            "pending": _("{} is still playing …"),
            "won": _("You won the duel"),
            "lost": _("{} won the duel"),
            "drawn": _("A draw"),
            "void": _("Nobody finished this duel"),
            "rematch": _("{} wants a rematch!"),
            "mine": {
                "absent": _("You were not ready in time. Start another duel."),
                "left": _("You gave up"),
                "late": _("Your round did not arrive in time"),
                "uncounted": _("Your round does not count"),
            },
            "theirs": {
                "absent": _("{} was not ready in time. Start another duel."),
                "left": _("{} gave up"),
                "late": _("{} did not finish in time"),
                "uncounted": _("{}'s round does not count"),
            },
            "refused": _("This duel is between two others. Start one of your own."),
        },
    }


def _played(slug: str) -> tuple[Live, games.Game]:
    """The campaign and its game, where it has one that two can play."""
    live = engine().live(slug)
    challenge = live.definition.challenge
    game = games.game(challenge.game.slug) if challenge else None
    if game is None or game.actions is None:
        raise Refused("duel_impossible", N_("This game cannot be played as a duel."))
    return live, game


def _invitation(duel_id: UUID) -> str:
    return tokens().make("duel", duel_id.bytes)


def _invited_to(token: str) -> UUID:
    payload = tokens().read("duel", token, INVITATION_SECONDS)
    if payload is None or len(payload) != 16:
        raise NotFound(
            "link_unknown", N_("This link is incomplete or too old. Ask your friend for a new one.")
        )
    return UUID(bytes=payload)
