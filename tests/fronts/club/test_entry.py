"""A campaign for some: everybody is told for whom, and who may not take part is told why instead of having chances."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

import campaigns
from center_core import channel, member
from center_core.kit import Database
from tests import make
from tests.make import campaign as making

from .conftest import Club, signed_in

PATH = "/c/for-some"
FREE = {"limits": {"free_per_day": 3}}
SNOW = {"tiers": ["snow"]}
REFUSED = {
    "new": ({"new_members": True}, "This campaign is for members who join while it runs."),
    "tier": ({"tiers": ["ice", "peak"]}, "This campaign is for members of another tier."),
    "store": ({"store_ids": ["another"]}, "This campaign is for members who joined in other stores."),
    "tag": ({"tags": ["vip-2026"]}, "This campaign is for invited members."),
}
TOLD = {
    "en": "All of this at once: Members who join during the campaign; Members of these tiers: ice, peak; "
    "Members who joined in these stores: {store}; Invited members",
    "zh": "须同时符合：活动期间入会的会员；以下等级的会员：ice、peak；在以下门店入会的会员：{store}；受邀会员",
}


@pytest.fixture
def publish(club: Club, database: Database) -> Callable[[dict[str, Any]], campaigns.Live]:
    """``publish(entry)``: a campaign with a draw and a challenge; a store id may be ``"another"``."""

    def make_it(entry: dict[str, Any]) -> campaigns.Live:
        with database.transaction() as db:
            if "store_ids" in entry:
                entry = {**entry, "store_ids": [str(make.store(db).id)]}
            parts = {**making.challenge(), **FREE, "entry": entry}
            return making.live(db, now=club.at, slug="for-some", **parts)

    return make_it


@pytest.fixture
def veteran(app: Flask, club: Club, database: Database) -> FlaskClient:
    """The phone of somebody who joined before the campaign began."""
    with database.transaction() as db:
        who = make.member(db, name="周远", store=club.store, now=club.at - timedelta(days=9))
    return signed_in(app, who)


@pytest.mark.parametrize(("entry", "why"), REFUSED.values(), ids=REFUSED)
def test_who_may_not_take_part_is_told_why(
    publish: Any, veteran: FlaskClient, entry: dict[str, Any], why: str
) -> None:
    publish(entry)
    page = veteran.get(f"{PATH}?lang=en").text
    assert f'aria-disabled="true">{why}<' in page
    assert "left</a>" not in page
    draw = veteran.get(f"{PATH}/play?lang=en").text
    assert f"<p>{why}</p>" in draw
    assert "<strong data-chances>0</strong>" in draw
    assert "Earn one in the challenge" not in draw
    assert f"disabled>{why}</button>" in veteran.get(f"{PATH}/challenge?lang=en").text
    refused = veteran.post(
        f"{PATH}/plays", headers={"Idempotency-Key": "first-play", "Accept-Language": "en"}
    ).json
    assert (refused["key"], refused["detail"]) == ("entry_refused", why)


def test_each_reader_of_the_kept_page_has_their_own_answer(
    app: Flask, publish: Any, veteran: FlaskClient, club: Club, database: Database
) -> None:
    publish(SNOW)
    with database.transaction() as db:
        other = make.member(db)
        other.tier = "peak"
    other_phone = signed_in(app, other)
    for _ in range(2):
        assert "Play: 3 chances left" in veteran.get(f"{PATH}?lang=en").text
        assert "members of another tier" in other_phone.get(f"{PATH}?lang=en").text
        assert "本活动面向其他等级的会员。" in other_phone.get(f"{PATH}?lang=zh").text
    assert "<strong data-chances>3</strong>" in veteran.get(f"{PATH}/play?lang=en").text


def test_who_takes_part_already_goes_on(
    publish: Any, phone: FlaskClient, club: Club, database: Database
) -> None:
    publish({"tags": ["vip-2026"]})
    with database.transaction() as db:
        member.add_tag(db, member_id=club.member.member_id, tag="vip-2026", now=club.at)
    assert phone.post(f"{PATH}/plays", headers={"Idempotency-Key": "first-play"}).status_code == 200
    with database.transaction() as db:
        member.remove_tag(db, member_id=club.member.member_id, tag="vip-2026")
    assert "Play: 2 chances left" in phone.get(f"{PATH}?lang=en").text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_strangers_are_told_for_whom_it_is(
    client: FlaskClient, publish: Any, database: Database, language: str
) -> None:
    entry = {"new_members": True, "tiers": ["ice", "peak"], "store_ids": ["another"], "tags": ["vip-2026"]}
    [store_id] = publish(entry).definition.entry.store_ids
    with database.transaction() as db:
        store = channel.store(db, store_id).name[language]
    page = client.get(f"{PATH}?lang={language}").text
    # Where one reads what can be won, in the rules, and on the sheet of the rules.
    assert page.count(TOLD[language].format(store=store)) == 3
    assert "vip-2026" not in page


def test_the_rules_beside_a_game_tell_it_too(publish: Any, veteran: FlaskClient) -> None:
    publish(SNOW)
    for part in ("play", "challenge"):
        assert "Members of these tiers: snow" in veteran.get(f"{PATH}/{part}?lang=en").text


def test_a_campaign_for_everybody_says_nothing_and_asks_nothing_more(
    phone: FlaskClient, client: FlaskClient, club: Club, database: Database, count_queries: Any
) -> None:
    for reader, statements in ((phone, 2), (client, 0)):
        assert "Who may take part" not in reader.get("/c/first-snow?lang=en").text
        with count_queries(database) as seen:
            reader.get("/c/first-snow?lang=en")
        # What the process keeps for a second of all campaigns may just have grown old.
        own = [one for one in seen if "revision" not in one and "prize_stock" not in one]
        assert len(own) == statements, own
