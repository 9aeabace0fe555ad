"""Stores: found by code, city, words and distance; the codes that lead to them."""

from datetime import datetime

import pytest

from center_core import channel
from center_core.kit import NotFound, Refused, Session, uuid7
from tests import make

BEIJING = (39.9087, 116.3975)
SHANGHAI = (31.2304, 121.4737)
HARBIN = (45.8038, 126.5350)


def place(
    db: Session, code: str, at: tuple[float, float] | None, *, kind: str = "store", **texts
) -> channel.Store:
    lat, lng = at or (None, None)
    return channel.create_store(
        db, code=code, name=texts.pop("name", {"en": code}), kind=kind, lat=lat, lng=lng, **texts
    )


def test_the_nearest_store_comes_first_with_its_distance(db: Session, now: datetime) -> None:
    for code, at in (("BJ", BEIJING), ("SH", SHANGHAI), ("HR", HARBIN)):
        place(db, code, at)
    place(db, "WEB", None, kind="eshop")
    shut = place(db, "SHUT", BEIJING)
    channel.update_store(db, store_id=shut.id, changes={"active": False}, now=now)
    near = channel.nearest(db, lat=BEIJING[0], lng=BEIJING[1])
    assert [found.store.code for found in near] == ["BJ", "HR", "SH"]
    # Worked out from the angle between the unit vectors to both places, another way than the haversine.
    assert [round(found.km) for found in near] == [0, 1053, 1068]


def test_the_same_place_and_the_other_side_of_the_world_have_a_distance(db: Session) -> None:
    place(db, "BJ", BEIJING)
    assert channel.nearest(db, lat=BEIJING[0], lng=BEIJING[1])[0].km == 0
    assert round(channel.nearest(db, lat=-BEIJING[0], lng=BEIJING[1] - 180)[0].km) == 20015


def test_stores_are_found_in_either_language(db: Session) -> None:
    shanghai = {"zh": "上海", "en": "Shanghai"}
    nanjing_road = {"zh": "南京东路店", "en": "East Nanjing Road"}
    found = place(db, "SH1", SHANGHAI, city=shanghai, name=nanjing_road, address={"zh": "南京东路100号"})
    place(db, "BJ1", BEIJING, city={"zh": "北京", "en": "Beijing"})
    for q in ("南京", "nanjing", "100号", "sh1"):
        assert channel.stores(db, q=q) == [found]
    assert channel.stores(db, city="上海") == channel.stores(db, city="Shanghai") == [found]
    assert channel.stores(db, q="%") == []
    assert channel.cities(db)[0] in (shanghai, {"zh": "北京", "en": "Beijing"})


def test_cities_with_most_stores_come_first(db: Session) -> None:
    for code, city in (("A", "Xi'an"), ("B", "Harbin"), ("C", "Harbin")):
        place(db, code, BEIJING, city={"en": city})
    assert channel.cities(db) == [{"en": "Harbin"}, {"en": "Xi'an"}]


def test_a_code_is_given_once(db: Session) -> None:
    region, store = make.region(db), make.store(db)
    poster = make.channel_code(db, store)
    for key, again in (
        ("region_code_taken", lambda: make.region(db, code=region.code)),
        ("store_code_taken", lambda: make.store(db, code=store.code)),
        ("channel_code_taken", lambda: channel.make_code(db, store_id=store.id, label="", code=poster.code)),
    ):
        with pytest.raises(Refused) as refusal:
            again()
        assert refusal.value.key == key


def test_what_receipts_name_cannot_be_changed(db: Session, now: datetime) -> None:
    store = make.store(db)
    changed = channel.update_store(db, store_id=store.id, changes={"hours": "10-22"}, now=now)
    assert changed.hours == "10-22"
    with pytest.raises(Refused) as refusal:
        channel.update_store(db, store_id=store.id, changes={"code": "X"}, now=now)
    assert refusal.value.key == "store_field_fixed"


def test_a_region_is_called_something_else(db: Session) -> None:
    region = make.region(db)
    channel.rename_region(db, region_id=region.id, name={"zh": "华东", "en": "East"})
    assert [row.name["zh"] for row in channel.regions(db) if row.code == region.code] == ["华东"]
    with pytest.raises(NotFound, match="region_unknown"):
        channel.rename_region(db, region_id=uuid7(), name={})


def test_unknown_stores(db: Session) -> None:
    for look in (lambda: channel.store(db, uuid7()), lambda: channel.store_by_code(db, "nowhere")):
        with pytest.raises(NotFound) as refusal:
            look()
        assert refusal.value.key == "store_unknown"


def test_a_link_code_leads_to_store_and_guide_until_it_is_retired(db: Session) -> None:
    store = make.store(db)
    guide = make.guide(db, store)
    made = make.channel_code(db, store, guide=guide)
    found = channel.resolve_code(db, made.code)
    assert found is not None
    assert (found.store_id, found.staff_id) == (store.id, guide.id)
    channel.retire_code(db, made.code)
    assert channel.resolve_code(db, made.code) is None
    assert channel.resolve_code(db, "NOSUCH") is None
    with pytest.raises(NotFound, match="channel_code_unknown"):
        channel.retire_code(db, "NOSUCH")


def test_codes_are_listed_by_store_and_by_campaign(db: Session) -> None:
    store, other = make.store(db), make.store(db)
    of_store = make.channel_code(db, store)
    of_campaign = channel.make_code(db, store_id=other.id, label="winter", campaign_slug="winter")
    assert channel.codes(db, store_id=store.id) == [of_store]
    assert channel.codes(db, campaign_slug="winter") == [of_campaign]
    assert len(channel.codes(db)) == 2


def test_a_store_off_the_map_or_out_of_time_is_found(db: Session) -> None:
    make.store(db)
    assert list(channel.check(db)) == []
    place(db, "MOON", (91.0, 0.0), zone="Moon/Tycho")
    assert [finding.check for finding in channel.check(db)] == ["channel.zone", "channel.place"]
