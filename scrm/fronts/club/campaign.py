"""A campaign's own page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from flask import current_app, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

import campaigns
import games
from campaigns.definition import PPM, Definition, Limits
from center_core.kit import N_
from scrm.engine import engine
from scrm.fronts.frames import GAP, kept
from scrm.fronts.identity import current_member
from scrm.fronts.refusals import text_of
from scrm.fronts.web import db, now, only_reads

from .entry import entry_line
from .front import blueprint, brought_code, visitor_id


@blueprint.get("/c/<slug>")
@only_reads
def campaign(slug: str) -> str:
    live = engine().live(slug)
    engine().visits.count(live.id, brought_code(), now())
    who = visitor_id()
    part = campaigns.part_of(db(), live, member_id=who, now=now()) if who else None
    page = _page(
        live,
        live.phase(now()),
        tuple(sorted(engine().stock(live).items())),
        entry_line(live.definition.entry),
        standing=_standing(part.chances) if part else None,
        signed_in=current_member() is not None,
    )
    if part is None or not part.won:
        return page.replace(GAP, "")
    return page.replace(
        GAP, render_template("club/campaign/won.html", definition=live.definition, awards=part.won)
    )


class Standing(NamedTuple):
    """Whether a member can play: how many chances are left, or why there is none."""

    left: int
    key: str
    why_not: str


def _standing(chances: campaigns.Chances) -> Standing:
    if chances.refusal is None:
        return Standing(chances.left, "", "")
    return Standing(0, chances.refusal.key, text_of(chances.refusal))


@kept
def _page(
    live: campaigns.Live,
    phase: str,
    stock: tuple[tuple[int, int | None], ...],
    entry: str,
    *,
    standing: Standing | None,
    signed_in: bool,
) -> str:
    """The same page for all who have as many chances; the gap is for what they won."""
    return landing(
        live.definition,
        _sheets_of(live, phase, stock, entry),
        slug=live.slug,
        phase=phase,
        standing=standing,
        signed_in=signed_in,
        won=GAP,
    )


@dataclass(frozen=True)
class Sheets:
    """What of a campaign's page is the same for all its readers, rendered."""

    above: Markup
    rules: Markup
    share: Markup


@kept
def _sheets_of(
    live: campaigns.Live, phase: str, stock: tuple[tuple[int, int | None], ...], entry: str
) -> Sheets:
    return sheets(
        live.definition,
        slug=live.slug,
        phase=phase,
        stock=dict(stock),
        seed_hash=live.seed_hash,
        entry=entry,
    )


def sheets(
    definition: Definition,
    *,
    slug: str,
    phase: str,
    stock: Mapping[int, int | None],
    seed_hash: str,
    entry: str,
) -> Sheets:
    """Render them in the reader's language, in which ``entry`` says who may take part."""
    facts = {
        "slug": slug,
        "definition": definition,
        "phase": phase,
        "stock": stock,
        "odds": campaigns.Odds.of(definition),
        "challenge": _challenge(definition),
        "strategy_line": strategy_line(definition),
        "limits_line": limits_line(definition.limits),
        "entry_line": entry,
        "seed_hash": seed_hash,
        "share_address": f"{current_app.extensions['config'].public_url}{url_for('club.campaign', slug=slug)}",
    }
    return Sheets(*(Markup(render_template(f"club/campaign/{part}.html", **facts)) for part in PARTS))  # noqa: S704


PARTS = ("above", "rules", "share")


def landing(
    definition: Definition,
    sheets: Sheets,
    *,
    slug: str,
    phase: str,
    standing: Standing | None = None,
    signed_in: bool = False,
    won: str = "",
) -> str:
    """A campaign's page made from its arguments alone, so that the console can show a draft.

    ``standing`` is of a member; ``signed_in`` is also who has been one. ``won`` is HTML.
    """
    return render_template(
        "club/campaign.html",
        slug=slug,
        definition=definition,
        sheets=sheets,
        phase=phase,
        challenge=_challenge(definition),
        standing=standing,
        signed_in=signed_in,
        won=won,
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
