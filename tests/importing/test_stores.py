"""Stores from a file: made with region and room, brought up to date, refused with all that is wrong."""

from datetime import datetime

import pytest
from sqlalchemy import func, select

from center_core import channel, inventory, user
from center_core.kit import Session
from scrm.importing import import_stores
from tests import make

from .files import bring, counted, faults

HEADER = "code,name_zh,name_en,region,region_zh,region_en,province_zh,city_zh,city_en,address_zh,lat,lng,phone,hours"
BUND = "N1,外滩店,Bund,E,东区,East,上海,上海,Shanghai,中山东一路1号,31.2401,121.4901,021-1,10:00-22:00"
WEST = "N2,人民广场店,,E,,,上海,上海,Shanghai,西藏中路2号,,,,"
LEAST = "code,name_zh,city_zh,address_zh"


def test_an_empty_brand_gets_its_stores(db: Session, now: datetime) -> None:
    outcome = bring(import_stores, db, f"{HEADER}\n{BUND}\n{WEST}\n", now=now)
    assert counted(outcome) == {"regions": (1, 0, 0), "stores": (2, 0, 0)}
    [region] = channel.regions(db)
    assert (region.code, region.name) == ("E", {"zh": "东区", "en": "East"})
    bund, west = channel.stores(db)
    assert (bund.code, bund.kind, bund.name, bund.region_id) == (
        "N1", "store", {"zh": "外滩店", "en": "Bund"}, region.id,
    )  # fmt: skip
    assert (bund.province, bund.city) == ({"zh": "上海", "en": "上海"}, {"zh": "上海", "en": "Shanghai"})
    assert (bund.address["zh"], bund.lat, bund.lng) == ("中山东一路1号", 31.2401, 121.4901)
    assert (bund.phone, bund.hours, bund.zone, bund.active) == ("021-1", "10:00-22:00", "Asia/Shanghai", True)
    assert (west.name, west.region_id) == ({"zh": "人民广场店", "en": "人民广场店"}, region.id)
    assert (west.lat, west.lng, west.phone, west.hours) == (None, None, None, None)
    room = inventory.location_of_store(db, bund.id)
    assert (room.code, room.kind, room.name) == ("N1", "store", bund.name)
    assert inventory.location_of_store(db, west.id).code == "N2"
    [noted] = user.audit_log(db).rows
    assert (noted.actor_kind, noted.verb, noted.subject) == ("system", "store.import", "store:a.csv")
    assert noted.detail == {
        "regions_made": 1, "regions_changed": 0, "stores_made": 2, "stores_changed": 0,
    }  # fmt: skip


def test_the_same_file_again_changes_nothing(db: Session, now: datetime) -> None:
    text = f"{HEADER}\n{BUND}\n{WEST}\n"
    bring(import_stores, db, text, now=now)
    again = bring(import_stores, db, text, now=now)
    assert counted(again) == {"regions": (0, 0, 1), "stores": (0, 0, 2)}
    assert len(user.audit_log(db).rows) == 1
    assert db.scalar(select(func.count()).select_from(inventory.Location)) == 2


def test_what_differs_is_brought_up_to_date(db: Session, now: datetime) -> None:
    bring(import_stores, db, f"{HEADER}\n{BUND}\n{WEST}\n", now=now)
    bund = channel.store_by_code(db, "N1")
    channel.update_store(db, store_id=bund.id, changes={"active": False}, now=now)
    moved = BUND.replace("东区,East", "华东,East China").replace("31.2401", "31.2402").replace("021-1", "")
    outcome = bring(import_stores, db, f"{HEADER}\n{moved}\n{WEST}\n", now=now)
    assert counted(outcome) == {"regions": (0, 1, 0), "stores": (0, 1, 1)}
    bund = channel.store_by_code(db, "N1")
    assert (bund.lat, bund.phone, bund.active) == (31.2402, None, False)
    assert channel.regions(db)[0].name == {"zh": "华东", "en": "East China"}


def test_columns_that_the_file_has_not_are_left_alone(db: Session, now: datetime) -> None:
    bring(import_stores, db, f"{HEADER}\n{BUND}\n", now=now)
    outcome = bring(import_stores, db, f"{LEAST}\nN1,外滩旗舰店,上海,中山东一路1号\n", now=now)
    assert counted(outcome) == {"regions": (0, 0, 0), "stores": (0, 1, 0)}
    bund = channel.store_by_code(db, "N1")
    assert bund.name == {"zh": "外滩旗舰店", "en": "Bund"}
    assert (bund.lat, bund.phone, bund.region_id) == (31.2401, "021-1", channel.regions(db)[0].id)


def test_english_alone_leaves_the_chinese(db: Session, now: datetime) -> None:
    bring(import_stores, db, f"{HEADER}\n{BUND}\n", now=now)
    bring(import_stores, db, f"{LEAST},region,region_en\nN1,外滩店,上海,中山东一路1号,E,Orient\n", now=now)
    assert channel.regions(db)[0].name == {"zh": "东区", "en": "Orient"}


def test_english_that_was_only_the_chinese_follows_it(db: Session, now: datetime) -> None:
    for name in ("外滩店", "外滩旗舰店"):
        bring(import_stores, db, f"{LEAST}\nN1,{name},上海,中山东一路1号\n", now=now)
        assert channel.store_by_code(db, "N1").name == {"zh": name, "en": name}


def test_a_store_without_a_room_gets_one(db: Session, now: datetime) -> None:
    store = make.store(db, code="N1")
    text = f"{LEAST}\nN1,{store.name['zh']},北京,{store.address['zh']}\n"
    assert counted(bring(import_stores, db, text, now=now))["stores"] == (0, 1, 0)
    assert inventory.location_of_store(db, store.id).code == "N1"
    assert counted(bring(import_stores, db, text, now=now))["stores"] == (0, 0, 1)


def test_an_e_shop(db: Session, now: datetime) -> None:
    bring(import_stores, db, "code,kind,name_zh,city_zh,address_zh\nEC,EShop,官方商城,线上,线上\n", now=now)
    assert channel.store_by_code(db, "EC").kind == "eshop"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([",甲,上海,街"], ["line 2, code: it is empty"]),
        (
            ["N 1,甲,上海,街"],
            ["line 2, code: 'N 1' is no code: up to 64 letters, digits and signs, no blanks and no commas"],
        ),
        (["N1,,,"], [f"line 2, {name}: it is empty" for name in ("name_zh", "city_zh", "address_zh")]),
        (["N1,甲,上海,街", "N2,乙,上海,街", "N1,丙,上海,街"], ["line 4, code: line 2 has N1 already"]),
        (['N1,"甲\n店",上海,街'], ["line 2, name_zh: it holds a line break or another control character"]),
        ([f"N1,{'甲' * 201},上海,街"], ["line 2, name_zh: it has 201 characters, and 200 are allowed"]),
        (["MAIN,甲,上海,街"], ["line 2, code: there is a location MAIN already"]),
    ],
)
def test_wrong_lines(db: Session, now: datetime, lines: list[str], told: list[str]) -> None:
    inventory.create_location(db, code="MAIN", kind="main", name={"zh": "总仓", "en": "Main"})
    assert faults(import_stores, db, "\n".join([LEAST, *lines]), now=now) == told
    assert channel.stores(db) == []


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"lat": "31,2", "lng": "121.4"}, "lat: '31,2' is not between -90 and 90 degrees"),
        ({"lat": "121.4", "lng": "31.2"}, "lat: '121.4' is not between -90 and 90 degrees"),
        ({"lat": "nan", "lng": "1"}, "lat: 'nan' is not between -90 and 90 degrees"),
        ({"lat": "31.2", "lng": "181"}, "lng: '181' is not between -180 and 180 degrees"),
        ({"lat": "31.2"}, "lng: it is empty, but lat is not"),
        ({"lng": "31.2"}, "lat: it is empty, but lng is not"),
        ({"kind": "eshop", "lat": "31.2", "lng": "121.4"}, "lat: an e-shop has no coordinates"),
        ({"kind": "shop"}, "kind: 'shop' is none of store, eshop"),
        ({"kind": "eshop", "code": "OLD"}, "kind: OLD is there already as store, and stays so"),
        ({"zone": "Asia/Peking"}, "zone: there is no time zone 'Asia/Peking'"),
        ({"phone": "1" * 31}, "phone: it has 31 characters, and 30 are allowed"),
        ({"hours": "1" * 61}, "hours: it has 61 characters, and 60 are allowed"),
        ({"region": "X"}, "region_zh: it is empty, but region X is not there yet and needs a name"),
        ({"region_zh": "北区"}, "region: it is empty, but the name of a region is given"),
    ],
)
def test_wrong_cells(db: Session, now: datetime, cells: dict[str, str], told: str) -> None:
    old = make.store(db, code="OLD")
    columns = (
        "code", "name_zh", "city_zh", "address_zh", "kind", "lat", "lng", "zone", "phone", "hours", "region",
        "region_zh",
    )  # fmt: skip
    whole = {"code": "N1", "name_zh": "甲", "city_zh": "上海", "address_zh": "街"} | cells
    line = ",".join(f'"{whole.get(column, "")}"' for column in columns)
    assert faults(import_stores, db, f"{','.join(columns)}\n{line}\n", now=now) == [f"line 2, {told}"]
    assert channel.stores(db) == [old]


def test_lines_that_name_a_region_differently(db: Session, now: datetime) -> None:
    text = f"{LEAST},region,region_zh\nN1,甲,上海,街,E,东区\nN2,乙,上海,街,E,\nN3,丙,上海,街,E,华东\n"
    assert faults(import_stores, db, text, now=now) == [
        "line 4, region_zh: line 2 gives region E another name"
    ]
    assert channel.regions(db) == []
