"""A game's settings: from the tables of game.toml to a model that checks them and describes its own form."""

from typing import Annotated, Any, Literal, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model

from . import bank

LONGEST_TEXT = 40_000


class Settings(BaseModel):
    """The parent of every game's settings. Unknown names are refused, so that a typing error is seen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def settings_model(slug: str, table: dict[str, dict[str, Any]]) -> type[Settings]:
    """The model for ``[settings.*]`` of a game.

    A setting is a choice (``choices``), a whole number (``minimum``, ``maximum``), yes and no, or questions of one's
    own (``text = "questions"``); each has a ``default`` and a bilingual ``label``, which the console shows beside it.
    """
    fields: dict[str, Any] = {name: _field(setting) for name, setting in table.items()}
    return create_model(f"{slug.title().replace('-', '')}Settings", __base__=Settings, **fields)


def is_text(settings: type[Settings], name: str) -> bool:
    """Whether the setting is a text, which stays on the server."""
    return "text" in cast("dict[str, Any]", settings.model_fields[name].json_schema_extra)


def _field(setting: dict[str, Any]) -> tuple[Any, Any]:
    shown: dict[str, Any] = {"label": setting["label"]}
    default = setting["default"]
    if "choices" in setting:
        # Choices are a table from the stored word to its bilingual label.
        shown["choices"] = setting["choices"]
        return Literal[tuple(setting["choices"])], Field(default=default, json_schema_extra=shown)
    if setting.get("text") == "questions":
        shown |= {"text": "questions", "hint": setting["hint"]}
        text = Annotated[str, AfterValidator(bank.valid)]
        return text, Field(default=default, max_length=LONGEST_TEXT, json_schema_extra=shown)
    if isinstance(default, bool):
        return bool, Field(default=default, json_schema_extra=shown)
    return int, Field(
        default=default, ge=setting["minimum"], le=setting["maximum"], strict=True, json_schema_extra=shown
    )
