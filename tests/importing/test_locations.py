"""Warehouses from a file: made, renamed, refused with all that is wrong; the rooms of stores come with these."""

from datetime import datetime

import pytest

from center_core import channel, inventory, user
from center_core.kit import Session
from scrm.importing import import_locations
from tests import make

from .files import bring, counted, faults

HEADER = "code,kind,name_zh,name_en"
FILE = f"{HEADER}\nF1,factory,常熟工厂,Changshu\nMAIN,Main,总仓,Main\nSUB-N,sub,北方分仓,\n"


def test_an_empty_brand_gets_its_warehouses(db: Session, now: datetime) -> None:
    outcome = bring(import_locations, db, FILE, now=now, encoding="gb18030")
    assert (outcome.encoding, counted(outcome)) == ("GB18030", {"locations": (3, 0, 0)})
    assert [(it.code, it.kind, it.name, it.store_id) for it in inventory.locations(db)] == [
        ("F1", "factory", {"zh": "常熟工厂", "en": "Changshu"}, None),
        ("MAIN", "main", {"zh": "总仓", "en": "Main"}, None),
        ("SUB-N", "sub", {"zh": "北方分仓", "en": "北方分仓"}, None),
    ]
    [noted] = user.audit_log(db).rows
    assert (noted.actor_kind, noted.verb, noted.subject) == ("system", "location.import", "location:a.csv")
    assert noted.detail == {"locations_made": 3, "locations_changed": 0}


def test_the_same_file_again_changes_nothing_and_another_name_renames(db: Session, now: datetime) -> None:
    bring(import_locations, db, FILE, now=now)
    assert counted(bring(import_locations, db, FILE, now=now)) == {"locations": (0, 0, 3)}
    assert len(user.audit_log(db).rows) == 1
    text = "code,kind,name_zh\nMAIN,main,常熟总仓\nSUB-S,sub,南方分仓\n"
    assert counted(bring(import_locations, db, text, now=now)) == {"locations": (1, 1, 0)}
    names = {it.code: it.name for it in inventory.locations(db)}
    assert names["MAIN"] == {"zh": "常熟总仓", "en": "Main"}
    assert len(user.audit_log(db).rows) == 2


ROOM = "the room of a store comes with its store, from the file of stores"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (",,,x", ["code: it is empty", "kind: it is empty", "name_zh: it is empty"]),
        ("W1,shed,仓,", ["kind: 'shed' is none of factory, main, sub"]),
        ("W1,Store,仓,", [f"kind: {ROOM}"]),
        ("N1,store,仓,", [f"kind: {ROOM}"]),
        ("N1,sub,仓,", [f"code: N1 is a store's; {ROOM}"]),
        ("L-N1,sub,仓,", [f"code: L-N1 is a store's; {ROOM}"]),
        ("MAIN,sub,,", ["kind: MAIN is there already as main, and stays so", "name_zh: it is empty"]),
        ("OK,sub,仓,", ["code: line 2 has OK already"]),
    ],
)
def test_wrong_lines(db: Session, now: datetime, line: str, told: list[str]) -> None:
    inventory.create_location(db, code="MAIN", kind="main", name={"zh": "总仓", "en": "Main"})
    make.location(db, make.store(db, code="N1"))
    text = f"{HEADER}\nOK,sub,仓,\n{line}\n"
    assert faults(import_locations, db, text, now=now) == [f"line 3, {fault}" for fault in told]
    assert [it.code for it in inventory.locations(db)] == ["L-N1", "MAIN"]


def test_the_code_of_a_store_that_has_no_room_yet_is_kept_for_it(db: Session, now: datetime) -> None:
    store = make.store(db, code="N1")
    channel.update_store(db, store_id=store.id, changes={"active": False}, now=now)
    assert faults(import_locations, db, f"{HEADER}\nN1,sub,仓,\n", now=now) == [
        f"line 2, code: N1 is a store's; {ROOM}"
    ]
