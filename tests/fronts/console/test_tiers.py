"""Tiers in the console: added, changed, taken away; and every mistake told at its field."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from center_core import member, user
from center_core.kit import Database, utcnow
from tests import make
from tests.make import campaign as making

from .conftest import Desk

Desks = Callable[..., Desk]

SNOW = {"code": "snow", "name.zh": "雪卡", "name.en": "Snow", "threshold": "0", "earn_percent": "100"}
ICE = {"code": "ice", "name.zh": "冰卡", "name.en": "Ice", "threshold": "2000", "earn_percent": "110"}


def test_tiers_from_the_first_to_none(desk: Desks, database: Database) -> None:
    marketer = desk("marketer")
    assert "No tier yet" in marketer.get("/tiers").text
    for form in (SNOW, ICE):
        assert marketer.post("/tiers", form).status_code == 302
    page = marketer.get("/tiers").text
    assert page.index("Snow</a>") < page.index("Ice</a>")
    assert 'value="2000"' in marketer.get("/tiers/ice").text
    assert marketer.post("/tiers/ice", {**ICE, "threshold": "3000", "name.en": "Glacier"}).status_code == 302
    page = marketer.get("/tiers").text
    assert "Glacier</a>" in page
    assert "3,000</td>" in page
    for code in ("ice", "snow"):
        assert marketer.post(f"/tiers/{code}/removal").headers["Location"] == "/console/tiers"
    assert "No tier yet" in marketer.get("/tiers").text
    with database.transaction() as db:
        verbs = [entry.verb for entry in user.audit_log(db, subject="tier:ice").rows]
    assert verbs == ["tier.remove", "tier.change", "tier.create"]
    log = desk("auditor").get("/audit").text
    assert all(words in log for words in ("Took a tier away", "From growth</span> 3000", "Glacier"))


MISTAKES: list[tuple[dict[str, Any], str, str]] = [
    ({"code": "Gold"}, "code", "A code has 2 to 24 small letters"),
    ({"code": ""}, "code", "Please fill this in."),
    ({"code": "ice"}, "code", "Another tier has this code."),
    ({"name.en": ""}, "name.en", "Please fill this in."),
    ({"threshold": "-5"}, "threshold", "between 0 and 1000000000"),
    ({"threshold": "many"}, "threshold", "Please enter a whole number."),
    ({"threshold": "1000"}, "threshold", "Another tier begins at this growth already"),
    ({"earn_percent": "1001"}, "earn_percent", "Between 1 and 1000 per cent"),
]


def test_mistakes_are_told_at_their_field(desk: Desks, database: Database) -> None:
    with database.transaction() as db:
        make.tiers(db)
    marketer = desk("marketer")
    gold = {**ICE, "code": "gold"}
    for changes, field, words in MISTAKES:
        answer = marketer.post("/tiers", {**gold, **changes})
        assert answer.status_code == 422, changes
        assert re.search(rf'data-error-of="{re.escape(field)}" role="alert">[^<]*{words}', answer.text), (
            changes
        )
    assert marketer.post("/tiers/snow", {**SNOW, "threshold": "1"}).status_code == 422
    assert marketer.post("/tiers/gold", gold).status_code == 404


@pytest.mark.parametrize("published", [False, True])
def test_a_tier_that_is_needed_stays(desk: Desks, database: Database, published: bool) -> None:
    with database.transaction() as db:
        make.tiers(db)
        entry = {"new_members": False, "tiers": ["peak"], "tags": [], "store_ids": []}
        if published:
            live = making.live(db, now=utcnow(), entry=entry)
            making.edited(db, live.id, {"entry": {**entry, "tiers": []}})
        else:
            making.campaign(db, entry=entry)
        make.member(db).tier = "ice"
    marketer = desk("marketer")
    for code, words in (
        ("snow", "Everybody begins in the lowest tier"),
        ("ice", "Members hold this tier"),
        ("peak", "A campaign admits members of this tier."),
    ):
        answer = marketer.post(f"/tiers/{code}/removal")
        assert words in marketer.get(answer.headers["Location"].removeprefix("/console")).text
    with database.transaction() as db:
        assert [step.code for step in member.tiers(db)] == ["snow", "ice", "peak"]
    assert "Campaigns for this tier" in marketer.get("/tiers/peak").text


def test_others_only_look(desk: Desks, database: Database) -> None:
    with database.transaction() as db:
        make.tiers(db)
    for role, seen, set_by in (("admin", 200, 302), ("service", 200, 403), ("approver", 403, 403)):
        person = desk(role)
        assert person.get("/tiers/ice").status_code == seen
        assert person.post("/tiers/ice", ICE).status_code == set_by
        assert person.post("/tiers/peak/removal").status_code == set_by
    assert "removal" not in desk("service").get("/tiers/ice").text
