"""What a campaign brings of its own: are its pictures there, and do its words fit where they stand?"""

import re
from collections.abc import Iterator
from typing import Any

from center_core.kit import N_, Session
from games import Game, Picture

from . import picture
from .definition import GameChoice, Theme

Reason = tuple[str, str, str, dict[str, Any]]
"""Key, text, field, reasons."""

COVER = Picture(label={"en": "A picture of your own", "zh": "自有主图"}, width=960, height=720, fit="cover")
"""The place of a campaign's cover. Every page fills its own opening with it, so the edges may be lost."""

TOKEN = re.compile(r"\{(\w+)\}")
"""Where a game puts a number or a word into a text, such as ``{n}``."""

GONE = N_("This picture is not there any more. Please upload it again.")

# What would break the line or turn its direction, or look like mark-up to whoever reads it later.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069<>]")


def unfitting(db: Session, choice: GameChoice, game: Game, where: str) -> Iterator[Reason]:
    """What of ``choice.pictures`` and ``choice.texts`` does not fit ``game``; ``where`` is its path in the draft."""
    gone = picture.missing(db, set(choice.pictures.values()))
    for name, key in choice.pictures.items():
        field = f"{where}.pictures.{name}"
        if name not in game.pictures:
            yield "picture_unwanted", N_("This game has no place for this picture."), field, {}
        elif key in gone:
            yield "picture_gone", GONE, field, {}
    for language, texts in choice.texts.items():
        for key, words in texts.items():
            field = f"{where}.texts.{language}.{key}"
            usual = game.texts[language].get(key)
            if usual is None:
                yield "text_unwanted", N_("This game does not say this anywhere."), field, {}
            else:
                yield from _wrong_words(words, usual, field)


def uncovered(db: Session, theme: Theme) -> Iterator[Reason]:
    """Whether the cover that ``theme`` names is still kept."""
    if theme.cover and picture.missing(db, {theme.cover}):
        yield "picture_gone", GONE, "theme.cover", {}


def longest_text(usual: str) -> int:
    """How long a text may be that stands in the place of ``usual``: buttons and calls keep their size."""
    return max(24, 2 * len(usual))


def _wrong_words(words: str, usual: str, field: str) -> Iterator[Reason]:
    if len(words) > longest_text(usual):
        yield "too_long", N_("At most %(max_length)s characters."), field, {"max_length": longest_text(usual)}
    if UNPRINTABLE.search(words):
        yield "text_not_plain", N_("Plain text only, in one line, without < and >."), field, {}
    wanted = TOKEN.findall(usual)
    if sorted(TOKEN.findall(words)) != sorted(wanted) or re.search(r"[{}]", TOKEN.sub("", words)):
        yield _tokens_differ(wanted, field)


def _tokens_differ(wanted: list[str], field: str) -> Reason:
    if not wanted:
        return "text_token_unknown", N_("Nothing is put in here: please write it without { and }."), field, {}
    tokens = " ".join(f"{{{name}}}" for name in wanted)
    text = N_("Please keep %(tokens)s, once each: the game puts its numbers there.")
    return "text_token_missing", text, field, {"tokens": tokens}
