"""A campaign's own page."""

from collections.abc import Mapping, Sequence

from flask import current_app, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

import campaigns
import games
from campaigns.definition import PPM, Definition, Limits
from center_core import member
from center_core.kit import N_
from scrm.engine import engine
from scrm.fronts.refusals import text_of
from scrm.fronts.web import db, now

from .front import blueprint, visitor


@blueprint.get("/c/<slug>")
def campaign(slug: str) -> str:
    live = engine().live(slug)
    code = request.args.get("k", "")
    if code:
        session["code"] = code  # Whoever joins later in this browser belongs to the link's store.
    engine().visits.count(live.id, code, now())
    who = visitor()
    return landing(
        live.definition,
        slug=slug,
        phase=live.phase(now()),
        stock=engine().stock(live),
        seed_hash=live.seed_hash,
        who=who,
        chances=campaigns.chances(db(), live, member_id=who.member_id, now=now()) if who else None,
        awards=campaigns.awards_of(db(), live, member_id=who.member_id) if who else (),
    )


def landing(
    definition: Definition,
    *,
    slug: str,
    phase: str,
    stock: Mapping[int, int | None],
    seed_hash: str,
    who: member.Member | None = None,
    chances: campaigns.Chances | None = None,
    awards: Sequence[campaigns.Award] = (),
) -> str:
    """A campaign's page made from its arguments alone, so that the console can show a draft."""
    return render_template(
        "club/campaign.html",
        slug=slug,
        definition=definition,
        phase=phase,
        stock=stock,
        odds=campaigns.Odds.of(definition),
        challenge=_challenge(definition),
        member=who,
        chances=chances,
        why_not=text_of(chances.refusal) if chances and chances.refusal else "",
        awards=awards,
        strategy_line=strategy_line(definition),
        limits_line=limits_line(definition.limits),
        seed_hash=seed_hash,
        share_address=f"{current_app.extensions['config'].public_url}{url_for('club.campaign', slug=slug)}",
        join_address=url_for("club.join", next=url_for("club.play", slug=slug)),
    )


def percent(ppm: int) -> str:
    """Odds in parts of a million as a percentage without useless zeros: ``0.05%``."""
    return f"{ppm * 100 / PPM:.4f}".rstrip("0").rstrip(".") + "%"


STRATEGIES = {
    "odds": N_(
        "Each play is drawn by these odds. When the pieces of a prize are gone, its share goes to the "
        "last one."
    ),
    "moments": N_(
        "Each limited piece is released at a moment fixed beforehand; the first play after it wins the piece."
    ),
    "exactly": N_(
        "Each play is drawn by these odds. What is left at the end is drawn among everybody who took part, "
        "so that every piece finds its winner."
    ),
}


def strategy_line(definition: Definition) -> str:
    """How the draw works, told to consumers."""
    return str(_(STRATEGIES[definition.draw.strategy]))


def limits_line(limits: Limits) -> str:
    """How often one may play, told to consumers."""
    parts: list[str] = []
    if daily := limits.free_per_day:
        parts.append(ngettext("%(num)s free chance each day", "%(num)s free chances each day", daily))
    if free := limits.free:
        parts.append(
            ngettext("%(num)s free chance for everybody", "%(num)s free chances for everybody", free)
        )
    if day_limit := limits.plays_per_day:
        parts.append(ngettext("at most %(num)s play a day", "at most %(num)s plays a day", day_limit))
    if limit := limits.plays:
        parts.append(ngettext("at most %(num)s play in all", "at most %(num)s plays in all", limit))
    return str(_("; ").join(parts) or _("Play with the chances you earn."))


def _challenge(definition: Definition) -> games.Game | None:
    return games.game(definition.challenge.game.slug) if definition.challenge else None


blueprint.add_app_template_filter(percent)
