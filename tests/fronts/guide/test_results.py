"""What counts for whom, and since when."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from campaigns import season
from center_core import settlement, user
from center_core.kit import Database, local_day
from tests import make
from tests.make import campaign as making

from .conftest import Floor, Phone, sold


def test_only_ones_own_sales_count(phone: Phone, floor: Floor, database: Database) -> None:
    with database.transaction() as db:
        sku = make.sku(db, price_fen=100_000)
        for buyer, pieces in ((floor.member, 1), (floor.colleagues_member, 3)):
            sold(db, floor, sku, pieces, buyer=buyer, at=floor.at)
    page = phone.get("/results").text
    assert "¥1,000" in page
    assert "¥3,000" not in page


def test_whoever_runs_the_store_sees_every_guides(
    phone: Phone, phone_of: Callable[[user.Staff], Phone], floor: Floor, database: Database
) -> None:
    with database.transaction() as db:
        sku = make.sku(db, price_fen=100_000)
        for buyer, pieces in ((floor.member, 1), (floor.colleagues_member, 3)):
            sold(db, floor, sku, pieces, buyer=buyer, at=floor.at)
    page = phone_of(floor.manager).get("/results").text
    for amount in ("¥4,000", "¥3,000", "¥1,000"):
        assert amount in page
    assert page.index("¥3,000") < page.rindex("¥1,000"), "the best comes first"
    assert phone.get("/results?of=store").status_code == 403
    assert phone.get(f"/results?of={floor.colleague.id}").status_code == 403


def test_days_end_at_the_stores_midnight(database: Database, floor: Floor) -> None:
    """A sale at 23:59 in Shanghai and one two minutes later lie on two days, though on one in UTC."""
    zone = ZoneInfo(floor.store.zone)
    midnight = floor.at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    with database.transaction() as db:
        sku = make.sku(db, price_fen=10_000)
        for minutes, pieces in ((-1, 1), (1, 2)):
            at = midnight + timedelta(minutes=minutes)
            sold(db, floor, sku, pieces, buyer=floor.member, at=at)
        by_day = settlement.results_by_day(
            db,
            since=midnight - timedelta(days=1),
            until=midnight + timedelta(days=1),
            zone=floor.store.zone,
            staff_id=floor.guide.id,
        )
    today = local_day(midnight, floor.store.zone)
    assert {day: its.net_fen for day, its in by_day.items()} == {
        today - timedelta(days=1): 10_000,
        today: 20_000,
    }


def test_the_days_and_the_guides_add_up_to_the_whole(database: Database, floor: Floor) -> None:
    span = {"since": floor.at - timedelta(days=9), "until": floor.at + timedelta(days=1)}
    with database.transaction() as db:
        sku = make.sku(db, price_fen=33_300)
        for n, buyer in enumerate((floor.member, floor.colleagues_member, None)):
            at = floor.at - timedelta(days=n)
            sold(db, floor, sku, n + 1, buyer=buyer, at=at)
        whole = settlement.results_of(db, store_id=floor.store.id, **span)
        by_day = settlement.results_by_day(db, store_id=floor.store.id, zone=floor.store.zone, **span)
        by_staff = settlement.results_by_staff(db, store_id=floor.store.id, **span)
    assert whole.net_fen == 6 * 33_300
    assert sum(its.net_fen for its in by_day.values()) == whole.net_fen
    assert sum(its.orders for its in by_staff.values()) == whole.orders == 3
    assert set(by_staff) == {floor.guide.id, floor.colleague.id, None}


def test_the_season_is_one_touch_away(phone: Phone, floor: Floor, database: Database) -> None:
    assert phone.get("/season").status_code == 404
    assert "/guide/season" not in phone.get("/results").text
    with database.transaction() as db:
        live = making.live(db, now=floor.at, **making.challenge())
        season.create(
            db, slug="winter-cup", title={"en": "Winter Cup", "zh": "冬季杯"}, campaign_ids=[live.id],
            starts_at=floor.at, ends_at=floor.at + timedelta(days=7), counted=5, staff_id=None, now=floor.at,
        )  # fmt: skip
    assert "/guide/season" in phone.get("/results").text
    page = phone.get("/season?lang=en").text
    assert "Nobody has played for your store yet" in page
    assert "Whose team is missing" in page
