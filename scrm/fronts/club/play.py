"""The pages on which one plays: a campaign's draw, and the challenge that earns chances for it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from flask import abort, current_app, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

import campaigns
import games
from campaigns import Live
from scrm.engine import engine
from scrm.fronts.i18n import local_text
from scrm.fronts.identity import current_member, member_required
from scrm.fronts.refusals import text_of
from scrm.fronts.web import db, now

from .campaign import limits_line, strategy_line
from .dress import pictures_of, texts_of
from .entry import entry_line
from .front import blueprint, my_id
from .kept_rules import address_of
from .names import shown_name
from .watch import actions_of


class Rival(NamedTuple):
    """Whom a ghost race is against, as the page names them."""

    name: str
    score: int


# Stands in an address for the coupon that is not known before the draw.
_ANY_COUPON = UUID(int=0)


@blueprint.get("/c/<slug>/play")
@member_required
def play(slug: str) -> str:
    """The draw. Who may not play any more still sees the page, and why."""
    live = engine().live(slug)
    return _page(live, games.game(live.definition.game.slug), live.definition.game.config)


@blueprint.get("/c/<slug>/challenge")
@member_required
def challenge(slug: str) -> str:
    """The game of skill, where the campaign has one; ``?against=`` names a recorded round to race."""
    live = engine().live(slug)
    chosen = live.definition.challenge
    if chosen is None:
        abort(404)
    game = games.game(chosen.game.slug)
    code = request.args.get("against")
    if code is None:
        return _page(live, game, chosen.game.config)
    rival = campaigns.ghost(db(), live, code=code)
    return _page(live, game, rival.config, rival)


def score_text(value: int, unit: str) -> str:
    """A score as people read it: times in seconds, rounded up to the hundredth as in athletics."""
    if unit == "ms":
        return str(_("%(seconds)s s", seconds=f"{-(-value // 10) / 100:.2f}"))
    return str(ngettext("%(points)s point", "%(points)s points", value, points=f"{value:,}"))


def _page(
    live: Live, game: games.Game, config: dict[str, Any], rival: campaigns.Recording | None = None
) -> str:
    chances = campaigns.chances(db(), live, member_id=my_id(), now=now())
    return page_of(live, game, config, chances, rival)


def page_of(
    live: Live,
    game: games.Game,
    config: dict[str, Any],
    chances: campaigns.Chances,
    rival: campaigns.Recording | None = None,
    urls: Mapping[str, str] = MappingProxyType({}),
    **more: Any,
) -> str:
    """The page on which ``game`` is played; of a campaign that is open to everybody the playground shows it too, since
    it then asks no database.

    ``urls`` replace those that the script asks, where somebody else than the club answers. ``more`` is what the room of
    a duel brings along: ``room``, and ``duel`` for the script.
    """
    definition = live.definition
    page = _for_script(live, game, config, chances)
    page["urls"].update(urls)
    if "duel" in more:
        page["duel"] = more["duel"]
    if rival is not None:
        page["ghost"] = _ghost(game, rival)
        page["rules"] = address_of(rival)
    return render_template(
        "club/play.html",
        live=live,
        slug=live.slug,
        definition=definition,
        game=game,
        texts=page["texts"],
        chances=chances,
        why_not=text_of(chances.refusal) if chances.refusal else "",
        page=page,
        rival=Rival(shown_name(rival.name), rival.score) if rival else None,
        room=more.get("room"),
        # What the sheet with odds and rules tells.
        odds=live.odds,
        strategy_line=strategy_line(definition),
        limits_line=limits_line(definition.limits),
        entry_line=entry_line(definition.entry),
        seed_hash=live.seed_hash,
        share_address=_public("club.campaign", slug=live.slug),
    )


def _for_script(
    live: Live, game: games.Game, config: dict[str, Any], chances: campaigns.Chances
) -> dict[str, Any]:
    """All that the page's script needs; it asks the server for nothing but rounds and plays."""
    slug = live.slug
    page: dict[str, Any] = {
        "kind": game.kind,
        # Whose unanswered question it is: phones are handed on.
        "slot": f"{slug}:{game.slug}:{current_member()}",
        "config": game.shown(config),
        "texts": texts_of(live.definition, game),
        "pictures": pictures_of(live.definition, game),
        "chances": chances.left,
        "allowed": chances.allowed,
        "labels": {
            "waiting": _("The connection is slow. Still trying …"),
            "offline": _("No connection. Nothing is lost: try again when you are back."),
            "sending": _("Checking your round …"),
        },
        "urls": {
            "play": url_for("club.play", slug=slug),
            "coupon": url_for("club.coupon", coupon_id=_ANY_COUPON).replace(str(_ANY_COUPON), "COUPON"),
            "points": url_for("club.points"),
            "verify": url_for("club.verify", code="RECEIPT"),
        },
    }
    if game.scoring is None:
        page["urls"]["plays"] = url_for("club.plays", slug=slug)
        page["labels"]["share"] = _("I won: {}. Your turn!")
        page["prizes"] = [
            {"no": prize.no, "name": local_text(prize.name.model_dump()), "kind": prize.kind}
            for prize in live.definition.prizes
        ]
    else:
        page["urls"]["rounds"] = url_for("club.start_round", slug=slug)
        page["urls"]["result"] = f"{page['urls']['rounds']}/ROUND/result"
        page["labels"].update(_labels_of_rounds())
        timed = game.scoring.unit == "ms"
        page["labels"]["share"] = (
            _("I made it in {} seconds. Can you beat me?") if timed else _("My score is {}. Can you beat it?")
        )
        page["scoring"] = {"unit": game.scoring.unit, "better": game.scoring.better}
        page["actions"] = list(game.actions or {})
        page["urls"]["questions"] = f"{page['urls']['rounds']}/ROUND/questions/NO"
    return page


def _labels_of_rounds() -> dict[str, Any]:
    """What the script has to say of a round that does not count, or not yet."""
    return {
        "kept": _(
            "No connection. Your round is kept on this phone, and counts if it is sent by {}: "
            "try again when you are back."
        ),
        "refused": _("Your round could not be counted. {}"),
        "expired": _(
            "This round stood still for too long to count any more. Start a new one whenever you like."
        ),
        "flags": {
            "inhuman_regularity": _("It was played more evenly than hands can."),
            "inhuman_speed": _("Most answers came before anybody could have read the question."),
            "many_pauses": _("It stood still more often than a round may."),
            "slow_motion": _("It was played more slowly than the game runs."),
            "other": _("Something in it was not as in other rounds."),
        },
    }


def _ghost(game: games.Game, rival: campaigns.Recording) -> dict[str, Any]:
    """Whose ghost runs beside the player; its recording comes when the race begins."""
    return {
        "code": rival.code,
        "link": request.args.get("link"),
        "value": rival.score,
        "actions": actions_of(game),
    }


def _public(endpoint: str, **values: Any) -> str:
    return f"{current_app.extensions['config'].public_url}{url_for(endpoint, **values)}"


blueprint.add_app_template_filter(score_text)
