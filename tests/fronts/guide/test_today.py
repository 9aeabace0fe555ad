"""The feed, its tasks, and the numbers of the day."""

from collections.abc import Callable
from datetime import timedelta

from center_core import user
from center_core.kit import Database
from scrm.engagement import feed
from tests import make

from .conftest import WON, Floor, Phone, sold, tell


def test_a_win_appears_with_what_it_asks_for(phone: Phone, floor: Floor, database: Database) -> None:
    with database.transaction() as db:
        tell(db, floor.guide, feed.WIN, floor.member, floor.at, **WON)
        tell(db, floor.stranger, feed.WIN, floor.strangers_member, floor.at, **WON)
    page = phone.get("/today").text
    assert "林晚舟 won A warm scarf" in page
    assert "Congratulate" in page
    assert floor.strangers_member.name not in page


def test_congratulating_does_the_task_and_opens_the_conversation(
    phone: Phone, floor: Floor, database: Database
) -> None:
    with database.transaction() as db:
        line = tell(db, floor.guide, feed.WIN, floor.member, floor.at, **WON)
    answer = phone.post(f"/today/{line}/completion", talk="win")
    assert answer.headers["Location"] == f"/guide/conversations/{floor.member.member_id}?say=win"
    assert "won A warm scarf" not in phone.get("/today").text
    assert "won A warm scarf" in phone.get("/today?show=all").text


def test_a_tick_can_be_undone(phone: Phone, floor: Floor, database: Database) -> None:
    with database.transaction() as db:
        line = tell(db, floor.guide, feed.JOIN, floor.member, floor.at)
    ticked = phone.post(f"/today/{line}/completion", script=True).text
    assert "Undo" in ticked
    assert 'id="to-do" hx-swap-oob="true">0<' in ticked
    undone = phone.post(f"/today/{line}/reopening", script=True).text
    assert "Say hello" in undone
    assert 'id="to-do" hx-swap-oob="true">1<' in undone


def test_nobody_does_a_colleagues_task(phone: Phone, floor: Floor, database: Database) -> None:
    with database.transaction() as db:
        line = tell(db, floor.colleague, feed.JOIN, floor.colleagues_member, floor.at)
    for verb in ("completion", "reopening"):
        assert phone.post(f"/today/{line}/{verb}").status_code == 404
    with database.transaction() as db:
        assert feed.count_open(db, staff_ids=[floor.colleague.id], now=floor.at) == 1


def test_a_task_stops_asking_after_three_days(phone: Phone, floor: Floor, database: Database) -> None:
    with database.transaction() as db:
        tell(db, floor.guide, feed.JOIN, floor.member, floor.at)
        assert feed.count_open(db, staff_ids=[floor.guide.id], now=floor.at) == 1
        assert feed.count_open(db, staff_ids=[floor.guide.id], now=floor.at + timedelta(days=4)) == 0


def test_the_numbers_are_of_today_and_of_ones_own(phone: Phone, floor: Floor, database: Database) -> None:
    with database.transaction() as db:
        sku = make.sku(db, price_fen=129_900)
        tell(db, floor.guide, feed.JOIN, floor.member, floor.at)
        tell(db, floor.guide, feed.WIN, floor.member, floor.at, **WON)
        tell(db, floor.colleague, feed.WIN, floor.colleagues_member, floor.at, **WON)
        sold(db, floor, sku, 1, buyer=floor.member, at=floor.at)
    page = phone.get("/today").text
    assert "¥1,299" in page
    assert "1 order" in page
    with database.transaction() as db:
        counts = feed.counts_since(db, staff_ids=[floor.guide.id], since=floor.at - timedelta(minutes=1))
    assert counts == {feed.JOIN: 1, feed.WIN: 1}


def test_the_feed_is_paged_by_its_last_line(phone: Phone, floor: Floor, database: Database) -> None:
    with database.transaction() as db:
        lines = [
            feed.Line(floor.guide.id, feed.JOIN, floor.member.member_id, {"name": f"Guest {n:02d}"})
            for n in range(25)
        ]
        feed.add(db, lines, now=floor.at)
    first = phone.get("/today", script=True).text
    further = first.split('hx-get="/guide')[-1].split('"')[0].replace("&amp;", "&")
    second = phone.get(further, script=True).text
    assert (first.count("joined the club"), second.count("joined the club")) == (20, 5)
    assert phone.get("/today/earlier?after=nonsense").status_code == 409


def test_whoever_runs_the_store_sees_it_whole(
    phone_of: Callable[[user.Staff], Phone], floor: Floor, database: Database
) -> None:
    with database.transaction() as db:
        for guide, who in ((floor.guide, floor.member), (floor.colleague, floor.colleagues_member)):
            tell(db, guide, feed.WIN, who, floor.at, **WON)
        tell(db, floor.stranger, feed.WIN, floor.strangers_member, floor.at, **WON)
    manager = phone_of(floor.manager)
    page = manager.get("/today").text
    assert floor.member.name in page
    assert floor.colleagues_member.name in page
    assert floor.strangers_member.name not in page
    assert 'hx-trigger="feed from:body"' in page, "it follows the live feed, and does not ask by the clock"
    only_one = manager.get(f"/today?of={floor.colleague.id}").text
    assert floor.member.name not in only_one
    assert floor.colleagues_member.name in only_one
