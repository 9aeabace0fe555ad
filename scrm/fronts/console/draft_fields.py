"""Which fields the campaign editor has, and how each is typed and meant: the way between a form and a draft.

A field is named by its dotted path in the draft (``prizes.2.odds_ppm``), in the form as in the gate's
blockers, so that a complaint finds its field. Adding a field to the editor is one line here
and its mark-up in a template.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError

from .settings_form import Setting, settings_of
from .typed import local_meant, local_typed, plain, scaled

Typed = Sequence[str]
"""What the form sent under one name: usually one text, several for a field of several choices."""


@dataclass(frozen=True)
class Kind:
    """How one kind of field is read from what was typed, and shown as one would type it."""

    read: Callable[[Typed, str], Any]
    show: Callable[[Any, str], Any]


def _last(typed: Typed) -> str:
    return typed[-1].replace("\x00", "").strip() if typed else ""


def _whole(typed: Typed, _zone: str) -> int | None:
    return scaled(_last(typed), 0) if _last(typed) else None


def _scaled_by(places: int) -> Kind:
    return Kind(
        read=lambda typed, zone: scaled(_last(typed), places) if _last(typed) else 0,
        show=lambda value, zone: plain(value, places) if isinstance(value, int) and value else "",
    )


def _read_time(typed: Typed, zone: str) -> str | None:
    if not _last(typed):
        return None
    try:
        at = local_meant(datetime.fromisoformat(_last(typed)), zone)
    except ValueError:
        raise PydanticCustomError("datetime_parsing", "not a time") from None
    return at.isoformat()


def _show_time(value: Any, zone: str) -> str:
    return local_typed(TypeAdapter(datetime).validate_python(value), zone) if value else ""


def _as_typed(value: Any, _zone: str) -> str:
    return "" if value is None else str(value)


WORDS = Kind(read=lambda typed, zone: _last(typed), show=_as_typed)
CHOICE = Kind(read=lambda typed, zone: _last(typed) or None, show=_as_typed)
LIST = Kind(
    read=lambda typed, zone: [word for word in re.split(r"[,，、;；\s]+", _last(typed)) if word],
    show=lambda value, zone: ", ".join(value or ()),
)
MANY = Kind(read=lambda typed, zone: [one for one in typed if one], show=lambda value, zone: value or [])
WHOLE = Kind(read=_whole, show=_as_typed)
COUNT = Kind(read=lambda typed, zone: _whole(typed, zone) or 0, show=_as_typed)
YES_NO = Kind(read=lambda typed, zone: _last(typed) == "yes", show=lambda value, zone: bool(value))
PERCENT = _scaled_by(4)
YUAN = _scaled_by(2)
WALL_TIME = Kind(read=_read_time, show=_show_time)
SETTING_KINDS = {"choice": CHOICE, "yes_no": YES_NO, "number": WHOLE, "text": WORDS}

FIELDS: Mapping[str, Kind] = {
    "title.*": WORDS,
    "intro.*": WORDS,
    "claim_rules.*": WORDS,
    "share.*": WORDS,
    "period.zone": CHOICE,
    "period.starts_at": WALL_TIME,
    "period.ends_at": WALL_TIME,
    "theme.picture": CHOICE,
    "theme.*": WORDS,
    "entry.new_members": YES_NO,
    "entry.tiers": MANY,
    "entry.tags": LIST,
    "entry.store_ids": MANY,
    "limits.plays": WHOLE,
    "limits.plays_per_day": WHOLE,
    "limits.free": COUNT,
    "limits.free_per_day": COUNT,
    "draw.strategy": CHOICE,
    "draw.curve.#": COUNT,
    "prizes.#.name.*": WORDS,
    "prizes.#.kind": CHOICE,
    "prizes.#.template_id": CHOICE,
    "prizes.#.points": COUNT,
    "prizes.#.stock": WHOLE,
    "prizes.#.odds_ppm": PERCENT,
    "prizes.#.value_fen": YUAN,
    "game.texts.@.*": WORDS,
    "challenge.game.texts.@.*": WORDS,
    "challenge.rounds_per_day": COUNT,
    "challenge.granted_at_most": COUNT,
    "challenge.grants.#.reach": COUNT,
    "challenge.grants.#.chances": COUNT,
    "leaderboard.shown": YES_NO,
    "leaderboard.top": COUNT,
}


def _pattern(path: str) -> re.Pattern[str]:
    """``*`` is any name, ``@`` a language, ``#`` the number of a row."""
    named = re.escape(path).replace(r"\*", r"[a-z][a-z0-9_]*").replace("@", "(?:zh|en)")
    return re.compile(named.replace(r"\#", r"\d{1,2}"))


_PATTERNS = [(_pattern(path), kind) for path, kind in FIELDS.items()]


def kind_of(path: str, draft: Mapping[str, Any]) -> Kind | None:
    """The kind of the field at ``path``; ``None`` where the editor has no such field."""
    if ".config." in path:
        setting = _setting(path, draft)
        return SETTING_KINDS[setting.kind] if setting else None
    return next((kind for pattern, kind in _PATTERNS if pattern.fullmatch(path)), None)


def default_of(path: str, draft: Mapping[str, Any]) -> Any:
    """What a field shows that the draft does not mention: a game's settings have defaults."""
    setting = _setting(path, draft) if ".config." in path else None
    return setting.default if setting else None


def _setting(path: str, draft: Mapping[str, Any]) -> Setting | None:
    """The settings of a game are not listed above: the game itself tells which it has."""
    game, _, name = path.partition(".config.")
    if game not in ("game", "challenge.game"):
        return None
    return next((one for one in settings_of(get(draft, f"{game}.slug")) if one.name == name), None)


def get(draft: Any, path: str) -> Any:
    """What stands at ``path``, ``None`` if the draft does not reach that far."""
    for part in path.split("."):
        if isinstance(draft, list) and part.isdecimal():
            draft = draft[int(part)] if int(part) < len(draft) else None
        elif isinstance(draft, dict):
            draft = draft.get(part)
        else:
            return None
    return draft


def put(draft: dict[str, Any], path: str, value: Any) -> None:
    """Write ``value`` at ``path``, making the objects on the way; lists only grow by one at their end."""
    place: Any = draft
    *parents, last = parts = path.split(".")
    for part, following in zip(parents, parts[1:], strict=True):
        nothing: Any = [] if following.isdecimal() else {}
        if isinstance(place, list):
            _grow(place, int(part), nothing)
            place = place[int(part)]
        else:
            if not isinstance(place.get(part), dict | list):
                place[part] = nothing
            place = place[part]
    if isinstance(place, list):
        _grow(place, int(last), value)
        place[int(last)] = value
    else:
        place[last] = value


def _grow(place: list[Any], index: int, value: Any) -> None:
    if index > len(place):
        raise IndexError(index)
    if index == len(place):
        place.append(value)
