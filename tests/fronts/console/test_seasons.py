"""Seasons in the console: made, seen, ended; and every mistake told at its field."""

from collections.abc import Callable
from typing import Any

import pytest

import campaigns
from campaigns import season
from center_core.kit import Database, utcnow
from tests.make import campaign as making

from .conftest import Desk

Desks = Callable[..., Desk]


@pytest.fixture
def live(database: Database) -> campaigns.Live:
    with database.transaction() as db:
        return making.live(db, now=utcnow(), **making.challenge())


def form(live: campaigns.Live, **changes: Any) -> dict[str, Any]:
    usual = {
        "slug": "winter-cup", "title.zh": "冬季杯", "title.en": "Winter Cup", "campaign_ids": [str(live.id)],
        "starts_at": "2026-01-01T00:00", "ends_at": "2099-01-01T00:00", "counted": "5",
    }  # fmt: skip
    return {**usual, **changes}


def test_a_season_from_its_making_to_its_end(desk: Desks, live: campaigns.Live, database: Database) -> None:
    marketer = desk("marketer")
    assert "No season yet" in marketer.get("/seasons").text
    path = marketer.post("/seasons/new", form(live)).headers["Location"].removeprefix("/console")
    assert "Winter Cup" in marketer.get("/seasons").text
    assert "Running" in marketer.get(path).text
    assert marketer.post(f"{path}/end").status_code == 302
    assert "being counted for the last time" in marketer.get(path).text
    with database.transaction() as db:
        assert season.by_slug(db, "winter-cup").ends_at <= utcnow()
    again = marketer.post(f"{path}/end")
    assert "This season is over." in marketer.get(again.headers["Location"].removeprefix("/console")).text


MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({"slug": "Winter Cup"}, "Use small letters, digits and hyphens only."),
    ({"title.en": ""}, "Please fill this in."),
    ({"campaign_ids": []}, "Please fill this in."),
    ({"campaign_ids": ["nonsense"]}, "Please choose one of these campaigns."),
    ({"campaign_ids": ["00000000-0000-0000-0000-000000000001"]}, "Only published campaigns"),
    ({"ends_at": "2026-01-01T00:00"}, "A season ends after it starts"),
    ({"ends_at": "tomorrow"}, "Please enter a date"),
    ({"counted": "0"}, "Must be at least 1."),
    ({"counted": "many"}, "Please enter a whole number."),
]


def test_mistakes_are_told_at_their_field(desk: Desks, live: campaigns.Live) -> None:
    marketer = desk("marketer")
    for changes, text in MISTAKES:
        answer = marketer.post("/seasons/new", form(live, **changes))
        assert answer.status_code == 422, changes
        assert text in answer.text, changes


def test_others_only_look(desk: Desks, live: campaigns.Live) -> None:
    for role, seen, made in (("approver", 200, 403), ("auditor", 200, 403), ("service", 403, 403)):
        person = desk(role)
        assert person.get("/seasons").status_code == seen
        assert person.post("/seasons/new", form(live)).status_code == made
