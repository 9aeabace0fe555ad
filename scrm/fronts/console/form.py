"""Reads a submitted form into a typed model, and says at which field what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from flask_babel import gettext as _
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError
from werkzeug.datastructures import MultiDict

from center_core.kit import N_

M = TypeVar("M", bound=BaseModel)

# pydantic's kinds of error, in the words of this console; any other says "Please check this value".
TEXTS: Mapping[str, str] = {
    "missing": N_("Please fill this in."),
    "string_too_short": N_("Please fill this in."),
    "string_too_long": N_("At most %(max_length)s characters."),
    "string_pattern_mismatch": N_("Use small letters, digits and hyphens only."),
    "int_parsing": N_("Please enter a whole number."),
    "int_from_float": N_("Please enter a whole number."),
    "int_type": N_("Please enter a whole number."),
    "float_parsing": N_("Please enter a number."),
    "decimal_parsing": N_("Please enter a number."),
    "decimal_max_places": N_("At most %(decimal_places)s decimal places."),
    "greater_than": N_("Must be more than %(gt)s."),
    "greater_than_equal": N_("Must be at least %(ge)s."),
    "less_than": N_("Must be less than %(lt)s."),
    "less_than_equal": N_("Must be at most %(le)s."),
    "date_from_datetime_parsing": N_("Please enter a date."),
    "date_parsing": N_("Please enter a date."),
    "datetime_from_date_parsing": N_("Please enter a date and a time."),
    "datetime_parsing": N_("Please enter a date and a time."),
    "literal_error": N_("Please choose one of the options."),
    "enum": N_("Please choose one of the options."),
    "uuid_parsing": N_("Please choose one of the options."),
    "too_short": N_("Please choose at least one."),
    "extra_forbidden": N_("This field is unknown."),
    "period_reversed": N_("The end must be after the start."),
}
CHECK_THIS = N_("Please check this value.")


@dataclass
class Form(Generic[M]):
    """What was typed (to be shown again), what it means (``None`` when wrong), and what is wrong where."""

    typed: Mapping[str, Any]
    model: M | None = None
    errors: dict[str, str] = field(default_factory=dict)

    def refuse(self, name: str, text: str) -> None:
        """Add what only the service could find out, such as a name already taken."""
        self.errors[name] = text

    def __getitem__(self, name: str) -> Any:
        return self.typed.get(name, "")


def read(model: type[M], submitted: MultiDict[str, str]) -> Form[M]:
    """Validate ``submitted``; a dotted name such as ``name.en`` reaches into nested models.

    An empty text counts as not filled in, so that defaults and ``None`` work as people expect of a form.
    """
    typed = {name: _value(model, name, submitted) for name in submitted}
    try:
        return Form(typed, model.model_validate(nested(typed)))
    except ValidationError as wrong:
        return Form(typed, None, error_texts(wrong))


def _value(model: type[BaseModel], name: str, submitted: MultiDict[str, str]) -> Any:
    wanted = model.model_fields.get(name)
    if wanted is not None and "list" in str(wanted.annotation):
        return [value for value in submitted.getlist(name) if value]
    return submitted[name].replace("\x00", "").strip()


def nested(typed: Mapping[str, Any]) -> dict[str, Any]:
    """``{"name.en": "Snow"}`` as ``{"name": {"en": "Snow"}}``, leaving out what was not filled in."""
    document: dict[str, Any] = {}
    for path, value in typed.items():
        if value == "":
            continue
        *parents, last = path.split(".")
        place = document
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = value
    return document


def at_field(name: str, error_type: str) -> PydanticCustomError:
    """For a rule across fields: the error of ``error_type``, to be shown at the field ``name``."""
    return PydanticCustomError(error_type, "a rule across fields", {"field": name})


def error_texts(wrong: ValidationError) -> dict[str, str]:
    """The first error of each field by the field's dotted name, in the reader's language."""
    texts: dict[str, str] = {}
    for error in wrong.errors(include_url=False):
        details = error.get("ctx", {})
        name = details.get("field") or ".".join(str(part) for part in error["loc"])
        texts.setdefault(name, _(TEXTS.get(error["type"], CHECK_THIS), **details))
    return texts
