"""The workbench's pages: whole in both languages, full and empty, with few questions to the database."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from center_core import channel, user
from center_core.kit import Database
from scrm.engagement import feed, note
from tests import make
from tests.fronts.club.test_pages import Outline

from .conftest import WON, Floor, Phone, tell

PAGES = ("/today", "/today?show=all", "/members", "/results", "/me")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_is_whole(
    language: str, phone_of: Callable[[user.Staff], Phone], floor: Floor, database: Database
) -> None:
    with database.transaction() as db:
        idle = make.guide(db, floor.store)
        for kind, body in ((feed.WIN, WON), (feed.JOIN, {}), (feed.BOUND, {})):
            tell(db, floor.guide, kind, floor.member, floor.at, **body)
        tell(db, floor.guide, feed.SALE, floor.member, floor.at, amount_fen=129_900, number="N1")
    card = f"/members/{floor.member.member_id}"
    for staff, paths in ((floor.guide, (*PAGES, card)), (floor.manager, (*PAGES, card)), (idle, PAGES)):
        phone = phone_of(staff)
        for path in paths:
            answer = phone.get(f"{path}{'&' if '?' in path else '?'}lang={language}")
            assert answer.status_code == 200, path
            outline = Outline(answer.text)
            assert outline.language == {"en": "en", "zh": "zh-CN"}[language]
            assert (outline.tags.count("h1"), outline.tags.count("main")) == (1, 1), path
            assert len(outline.ids) == len(set(outline.ids)), f"an id stands twice in {path}"
            assert not outline.unlabelled, path
            assert len(answer.data) < 120_000, path


def test_what_is_empty_says_what_to_do_next(
    phone_of: Callable[[user.Staff], Phone], floor: Floor, database: Database
) -> None:
    with database.transaction() as db:
        idle = make.guide(db, floor.store)
    phone = phone_of(idle)
    for path in ("/today", "/members"):
        assert 'href="/guide/me"' in phone.get(path).text.split("<main")[1].split("</main")[0], path
    assert "Make my code" in phone.get("/me").text


def test_ones_own_code_is_made_once(phone: Phone, floor: Floor, database: Database) -> None:
    for _ in range(2):
        assert phone.post("/me/code").headers["Location"] == "/guide/me"
    with database.transaction() as db:
        (code,) = channel.codes(db, store_id=floor.store.id)
    assert code.staff_id == floor.guide.id
    assert f"/join?k={code.code}" in phone.get("/me").text


QUESTIONS = {"/today": 9, "/today?show=all": 9, "/members": 6, "/results": 6, "/me": 6}
OF_THE_CARD = 20


def test_a_page_asks_few_questions_however_much_there_is(
    phone: Phone,
    floor: Floor,
    database: Database,
    count_queries: Callable[[Database], AbstractContextManager[list[str]]],
) -> None:
    card = f"/members/{floor.member.member_id}"
    with database.transaction() as db:
        sku = make.sku(db)
        for n in range(5):
            tell(db, floor.guide, feed.WIN, floor.member, floor.at, **WON)
            make.sale(db, floor.store, buyer=floor.member, lines=[(sku, 1)], now=floor.at)
            note.write(
                db, member_id=floor.member.member_id, staff_id=floor.guide.id, text=f"{n}", now=floor.at
            )
    for path, most in {**QUESTIONS, card: OF_THE_CARD}.items():
        phone.get(path)
        with count_queries(database) as seen:
            phone.get(path)
        assert len(seen) <= most, (path, len(seen), seen)
