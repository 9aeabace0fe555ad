"""Challenge links: "beat my 9.87 s". A member shows a round to friends, who land here and race its ghost."""

from typing import Any
from uuid import UUID

from flask import Response, current_app, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import campaigns
import games
from campaigns import Live, Recording
from center_core.kit import N_, Fault, NotFound
from scrm.engine import engine
from scrm.fronts.i18n import language, local_text
from scrm.fronts.identity import current_member, member_required, tokens
from scrm.fronts.limits import caller_member, limiter
from scrm.fronts.pictures import share_card
from scrm.fronts.sources import CHALLENGE_LINKS
from scrm.fronts.web import db, now

from .front import blueprint, my_id
from .names import shown_name

LINK_SECONDS = 180 * 86400
CARD_SECONDS = 3600


def token_of(code: str) -> str:
    """Signs that the round's own player sent the link: a code alone is public and attributes nobody."""
    return tokens().make("challenge", code.encode())


def challenger_of(token: str | None) -> str | None:
    """The code of the round that the link shows; none if nobody signed it."""
    code = tokens().read("challenge", token, LINK_SECONDS) if token else None
    return code.decode() if code else None


@blueprint.get("/c/<slug>/rounds/<code>/challenge")
@member_required
def my_link(slug: str, code: str) -> ResponseReturnValue:
    """The member's own link to one of their rounds, its card, and what came of their links so far."""
    live = engine().live(slug)
    shown = campaigns.recording(db(), live, code=code)
    if shown.member_id != my_id():
        return redirect(url_for("club.watch", slug=slug, code=code))
    token = token_of(code)
    return render_template(
        "club/my_link.html",
        slug=slug,
        definition=live.definition,
        recording=shown,
        scoring=games.game(shown.game).scoring,
        token=token,
        address=_address(slug, token),
        taken=campaigns.taken_up(db(), live, member_id=shown.member_id),
    )


@blueprint.get("/c/<slug>/beat/<token>")
def beat(slug: str, token: str) -> str:
    """Where a link lands: the challenge, and the way into the race."""
    live, shown = _landing(slug, token)
    engine().visits.count(live.id, CHALLENGE_LINKS, now())
    session["challenge"] = token  # Whoever joins later in this browser came by it.
    game = games.game(shown.game)
    return render_template(
        "club/beat.html",
        slug=slug,
        definition=live.definition,
        game=game,
        scoring=game.scoring,
        recording=shown,
        mine=shown.member_id == current_member(),
        phase=live.phase(now()),
        raceable=campaigns.can_race(live, shown),
        token=token,
        public_address=_address(slug, token),
        public_card=_public("club.beat_card", slug=slug, token=token, lang=language()),
    )


@blueprint.get("/c/<slug>/beat/<token>/card.jpg")
@limiter.limit("60/minute", key_func=caller_member)
def beat_card(slug: str, token: str) -> Response:
    """The picture to send around."""
    live, shown = _landing(slug, token)
    game = games.game(shown.game)
    definition = live.definition
    picture = share_card.draw(
        share_card.Card(
            brand=current_app.config["BRAND"],
            campaign=local_text(definition.title.model_dump()),
            game=local_text(game.title),
            name=shown.name or shown_name(""),
            score=score_of(shown, game),
            unit=unit_of(game),
            challenge=_("Can you beat me?"),
            scan=_("Scan and race my ghost"),
            address=_address(slug, token),
            ground=definition.theme.ground,
            accent=definition.theme.accent,
        )
    )
    return Response(
        picture,
        content_type="image/jpeg",
        headers={"Cache-Control": f"private, max-age={CARD_SECONDS}"},
    )


def attribute_joining(member_id: UUID) -> None:
    """Note that a new member came by the challenge link that this browser followed, if it did."""
    code = challenger_of(session.get("challenge"))
    if code is None:
        return
    try:
        live = engine().live_by_id(campaigns.campaign_of_round(db(), code=code))
        shown = campaigns.recording(db(), live, code=code)
    except Fault:
        return  # The campaign is gone meanwhile; joining must not fail for that.
    campaigns.take_up(db(), live, member_id=member_id, challenger_id=shown.member_id, now=now(), joined=True)


def score_of(shown: Recording, game: games.Game) -> str:
    """The score without its unit, as on the result sheet."""
    if game.scoring and game.scoring.unit == "ms":
        return f"{-(-shown.score // 10) / 100:.2f}"
    return f"{shown.score:,}"


def unit_of(game: games.Game) -> str:
    """The unit, to be set small beside the score."""
    return str(_("s") if game.scoring and game.scoring.unit == "ms" else _("points"))


def _landing(slug: str, token: str) -> tuple[Live, Recording]:
    code = challenger_of(token)
    if code is None:
        raise NotFound(
            "link_unknown", N_("This link is incomplete or too old. Ask your friend for a new one.")
        )
    live = engine().live(slug)
    return live, campaigns.recording(db(), live, code=code)


def _address(slug: str, token: str) -> str:
    return _public("club.beat", slug=slug, token=token)


def _public(endpoint: str, **values: Any) -> str:
    return f"{current_app.extensions['config'].public_url}{url_for(endpoint, **values)}"
