"""The rules that rounds began with, each version once: see docs/adr/0016."""

from datetime import datetime

from sqlalchemy import text

import games
from center_core.kit import Session

from .models import GameRules

KEEP = text("""
    insert into game_rules (game, version, script, kept_at) values (:game, :version, :script, :now)
    on conflict do nothing returning true
""")

# What this process knows. Rules never change under their version.
_kept: set[tuple[str, str]] = set()
_earlier: dict[tuple[str, str], games.Game] = {}
_shown: dict[tuple[str, str, str], bool] = {}
MOST_EARLIER = 64


def keep(db: Session, game: games.Game, now: datetime) -> None:
    """Keep the rules of ``game``, in the transaction in which a round begins with them, unless they are kept."""
    known = (game.slug, game.rules_version)
    if known in _kept:
        return
    written = db.scalar(
        KEEP, {"game": game.slug, "version": game.rules_version, "script": game.rules, "now": now}
    )
    if not written:
        # Somebody's commit wrote them; our own might still be rolled back.
        _kept.add(known)


def game_by(db: Session, slug: str, version: str | None) -> games.Game | None:
    """The game by its rules of that version; none if they are not kept, or no such game has rules any more."""
    try:
        today = games.game(slug)
    except games.UnknownGame:
        return None
    if today.scoring is None:
        return None
    if version == today.rules_version:
        return today
    known = (slug, version or "")
    if known not in _earlier:
        kept = db.get(GameRules, known)
        if kept is None:
            return None
        if len(_earlier) >= MOST_EARLIER:
            _earlier.clear()
        _earlier[known] = today.by(kept.script)
    return _earlier[known]


def can_show(earlier: games.Game) -> bool:
    """Whether the scene that we have can show rounds by the rules of ``earlier``."""
    today = games.game(earlier.slug)
    if today.rules_version == earlier.rules_version:
        return True
    known = (today.slug, today.rules_version, earlier.rules_version)
    if known not in _shown:
        _shown[known] = games.can_show(today, earlier)
    return _shown[known]
