"""The club's pages: whole in both languages, private where they must be, honest about what is missing."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import text

import campaigns
from center_core import member
from center_core.kit import Database
from scrm.fronts.club.words import day
from tests import make
from tests.make import campaign as making
from tests.make import marketing as coupons

from .conftest import Club, signed_in

PUBLIC = ("/", "/join", "/c/first-snow", "/privacy", "/styleguide", "/demo/inbox")
OWN = ("/me", "/me/points", "/wallet", "/wallet/past")


class Outline(HTMLParser):
    """The skeleton of a page: what assistive technology finds its way by."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.language = ""
        self.unlabelled: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        # Drawings name their gradients after their looks: where the name is the same, so is the thing.
        if found.get("id") and tag not in {"lineargradient", "clippath"}:
            self.ids.append(str(found["id"]))
        if tag == "html":
            self.language = str(found.get("lang"))
        if (
            tag == "svg"
            and not ({"aria-hidden", "aria-label"} & set(found))
            and "segno" not in str(found.get("class"))
        ):
            self.unlabelled.append(str(found))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_is_whole(language: str, phone: FlaskClient, client: FlaskClient) -> None:
    for path in PUBLIC + OWN:
        answer = (phone if path in OWN else client).get(f"{path}?lang={language}")
        assert answer.status_code == 200, path
        outline = Outline(answer.text)
        assert outline.language == {"en": "en", "zh": "zh-CN"}[language]
        assert (outline.tags.count("h1"), outline.tags.count("main")) == (1, 1), path
        assert len(outline.ids) == len(set(outline.ids)), f"an id stands twice in {path}"
        assert not outline.unlabelled, path
        assert len(answer.data) < 120_000, path


def test_many_campaigns_share_a_hall_in_which_one_sees_what_is_played(
    app: Flask, client: FlaskClient, club: Club, database: Database
) -> None:
    with database.transaction() as db:
        for game in ("egg", "slot"):
            making.live(db, now=club.at, slug=f"with-{game}", game={"slug": game, "config": {}})
    assert client.get("/?lang=en").text.count("campaign-card-words") == 3
    with database.transaction() as db:
        making.live(
            db, now=club.at, slug="with-archery", **making.challenge(game={"slug": "archery", "config": {}})
        )
    app.extensions["engine"]()._lives._checked_at = float("-inf")
    page = client.get("/?lang=en").text
    assert (page.count("campaign-card-words"), page.count('class="card hall-card"')) == (1, 3)
    for slug in ("first-snow", "with-egg", "with-slot", "with-archery"):
        assert page.count(f'href="/c/{slug}"') == 1
    for played in ("Golden egg", "Snow slot", "Winter Archery"):
        assert played in page


def test_a_stranger_is_sent_to_join_and_back(client: FlaskClient, club: Club) -> None:
    for path in (*OWN, "/me/code"):
        assert client.get(path).location == f"/join?next={path}"


def test_a_coupon_is_seen_by_its_owner_only(
    app: Flask, phone: FlaskClient, club: Club, database: Database
) -> None:
    with database.transaction() as db:
        own = coupons.coupon(db, club.member, now=club.at)
        stranger = make.member(db, now=club.at)
    address = f"/wallet/{own.id}"
    assert own.code in phone.get(address).text
    assert address in phone.get("/wallet").text
    assert signed_in(app, stranger).get(address).status_code == 404
    assert phone.get(f"/wallet/{uuid4()}").status_code == 404


def test_the_member_code_renews_itself(phone: FlaskClient) -> None:
    piece = phone.get("/me/code").text
    assert len(re.sub(r"\D", "", re.search(r'figures">([\d ]+)<', piece)[1])) == 18  # type: ignore[index]
    assert "<html" not in piece


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["31 Dec", "1 Jan 2027", "30 Nov 2025"]),
        ("zh", ["12月31日", "2027年1月1日", "2025年11月30日"]),
    ],
)
def test_a_day_of_another_year_has_its_year(app: Flask, language: str, said: list[str]) -> None:
    """In the place's own time: New Year comes to Shanghai eight hours before it comes to Greenwich."""
    days = ("2026-12-31T15:00Z", "2026-12-31T16:00Z", "2025-11-30T00:00Z")
    with app.test_request_context(f"/?lang={language}"):
        g.now = datetime(2026, 11, 30, tzinfo=UTC)
        assert [day(datetime.fromisoformat(each)) for each in days] == said


def test_points_on_their_way_do_not_look_like_points_to_use(
    phone: FlaskClient, club: Club, database: Database
) -> None:
    """The lines that stand out are what became usable or was spent: they sum to the balance."""
    with database.transaction() as db:
        member.earn(
            db,
            member_id=club.member.member_id,
            points=77,
            source=("order", uuid4()),
            pending_until=club.at + timedelta(days=7),
            now=club.at,
        )
    page = phone.get("/me/points?lang=en").text
    shown = re.findall(r'class="end figures([\w ]*)">([+-][\d,]+)<', page)
    assert shown == [(" quiet", "+77"), (" gain", "+120")]
    assert "and 77 on their way" in page


def test_signing_out_forgets_the_phone(phone: FlaskClient) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', phone.get("/me").text)[1]  # type: ignore[index]
    phone.post("/sign-out", data={"csrf_token": token})
    assert phone.get("/me").status_code == 302


def test_a_membership_that_ended_sees_the_door(app: Flask, club: Club, database: Database) -> None:
    client = signed_in(app, club.member)
    with database.transaction() as db:
        member.erase(db, member_id=club.member.member_id, now=club.at)
    assert client.get("/").status_code == 200
    assert client.get("/me").status_code == 401


def test_the_campaign_states_what_the_law_asks(client: FlaskClient, club: Club) -> None:
    page = client.get("/c/first-snow?lang=en").text
    assert club.live.seed_hash in page
    for stated in ("50%", "no limit", "100 free chances each day", "Asia/Shanghai"):
        assert stated in page, stated
    assert client.get("/c/unheard-of").status_code == 404


def test_a_draw_can_be_verified_by_anybody(phone: FlaskClient, client: FlaskClient, club: Club) -> None:
    played = phone.post("/c/first-snow/plays", headers={"Idempotency-Key": "0123456789abcdef"}).json
    page = client.get(f"/verify/{played['receipt']}?lang=en").text
    assert "0123456789abcdef" in page
    assert club.live.seed_hash in page
    assert club.member.name not in page
    assert client.get("/verify/nonsense").status_code == 404


def test_a_proof_says_when_the_secret_number_comes(
    app: Flask, phone: FlaskClient, client: FlaskClient, club: Club, database: Database
) -> None:
    """While it runs: after the planned end. Ended early: in a minute. Settled: here it is."""
    played = phone.post("/c/first-snow/plays", headers={"Idempotency-Key": "0123456789abcdef"}).json

    def proof() -> str:
        app.extensions["engine"]()._lives.read_again(club.live.id)
        return client.get(f"/verify/{played['receipt']}?lang=en").text

    assert "not over yet" in proof()
    with database.transaction() as db:
        campaigns.pause(db, campaign_id=club.live.id, now=club.at)
    assert "not over yet" in proof()
    with database.transaction() as db:
        campaigns.end(db, campaign_id=club.live.id, now=club.at)
    ended = proof()
    assert "not over yet" not in ended
    assert "in a minute" in ended
    with database.transaction() as db:
        campaigns.settle(db, campaign_id=club.live.id, now=club.at)
    settled = proof()
    assert "in a minute" not in settled
    assert "exactly what was drawn" in settled


QUESTIONS = {"/": 6, "/c/first-snow": 5, "/wallet": 3, "/me": 8, "/me/points": 5}


def test_a_page_asks_few_questions(
    phone: FlaskClient,
    database: Database,
    count_queries: Callable[[Database], AbstractContextManager[list[str]]],
) -> None:
    """The second time, when what every reader shares is already known to the process."""
    for path, most in QUESTIONS.items():
        phone.get(path)
        with count_queries(database) as seen:
            phone.get(path)
        assert len(seen) <= most, (path, seen)


def test_what_is_not_there_says_what_to_do(client: FlaskClient) -> None:
    for language in ("en", "zh"):
        answer = client.get(f"/nowhere?lang={language}")
        assert answer.status_code == 404
        assert 'class="button' in answer.text


def test_the_inbox_and_the_style_guide_belong_to_the_demo(config, database: Database) -> None:  # type: ignore[no-untyped-def]
    from scrm.app import create_app

    client = create_app(config.model_copy(update={"demo": False}), database=database).test_client()
    assert client.get("/styleguide").status_code == 404
    assert client.get("/demo/inbox").status_code == 404


def test_what_is_kept_of_a_campaigns_page_follows_language_stock_and_campaign(
    app: Flask, client: FlaskClient, club: Club, database: Database
) -> None:
    with database.transaction() as db:
        prizes = [making.prize(1, "points", points=5, stock=1234, odds_ppm=1000), making.fallback()]
        live = making.live(db, now=club.at, prizes=prizes)
    address = f"/c/{live.slug}"
    assert "1,234 of 1,234 left" in client.get(f"{address}?lang=en").text
    assert "of 1,234 left" not in client.get(f"{address}?lang=zh").text
    with database.transaction() as db:
        db.execute(
            text("update prize_stock set left_over = 1000, won = 234 where campaign_id = :id"),
            {"id": live.id},
        )
    app.extensions["engine"]()._stock.clear()
    assert "1,000 of 1,234 left" in client.get(f"{address}?lang=en").text
    assert "1,234" not in client.get("/c/first-snow?lang=en").text


def test_a_tier_that_came_within_reach_is_not_counted_below_nothing(
    phone: FlaskClient, club: Club, database: Database
) -> None:
    """The brand lowered it; the member is decided anew by their next purchase."""
    with database.transaction() as db:
        member.recompute_tier(db, member_id=club.member.member_id, now=club.at)
        name = {"zh": "冰卡", "en": "Ice"}
        member.change_tier(db, code="ice", name=name, threshold=100, earn_percent=120)
    page = phone.get("/me", headers={"Accept-Language": "en"}).text
    assert "Your next purchase makes it Ice." in page
    assert "more growth" not in page
