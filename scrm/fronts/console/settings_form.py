"""Draws a form from a game's settings model, so that a new game needs no line of the console."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, cast

import games


class Setting(NamedTuple):
    """One field of a game's settings; ``label`` and the choices' texts are bilingual."""

    name: str
    kind: Literal["choice", "yes_no", "number", "text"]
    label: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]
    default: Any
    hint: Mapping[str, str]


def settings_of(slug: Any) -> list[Setting]:
    """The settings of the game ``slug`` in the order of its game.toml; none for a game that is not there."""
    try:
        chosen = games.game(str(slug))
    except games.UnknownGame:
        return []
    return [_setting(name, field) for name, field in chosen.settings.model_fields.items()]


def _setting(name: str, field: Any) -> Setting:
    shown = cast("dict[str, Any]", field.json_schema_extra)
    kind: Literal["choice", "yes_no", "number", "text"] = (
        "choice"
        if "choices" in shown
        else "text"
        if "text" in shown
        else "yes_no"
        if field.annotation is bool
        else "number"
    )
    choices, hint = shown.get("choices", {}), shown.get("hint", {})
    return Setting(name, kind, shown["label"], choices, field.default, hint)
