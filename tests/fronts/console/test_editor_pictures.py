"""A marketer brings pictures and words of the brand's own to a game."""

import re
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import text

import campaigns
from center_core.kit import Database
from tests import make

from .conftest import Desk
from .test_editor import Desks, begun, complaints, revision

HUB = "game.pictures.hub"
SHOWN = re.compile(r'src="(/pictures/[0-9a-f]{64}\.webp)"')


def page_of(desk: Desk, path: str) -> str:
    return desk.get(f"{path}/edit").get_data(as_text=True)


def brought(desk: Desk, path: str, file: bytes, *, field: str = HUB, script: bool = True, **form: Any) -> Any:
    sent = {
        "revision": revision(page_of(desk, path)),
        "file": (BytesIO(file), "hub.png"),
        **form,
    }
    return desk.post(f"{path}/draft/pictures/{field}", sent, script=script)


def draft_of(database: Database) -> dict[str, Any]:
    with database.transaction() as db:
        return campaigns.by_slug(db, "winter-wheel").draft


def kept(database: Database) -> int:
    with database.transaction() as db:
        return int(db.scalar(text("select count(*) from picture")) or 0)


@pytest.fixture
def marketer(desk: Desks) -> Desk:
    return desk("marketer")


@pytest.fixture
def path(marketer: Desk) -> str:
    return begun(marketer)


def test_every_place_of_the_game_is_offered_with_its_size(marketer: Desk, path: str) -> None:
    page = page_of(marketer, path)
    assert 'id="f-game-pictures-hub"' in page
    assert "256 × 256 pixels" in page
    assert not SHOWN.search(page)


def test_a_picture_is_brought_replaced_and_removed(marketer: Desk, path: str, database: Database) -> None:
    first = brought(marketer, path, make.picture(), **{"title.en": "Typed meanwhile"})
    assert first.status_code == 200
    address = SHOWN.findall(first.get_data(as_text=True))[0]
    assert draft_of(database)["game"]["pictures"] == {"hub": address[10:74]}
    assert draft_of(database)["title"]["en"] == "Typed meanwhile"
    assert address in page_of(marketer, path)

    second = brought(marketer, path, make.picture(colour=(1, 2, 3)))
    assert SHOWN.findall(second.get_data(as_text=True))[0] != address

    removed = marketer.post(
        f"{path}/draft/pictures/{HUB}/removal", {"revision": revision(page_of(marketer, path))}
    )
    assert removed.status_code == 302
    assert "pictures" not in draft_of(database)["game"]
    # Undo can still bring both of them back.
    assert kept(database) == 2


def test_the_cover_is_brought_seen_in_the_preview_and_removed(
    marketer: Desk, path: str, database: Database
) -> None:
    photograph = make.picture(1600, 900, "JPEG")
    answer = brought(marketer, path, photograph, field="theme.cover").get_data(as_text=True)
    address = SHOWN.findall(answer)[0]
    assert 'id="f-theme-cover"' in answer
    assert draft_of(database)["theme"]["cover"] == address[10:74]
    preview = marketer.get(f"{path}/preview").get_data(as_text=True)
    assert SHOWN.findall(preview) == [address]

    sent = {"revision": revision(page_of(marketer, path))}
    marketer.post(f"{path}/draft/pictures/theme.cover/removal", sent)
    assert "cover" not in draft_of(database)["theme"]
    assert not SHOWN.search(marketer.get(f"{path}/preview").get_data(as_text=True))


def test_without_script_the_whole_form_is_sent(marketer: Desk, path: str, database: Database) -> None:
    answer = brought(marketer, path, make.picture(), script=False, **{"title.en": "By hand"})
    assert answer.headers["Location"].endswith("/edit#game")
    draft = draft_of(database)
    assert draft["title"]["en"] == "By hand"
    assert draft["game"]["pictures"].keys() == {"hub"}


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"", "Choose a picture first."),
        (b"<svg/>", "This is no whole picture in PNG, JPEG or WebP."),
        (make.picture(20, 20), "This picture is too small: 256 × 256 pixels are wished for."),
        (make.picture() + b"\0" * 900_000, "The file may have at most 900 KB."),
    ],
)
def test_a_refusal_is_told_in_words_and_nothing_is_half_written(
    marketer: Desk, path: str, database: Database, file: bytes, says: str, script: bool
) -> None:
    before = draft_of(database)
    answer = brought(marketer, path, file, script=script, **{"title.en": "Not saved"})
    assert answer.status_code == 422
    assert says in answer.get_data(as_text=True)
    assert draft_of(database) == before
    assert kept(database) == 0


@pytest.mark.parametrize(
    "field", ["game.pictures.nub", "game.config.turns", "challenge.game.pictures.feather", "title"]
)
def test_only_places_that_the_game_has_take_pictures(
    marketer: Desk, path: str, database: Database, field: str
) -> None:
    assert brought(marketer, path, make.picture(), field=field).status_code == 409
    assert kept(database) == 0


def test_who_comes_second_keeps_nothing(marketer: Desk, path: str, database: Database) -> None:
    answer = brought(marketer, path, make.picture(), revision="0")
    assert answer.status_code == 409
    assert "Somebody else" in answer.get_data(as_text=True)
    assert kept(database) == 0


def test_only_who_may_edit_brings_pictures(
    desk: Desks, marketer: Desk, path: str, database: Database
) -> None:
    sent = {"revision": "1", "file": (BytesIO(make.picture()), "hub.png")}
    assert desk("auditor").post(f"{path}/draft/pictures/{HUB}", sent).status_code == 403
    assert kept(database) == 0


def test_words_of_ones_own_are_checked_where_they_stand(
    marketer: Desk, path: str, database: Database
) -> None:
    changed = {"revision": revision(page_of(marketer, path)), "change": "choose-game:game=blind-box"}
    marketer.post(f"{path}/draft", changed)
    page = page_of(marketer, path)
    assert 'placeholder="Open the shop"' in page
    typed = {"game.texts.en.start": "Open!", "game.texts.en.box": "A box"}
    panel = marketer.post(f"{path}/draft", {"revision": revision(page), **typed}, script=True).get_data(
        as_text=True
    )
    field = "game.texts.en.box"
    assert complaints(panel)[field] == "Please keep {n} {count}, once each: the game puts its numbers there."
    assert "Game · “Box {n} of {count}” · English" in panel
    typed = {"game.texts.en.box": "Present {n} of {count}"}
    panel = marketer.post(f"{path}/draft", {"revision": revision(panel), **typed}, script=True).get_data(
        as_text=True
    )
    assert field not in complaints(panel)
    assert draft_of(database)["game"]["texts"] == {"en": {"start": "Open!", "box": "Present {n} of {count}"}}
