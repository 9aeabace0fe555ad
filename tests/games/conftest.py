"""What tests of games need: Chromium, the built bundles in it, and a site on which a game is played."""

import json
import mimetypes
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize
from werkzeug.serving import make_server

import games
from center_core.kit import Database, utcnow
from scrm.fronts.assets import DIST
from scrm.fronts.identity import member_token
from tests import make
from tests.make import campaign as make_campaign

PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def manifest() -> dict[str, str]:
    """The hashed name of every built file."""
    names: dict[str, str] = json.loads((DIST / "manifest.json").read_text())
    return names


@pytest.fixture
def bundles(browser: Browser, manifest: dict[str, str]) -> Iterator[Page]:
    """An empty page that can ``import`` what the build made, as a game's page does."""
    page = browser.new_page()
    page.route("http://bundles.test/**", _from_dist)
    page.goto("http://bundles.test/")
    yield page
    page.close()


def _from_dist(route: Route) -> None:
    path = DIST / route.request.url.removeprefix("http://bundles.test/")
    if not path.is_file():
        route.fulfill(body="<!doctype html>", content_type="text/html")
        return
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    route.fulfill(body=path.read_bytes(), content_type=kind)


@dataclass
class Site:
    """A running site with one campaign of each kind and a member to play in it."""

    address: str
    slug: str
    token: str
    member_id: UUID
    database: Database

    def page_of(self, game: games.Game) -> str:
        """Where that game is played."""
        return f"{self.address}/c/{self.slug}/{'play' if game.kind == 'chance' else 'challenge'}"

    def sign_in(self, context: BrowserContext) -> None:
        """Let the browser be the member's phone."""
        context.add_cookies([{"name": "club", "value": self.token, "url": self.address}])


@pytest.fixture
def site(app: Flask, database: Database) -> Iterator[Callable[..., Site]]:
    """``site(game)``: a site whose campaign uses that game."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def build(game: games.Game, **config: Any) -> Site:
        now = utcnow()
        with database.transaction() as db:
            member_id = make.member(db).member_id
            live = make_campaign.live(db, now=now, **campaign_with(game, config))
        with app.app_context():
            token = member_token(member_id)
        return Site(f"http://127.0.0.1:{server.server_port}", live.slug, token, member_id, database)

    yield build
    server.shutdown()
    thread.join()
    server.server_close()


def campaign_with(game: games.Game, config: dict[str, Any]) -> dict[str, Any]:
    """The parts of a campaign that uses ``game``; prizes of every look, all of them free to win."""
    chosen = {"slug": game.slug, "config": config}
    prizes = [
        make_campaign.prize(
            1, "points", name={"en": "88 points", "zh": "88 积分"}, points=88, odds_ppm=300_000
        ),
        make_campaign.prize(
            2, "points", name={"en": "20 points", "zh": "20 积分"}, points=20, odds_ppm=300_000
        ),
        make_campaign.prize(3, "none", name={"en": "A warm wish", "zh": "暖心祝福"}, odds_ppm=300_000),
        make_campaign.fallback(4, name={"en": "Snow", "zh": "雪花"}),
    ]
    parts: dict[str, Any] = {"prizes": prizes}
    if game.kind == "chance":
        return {**parts, "game": chosen}
    grants = [{"reach": game.scoring.most if game.scoring else 0, "chances": 1}]
    return {
        **parts,
        "type": "challenge",
        "challenge": {"game": chosen, "rounds_per_day": 50, "grants": grants, "granted_at_most": 3},
    }


def verdict(slug: str, **question: Any) -> games.Score | str:
    """What the referee says: a score, or the key of the refusal."""
    try:
        return games.replay(slug, **question)
    except games.Impossible as impossible:
        return impossible.key
