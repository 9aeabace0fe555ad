"""Writes a submitted editor form into a draft, and shows a draft as a form."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from pydantic_core import PydanticCustomError
from werkzeug.datastructures import MultiDict

from scrm.fronts.i18n import language, when

from .draft_fields import default_of, get, kind_of, put
from .form import CHECK_THIS, TEXTS
from .typed import HOME_ZONE


@dataclass
class DraftForm:
    """A draft through the eyes of the form macros: values as one would type them, errors by field."""

    draft: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def zone(self) -> str:
        """The campaign's time zone, in which its times are typed."""
        return get(self.draft, "period.zone") or HOME_ZONE

    def value(self, path: str) -> Any:
        """What stands in the draft itself."""
        return get(self.draft, path)

    def __getitem__(self, path: str) -> Any:
        """The field as one would type it."""
        kind = kind_of(path, self.draft)
        value = get(self.draft, path)
        if value is None:
            value = default_of(path, self.draft)
        return value if kind is None else kind.show(value, self.zone)


def write(draft: dict[str, Any], submitted: MultiDict[str, str]) -> DraftForm:
    """The draft with every field that ``submitted`` names written into it.

    What cannot be read (a stock of "many") is left as it was and told in ``errors``; what can be read but not
    published is written all the same: a draft may be in any state, and the gate tells.
    """
    form = DraftForm(copy.deepcopy(draft))
    zone = submitted.get("period.zone") or form.zone
    # In the order of the paths' numbers, so that the second prize is not written before the first is there.
    for path in sorted(submitted, key=_in_order):
        kind = kind_of(path, form.draft)
        if kind is None:
            continue
        try:
            put(form.draft, path, kind.read(submitted.getlist(path), zone))
        except PydanticCustomError as wrong:
            form.errors[path] = _(TEXTS.get(wrong.type, CHECK_THIS), **(wrong.context or {}))
        except IndexError:
            continue  # A row that another editor removed meanwhile; the lock on the revision tells of it.
    tidy(form.draft)
    return form


def _in_order(path: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in path.split(".")]


def tidy(draft: dict[str, Any]) -> None:
    """Leave out what the other fields make meaningless, so that no hidden field stops publication.

    A setting of a game that is left blank goes back to the game's default.
    """
    for path in ("game.config", "challenge.game.config"):
        config = get(draft, path)
        if config:
            put(draft, path, {name: value for name, value in config.items() if value is not None})
    for path in ("game", "challenge.game"):
        _tidy_dress(get(draft, path))
    if draft.get("share") and not any(draft["share"].values()):
        draft["share"] = None
    curve = get(draft, "draw.curve")
    if curve and len(set(curve)) == 1:
        draft["draw"]["curve"] = []
    for prize in draft.get("prizes", []):
        if prize.get("kind") not in ("gift", "coupon"):
            prize.pop("template_id", None)
        if prize.get("kind") != "points":
            prize.pop("points", None)
        if prize.get("fallback"):
            prize.pop("stock", None)
            prize.pop("odds_ppm", None)


def _tidy_dress(choice: Any) -> None:
    """A text that is left blank goes back to the game's own."""
    if not isinstance(choice, dict):
        return
    own = {
        language: {key: words for key, words in texts.items() if words}
        for language, texts in (choice.pop("texts", None) or {}).items()
    }
    if any(own.values()):
        choice["texts"] = {language: texts for language, texts in own.items() if texts}
    if not choice.get("pictures"):
        choice.pop("pictures", None)


def changed_paths(before: Any, after: Any, path: str = "") -> list[str]:
    """The dotted paths at which two drafts differ, for the history and the audit log."""
    if before == after:
        return []
    if isinstance(before, dict) and isinstance(after, dict):
        names = sorted(before.keys() | after.keys())
        return [
            deeper
            for name in names
            for deeper in changed_paths(before.get(name), after.get(name), f"{path}.{name}".strip("."))
        ]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [
            deeper
            for index, (one, other) in enumerate(zip(before, after, strict=True))
            for deeper in changed_paths(one, other, f"{path}.{index}")
        ]
    return [path]


def period_text(draft: Mapping[str, Any]) -> str:
    """The period as consumers read it, in the campaign's own time; empty while it is not complete."""
    period = draft.get("period") or {}
    if not (period.get("starts_at") and period.get("ends_at")):
        return ""
    zone = period.get("zone") or HOME_ZONE
    pattern = "y年M月d日 HH:mm" if language() == "zh" else "d MMM y, HH:mm"
    ends = (when(datetime.fromisoformat(period[end]), pattern, zone) for end in ("starts_at", "ends_at"))
    return " – ".join(ends)
