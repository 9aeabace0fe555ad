"""Members play with the pictures and words that the brand brought, and their phones load each picture once."""

import json
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

import campaigns
from campaigns import picture
from center_core.kit import Database
from tests import make
from tests.make import campaign as making

from .conftest import Club


def brought(database: Database, colour: tuple[int, int, int] = (9, 8, 7)) -> str:
    with database.transaction() as db:
        it = making.campaign(db)
        file = make.picture(colour=colour)
        return picture.bring(db, campaign_id=it.id, file=file, width=256, height=256, now=make.NOW)


def dressed(database: Database, **dress: object) -> campaigns.Live:
    with database.transaction() as db:
        return making.live(db, game={"slug": "wheel", "config": {}, **dress})


def test_the_page_of_the_game_wears_them(club: Club, phone: FlaskClient, database: Database) -> None:
    key = brought(database)
    live = dressed(database, pictures={"hub": key}, texts={"en": {"start": "Twirl & win"}})
    answer = phone.get(f"/c/{live.slug}/play", headers={"Accept-Language": "en"}).get_data(as_text=True)
    page = json.loads(re.findall(r'id="play">(.*?)</script>', answer, re.DOTALL)[0])
    assert page["pictures"] == {"hub": f"/pictures/{key}.webp"}
    assert page["texts"]["start"] == "Twirl & win"
    assert page["texts"]["stage"] == "A wheel of prizes"
    assert "Twirl &amp; win</button>" in answer
    chinese = phone.get(f"/c/{live.slug}/play", headers={"Accept-Language": "zh"}).get_data(as_text=True)
    assert "Twirl" not in chinese


def test_the_campaign_opens_with_its_cover_and_without_one_with_a_landscape(
    phone: FlaskClient, database: Database
) -> None:
    key = brought(database, (7, 7, 7))
    with database.transaction() as db:
        plain, covered = making.live(db), making.live(db, theme={"cover": key})
    openings = [
        phone.get(f"/c/{live.slug}").get_data(as_text=True).partition('class="hero-words"')[0]
        for live in (plain, covered)
    ]
    address = f'src="/pictures/{key}.webp"'
    assert [address in opening for opening in openings] == [False, True]
    assert ["snowing" in opening for opening in openings] == [True, False]
    home = phone.get("/").get_data(as_text=True)
    assert address in home


def test_a_phone_without_cookies_gets_a_picture_and_never_asks_again(
    client: FlaskClient, database: Database
) -> None:
    key = brought(database)
    got = client.get(f"/pictures/{key}.webp")
    assert (got.status_code, got.mimetype) == (200, "image/webp")
    assert got.cache_control.immutable
    assert got.cache_control.public
    assert got.cache_control.max_age == 365 * 86400
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in got.headers
    again = client.get(f"/pictures/{key}.webp", headers={"If-None-Match": got.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_process_reads_a_picture_once(client: FlaskClient, database: Database) -> None:
    key = brought(database, (1, 1, 1))
    first = client.get(f"/pictures/{key}.webp").data
    with database.transaction() as db:
        db.execute(text("delete from picture"))
    assert client.get(f"/pictures/{key}.webp").data == first


@pytest.mark.parametrize("key", ["0" * 64, "x" * 64, "1"])
def test_what_is_not_there_is_not_found(client: FlaskClient, key: str) -> None:
    assert client.get(f"/pictures/{key}.webp").status_code == 404
