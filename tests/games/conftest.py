"""What tests of games need: Chromium, the built bundles in it, and a site on which a game is played."""

import json
import mimetypes
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

import games
from center_core.kit import Database
from scrm.app import create_app
from scrm.config import Config
from scrm.embedded import Addresses
from scrm.fronts.assets import DIST
from tests.databases import clone

from .arcade import Hall, opened, visit
from .hand import Hand


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


@pytest.fixture(scope="module")
def hall(template: str, servers: Addresses, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """One site for all tests of a module, each with a campaign of its own game."""
    with clone(template) as url:
        database = Database(url, pool_size=6)
        var = tmp_path_factory.mktemp("hall")
        config = Config(
            database_url=url, redis_url=servers.redis_url, secret_key="0" * 32, var=var, demo=True
        )
        with opened(create_app(config, database=database), database) as hall:
            yield hall
        database.close()


@pytest.fixture
def hand(hall: Hall, browser: Browser) -> Iterator[Any]:
    """``hand(slug, key)``: the hand of somebody who has just begun a round of that game."""
    hands: list[Hand] = []

    def put_on(slug: str, key: str = "", *, started: bool = True, **options: Any) -> Hand:
        hands.append(Hand(visit(hall, browser, games.game(slug), **options).page, key))
        if started:
            hands[-1].start()
        return hands[-1]

    yield put_on
    for it in hands:
        it.page.context.close()


def verdict(slug: str, **question: Any) -> games.Score | str:
    """What the referee says: a score, or the key of the refusal."""
    try:
        return games.replay(slug, **question)
    except games.Impossible as impossible:
        return impossible.key
