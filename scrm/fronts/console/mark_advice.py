"""What the editor says of scores that earn chances and do not fit the game that a draft has chosen."""

from typing import Any, NamedTuple

from flask_babel import gettext as _

import campaigns
import games
from scrm.fronts.club.play import score_text

from .draft_fields import get
from .steps import step_of


class Advice(NamedTuple):
    """What is strange about the mark ``at`` that place, and the one that is proposed."""

    at: int
    text: str
    fitting: int

    @property
    def field(self) -> str:
        return f"challenge.grants.{self.at}.reach"

    @property
    def step(self) -> str:
        return step_of(self.field)


def advice(draft: dict[str, Any]) -> list[Advice]:
    """About each mark that is strange; the draft may be in any state."""
    game = games.discover().get(str(get(draft, "challenge.game.slug")))
    grants = get(draft, "challenge.grants")
    if game is None or game.scoring is None or not isinstance(grants, list):
        return []
    marks = [grant.get("reach") for grant in grants]
    if not all(isinstance(mark, int) for mark in marks):
        return []
    config = game.mended(get(draft, "challenge.game.config") or {})
    unit = game.scoring.unit
    return [
        Advice(one.at, _(one.text, score=score_text(one.score, unit)), one.fitting)
        for one in campaigns.remarks(game, config, marks)
    ]
