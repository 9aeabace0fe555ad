"""The season's page: for strangers the table, for members their store's place in it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from campaigns import season
from campaigns.season.models import SeasonCampaign
from campaigns.season.scoring import round_points
from center_core import channel, member
from center_core.kit import Database, Session, utcnow
from tests import make
from tests.campaigns.season.test_season import Ground
from tests.make import campaign as making

from .conftest import signed_in

Seasons = Callable[..., season.Season]


@pytest.fixture
def ground(database: Database) -> Any:
    """Two stores, of which the first has three rounds and the second one; and a member of the second."""
    now = utcnow()
    with database.transaction() as db:
        it = Ground(db)
        made = season.create(
            db, slug="winter-cup", title={"en": "Winter Cup", "zh": "冬季杯"}, campaign_ids=[it.live.id],
            starts_at=now - timedelta(days=400), ends_at=now + timedelta(days=7), counted=5, staff_id=None, now=now,
        )  # fmt: skip
        it.member = make.member(db, name="林晚舟", store=it.stores[1], guide=it.guides[1])  # type: ignore[attr-defined]
        for score in (9_000, 10_000, 11_000):
            it.score(0, score, at=now)
        it.score(1, 10_000, at=now, member=it.member.member_id)  # type: ignore[attr-defined]
        it.season = made  # type: ignore[attr-defined]
    return it


def name_of(store: channel.Store) -> str:
    return str(store.name["en"])


def test_strangers_see_the_table(app: Flask, ground: Any) -> None:
    page = app.test_client().get("/seasons/winter-cup?lang=en").text
    assert page.index(name_of(ground.stores[0])) < page.index(name_of(ground.stores[1]))
    assert "3 members" in page
    assert "What moves your store" not in page


def test_a_member_sees_their_store_and_what_would_move_it(app: Flask, ground: Any) -> None:
    page = signed_in(app, ground.member).get("/seasons/winter-cup?lang=en").text
    assert "No. 2" in page
    assert f"Your own rounds are worth {round_points('sprint', {}, 10_000)} points." in page
    assert "4 places among the best are still open" in page
    assert "1 guide of your store has no team of 3 yet; it would bring 200 points." in page


def another_campaign(db: Session, ground: Any, title: str) -> None:
    """One more that counts in the season; who scores from now on scores in it."""
    ground.db = db
    ground.live = making.live(db, now=utcnow(), **making.challenge(), title={"en": title, "zh": title})
    db.add(SeasonCampaign(season_id=ground.season.id, campaign_id=ground.live.id))
    db.flush()


def test_who_has_changed_stores_sees_the_one_that_they_play_for(
    app: Flask, ground: Any, database: Database
) -> None:
    before, after = ground.stores[1], ground.stores[0]
    with database.transaction() as db:
        another_campaign(db, ground, "Ice run")
        ground.score(1, 10_000, at=utcnow(), member=ground.member.member_id)
        another_campaign(db, ground, "Snow run")
        member.bind(
            db, member_id=ground.member.member_id, staff_id=ground.guides[0].id, store_id=after.id,
            reason="scan", now=utcnow(),
        )  # fmt: skip
    page = signed_in(app, ground.member).get("/seasons/winter-cup?lang=en").text
    assert f"{name_of(before)}: " in page
    assert f"{name_of(after)}: " not in page
    assert page.count("Play Ice run for your store") == 1
    assert page.count(f"Play Snow run for {name_of(after)}") == 1


def test_what_one_brought_to_two_stores_is_added(app: Flask, ground: Any, database: Database) -> None:
    with database.transaction() as db:
        another_campaign(db, ground, "Snow run")
        ground.score(0, 10_000, at=utcnow(), member=ground.member.member_id)
    page = signed_in(app, ground.member).get("/seasons/winter-cup?lang=en").text
    assert f"{name_of(ground.stores[0])}: " in page
    assert f"Your own rounds are worth {2 * round_points('sprint', {}, 10_000):,} points." in page


def test_a_frozen_season_says_so(app: Flask, ground: Any, database: Database) -> None:
    with database.transaction() as db:
        season.end(db, season_id=ground.season.id, now=utcnow())
        season.freeze_next(db, now=utcnow() + timedelta(hours=1))
    page = signed_in(app, ground.member).get("/seasons/winter-cup?lang=en").text
    assert "The season is over." in page
    assert "What your store has" in page


def test_there_is_no_other_season(app: Flask, ground: Any) -> None:
    assert app.test_client().get("/seasons/summer-cup").status_code == 404
