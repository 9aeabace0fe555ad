"""Another game for a draft: what fits it comes along, the rest is left out and told."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

import campaigns
import games
from scrm.fronts.i18n import local_text

from .draft_fields import get, put
from .settings_form import settings_of

Draft = dict[str, Any]


def change_game(draft: Draft, path: str, slug: str) -> str | None:
    """Put the game ``slug`` at ``path``; returns what the person should know, if anything of theirs was left out."""
    before: dict[str, Any] = get(draft, path) or {}
    if before.get("slug") == slug:
        return None
    after = games.game(slug)
    known = games.discover().get(str(before.get("slug")))
    fitting = fit(before, known, after) if known else {}
    usual = after.settings().model_dump(mode="json")
    put(draft, path, {"slug": slug, **fitting, "config": {**usual, **fitting.get("config", {})}})
    if known is None:
        return None
    # Where there is a challenge, it is what the campaign is about.
    if path == "challenge.game" or not draft.get("challenge"):
        campaigns.follow(draft, known, after)
    left = list(_left_out(before, fitting, known))
    if not left:
        return None
    return str(
        _(
            "%(game)s has no place for: %(things)s. It was left out; undo brings it back.",
            game=local_text(after.title),
            things=_(", ").join(left),
        )
    )


def fit(choice: dict[str, Any], before: games.Game, after: games.Game) -> dict[str, Any]:
    """What of ``choice`` for the game ``before`` means the same in ``after``.

    Of the settings that is what was changed and is valid, of the pictures those whose places have the same name, of the
    words those that stand for the same words.
    """
    pictures = {name: key for name, key in choice.get("pictures", {}).items() if name in after.pictures}
    texts = {
        language: {
            key: words
            for key, words in own.items()
            if before.texts[language].get(key) == after.texts[language].get(key)
        }
        for language, own in choice.get("texts", {}).items()
    }
    return {
        "config": {name: value for name, value in _changed(choice, before) if after.takes(name, value)},
        **({"pictures": pictures} if pictures else {}),
        **({"texts": texts} if any(texts.values()) else {}),
    }


def _changed(choice: dict[str, Any], game: games.Game) -> Iterator[tuple[str, Any]]:
    usual = game.settings().model_dump(mode="json")
    return ((name, value) for name, value in choice.get("config", {}).items() if usual.get(name) != value)


def _left_out(choice: dict[str, Any], fitting: dict[str, Any], game: games.Game) -> Iterator[str]:
    """What was the marketer's and does not come along, in their words."""
    labels = {setting.name: setting.label for setting in settings_of(game.slug)}
    for name, _value in _changed(choice, game):
        if name not in fitting["config"] and name in labels:
            yield str(local_text(labels[name]))
    for name in choice.get("pictures", {}):
        if name not in fitting.get("pictures", {}) and name in game.pictures:
            yield str(local_text(game.pictures[name].label))
    words = sum(map(len, choice.get("texts", {}).values())) - sum(map(len, fitting.get("texts", {}).values()))
    if words:
        yield str(ngettext("%(num)s text of your own", "%(num)s texts of your own", words))
