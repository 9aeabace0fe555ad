"""The audit log is told in words, and no deed is without them."""

import re
from collections.abc import Callable
from pathlib import Path

from center_core import member, user
from center_core.kit import Database, utcnow
from center_core.user import Actor
from scrm.fronts.console import deeds
from tests import make

from .conftest import Desk

FRONTS = Path(deeds.__file__).parents[1]
NOTED = re.compile(r"""\b(?:note|note_deed|_change)\([^"]*?"([a-z_]+\.[a-z_]+)\"""")


def test_every_deed_that_is_noted_has_words() -> None:
    sources = [path.read_text() for part in ("console", "guide") for path in (FRONTS / part).glob("*.py")]
    sources.append((FRONTS.parent / "demo" / "seed.py").read_text())
    sources += [path.read_text() for path in (FRONTS.parent / "importing").glob("*.py")]
    noted = {verb for source in sources for verb in NOTED.findall(source)}
    assert {"member.look", "campaign.pause", "api_key.issue"} <= noted, "the pattern still finds them"
    assert noted == set(deeds.DEEDS)
    assert {verb.partition(".")[0] for verb in noted} == set(deeds.KINDS)


def test_details_are_told_in_words(desk: Callable[..., Desk], database: Database) -> None:
    at = utcnow()
    with database.transaction() as db:
        store = make.store(db)
        colleague = make.staff(db)
        for verb, subject, detail in (
            (
                "api_key.issue",
                "api_key:1",
                {"store_id": str(store.id), "scopes": ["coupon:read", "member:read"]},
            ),
            (
                "staff.grant",
                f"staff:{colleague.id}",
                {"role": "auditor", "scope": "store", "region_id": None},
            ),
            ("store.change", f"store:{store.id}", {"name": {"en": "Bund", "zh": "外滩"}, "active": False}),
            ("campaign.edit", "campaign:1", {"revision": 3, "fields": ["prizes.1.stock", "period.ends_at"]}),
            ("store.import", "store:stores-2026.csv", {"regions_made": 2, "stores_made": 31}),
            ("location.import", "location:rooms.csv", {"locations_made": 8, "locations_changed": 9}),
            ("campaign.create", "campaign:2", {"slug": "first-snow", "type": "wheel"}),
        ):
            user.record(db, actor=Actor("system"), verb=verb, subject=subject, detail=detail, now=at)
    page = desk("auditor").get("/audit").get_data(as_text=True)
    for words in (
        "The platform itself", "Made an API key", store.name["en"], "coupon:read, member:read",
        "Gave a role", colleague.name["en"], "Auditor", "One store", "Open to customers</span> no",
        "Prize 2 · Stock, Period · Ends", "first-snow",
        "Brought in stores from a file", "stores-2026.csv", "Stores made</span> 31",
        "Brought in warehouses from a file", "Warehouse", "Warehouses made</span> 8", "Warehouses renamed</span> 9",
    ):  # fmt: skip
        assert words in page, words
    for raw in ("region_id", "store_id", "{'en'", "None"):
        assert raw not in page, raw


def test_consents_are_told_in_words(desk: Callable[..., Desk], database: Database) -> None:
    at = utcnow()
    with database.transaction() as db:
        make.tiers(db)
        it = make.member(db)
        for document in ("privacy", "marketing"):
            member.give_consent(db, member_id=it.member_id, document=document, version="2026-11", now=at)
        member.withdraw_consent(db, member_id=it.member_id, document="marketing", now=at)
    page = desk("service").get(f"/members/{it.member_id}").get_data(as_text=True)
    assert re.search(r"Privacy terms <span[^>]*>version 2026-11 · given on 20", page)
    assert re.search(r"News of campaigns and coupons <span[^>]*>version 2026-11 · withdrawn on 20", page)


def test_the_api_page_is_one_touch_from_its_keys(desk: Callable[..., Desk]) -> None:
    assert 'href="/v1/docs"' in desk("operations").get("/api-keys").get_data(as_text=True)
