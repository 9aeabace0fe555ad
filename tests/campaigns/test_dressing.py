"""Pictures and words of the brand's own: which of them stop a publication."""

from typing import Any

import pytest

import campaigns
from campaigns import picture
from campaigns.dressing import longest_text
from center_core.kit import Session
from tests import make
from tests.make import campaign as making

NOW = make.NOW
WHEEL = {"slug": "wheel", "config": {}}
BOX = {"slug": "blind-box", "config": {}}
NOWHERE = "0" * 64


def found(db: Session, **game: Any) -> list[tuple[str, str]]:
    it = making.campaign(db, game=game)
    return [(one.key, one.field) for one in campaigns.gate(db, it, now=NOW)]


def test_a_picture_that_is_there_stops_nothing(db: Session) -> None:
    it = making.campaign(db)
    key = picture.bring(db, campaign_id=it.id, file=make.picture(), width=64, height=64, now=NOW)
    assert found(db, **WHEEL, pictures={"hub": key}) == []
    assert found(db, **WHEEL, pictures={"nub": key}) == [("picture_unwanted", "game.pictures.nub")]


def test_one_that_is_not_there_does(db: Session) -> None:
    assert found(db, **WHEEL, pictures={"hub": NOWHERE}) == [("picture_gone", "game.pictures.hub")]


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "A" * 64, "a" * 63, "https://example.com/a.png"])
def test_a_picture_is_named_by_a_hash_and_nothing_else(db: Session, key: str) -> None:
    assert [field for _key, field in found(db, **WHEEL, pictures={"hub": key})] == ["game.pictures.hub"]


def test_pictures_of_the_challenge_are_looked_at_too(db: Session) -> None:
    game = {"slug": "feathers", "config": {}, "pictures": {"feather": NOWHERE}}
    it = making.campaign(db, **making.challenge(game=game))
    assert ("picture_gone", "challenge.game.pictures.feather") in [
        (one.key, one.field) for one in campaigns.gate(db, it, now=NOW)
    ]


def test_a_cover_that_is_not_there_stops_publication(db: Session) -> None:
    it = making.campaign(db, theme={"cover": NOWHERE})
    assert [(one.key, one.field) for one in campaigns.gate(db, it, now=NOW)] == [
        ("picture_gone", "theme.cover")
    ]


WORDS = [
    ("a plain text", "start", "Have a look", None),
    ("as long as it may be", "start", "a" * 24, None),
    ("too long", "start", "a" * 27, "too_long"),
    ("both tokens", "box", "No. {n} ({count})", None),
    ("a token missing", "box", "Box {n}", "text_token_missing"),
    ("a token twice", "box", "{n} {n} {count}", "text_token_missing"),
    ("another token", "box", "{n} of {counts}", "text_token_missing"),
    ("a token where none is", "start", "Go {n}", "text_token_unknown"),
    ("a brace that opens nothing", "start", "Go {", "text_token_unknown"),
    ("mark-up", "start", "<b>Go</b>", "text_not_plain"),
    ("two lines", "start", "Go\non", "text_not_plain"),
    ("a text that turns the line around", "start", "Go \u202e no", "text_not_plain"),
    ("a text that the game does not have", "finish", "Done", "text_unwanted"),
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("name", "words", "key"), [row[1:] for row in WORDS], ids=[row[0] for row in WORDS])
def test_words_of_ones_own(db: Session, language: str, name: str, words: str, key: str | None) -> None:
    expected = [] if key is None else [(key, f"game.texts.{language}.{name}")]
    assert found(db, **BOX, texts={language: {name: words}}) == expected


def test_a_long_text_may_be_twice_as_long_and_a_short_one_has_room() -> None:
    assert [longest_text("a" * length) for length in (1, 12, 13, 50)] == [24, 24, 26, 100]


def test_words_in_a_language_that_nobody_reads_are_a_mistake(db: Session) -> None:
    assert len(found(db, **WHEEL, texts={"fr": {"start": "Allez"}})) == 1
