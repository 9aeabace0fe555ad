"""What the fields of a draft are called on screen, for complaints and for the history."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

import games
from center_core.kit import N_
from scrm.fronts.i18n import language, local_text

from .settings_form import settings_of

NAMES: Mapping[str, str] = {
    "title": N_("Title"),
    "intro": N_("Introduction"),
    "claim_rules": N_("How prizes are claimed"),
    "share": N_("Text of a shared link"),
    "type": N_("Template"),
    "period": N_("Period"),
    "starts_at": N_("Starts"),
    "ends_at": N_("Ends"),
    "zone": N_("Time zone"),
    "game": N_("Game"),
    "pictures": N_("Pictures of your own"),
    "texts": N_("Words of the game"),
    "theme": N_("Theme"),
    "picture": N_("Picture"),
    "ground": N_("Ground"),
    "paper": N_("Paper"),
    "ink": N_("Text"),
    "accent": N_("Accent"),
    "cover": N_("Picture of your own"),
    "entry": N_("Who may take part"),
    "new_members": N_("New members"),
    "tiers": N_("Tiers"),
    "tags": N_("Tags"),
    "store_ids": N_("Stores"),
    "limits": N_("Limits"),
    "plays": N_("Plays at most"),
    "plays_per_day": N_("Plays a day at most"),
    "free": N_("Free chances for each member"),
    "free_per_day": N_("Free chances each day"),
    "draw": N_("Draw"),
    "strategy": N_("How prizes are drawn"),
    "curve": N_("Expected traffic over the day"),
    "prizes": N_("Prizes"),
    "name": N_("Name"),
    "kind": N_("Kind"),
    "template_id": N_("Coupon template"),
    "points": N_("Points"),
    "stock": N_("Stock"),
    "odds_ppm": N_("Odds"),
    "value_fen": N_("Worth"),
    "fallback": N_("Fallback prize"),
    "challenge": N_("Challenge"),
    "rounds_per_day": N_("Rounds for each member and day"),
    "grants": N_("Scores that earn chances"),
    "reach": N_("Score"),
    "chances": N_("Chances"),
    "granted_at_most": N_("Chances that can be earned at most"),
    "leaderboard": N_("Leaderboard"),
    "shown": N_("Show the leaderboard"),
    "top": N_("Places shown"),
    "records_years": N_("Records are kept for"),
    "zh": N_("Chinese"),
    "en": N_("English"),
}


def field_name(path: str, draft: Mapping[str, Any]) -> str:
    """``prizes.2.odds_ppm`` as "Prize 3 · Odds": the parts people know, joined by dots."""
    parts = path.split(".")
    if len(parts) > 1 and parts[0] == "prizes" and parts[1].isdecimal():
        return " · ".join([_prize(int(parts[1]), draft), *map(_part, parts[2:])])
    if "config" in parts[:-1]:
        return _setting(parts, draft)
    for dress, name in (("pictures", _picture), ("texts", _text)):
        if dress in parts[:-1]:
            return name(parts, draft)
    return " · ".join(_part(part) for part in parts if not part.isdecimal()) or _("Campaign")


def _part(name: str) -> str:
    return str(_(NAMES[name])) if name in NAMES else name


def _prize(index: int, draft: Mapping[str, Any]) -> str:
    prizes = draft.get("prizes") or []
    number = prizes[index].get("no", index + 1) if index < len(prizes) else index + 1
    return str(_("Prize %(no)s", no=number))


def _game(parts: list[str], until: str, draft: Mapping[str, Any]) -> games.Game | None:
    """The game whose part of the draft the path leads through."""
    choice: Any = draft
    for part in parts[: parts.index(until)]:
        choice = (choice or {}).get(part)
    return games.discover().get(str((choice or {}).get("slug")))


def _picture(parts: list[str], draft: Mapping[str, Any]) -> str:
    game = _game(parts, "pictures", draft)
    known = game.pictures.get(parts[-1]) if game else None
    return f"{_('Game')} · {local_text(known.label) if known else parts[-1]}"


def _text(parts: list[str], draft: Mapping[str, Any]) -> str:
    """A text of the game by what it says usually; its key means nothing to people."""
    *_before, spoken, key = parts
    if spoken == "texts":
        return " · ".join(_part(part) for part in parts)
    game = _game(parts, "texts", draft)
    known = game.texts[language()].get(key) if game else None
    return f"{_('Game')} · “{known or key}” · {_part(spoken)}"


def _setting(parts: list[str], draft: Mapping[str, Any]) -> str:
    game = _game(parts, "config", draft)
    labels = {setting.name: setting.label for setting in settings_of(game.slug if game else None)}
    return f"{_('Game')} · {local_text(labels.get(parts[-1], parts[-1]))}"
