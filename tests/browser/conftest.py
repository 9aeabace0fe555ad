"""An installation with the demo brand, and people with browsers of their own at it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Response

from center_core.kit import Database, utcnow
from scrm import demo, embedded
from scrm.migrations import migrate
from tests.conftest import PATIENCE
from tests.stack import Stack, running

Sit = Callable[..., Page]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Everything that `scrm up` runs. It finds a brand of 300 members already there, and makes no larger one."""
    var = tmp_path_factory.mktemp("stack") / "var"
    try:
        seed_small_brand(embedded.start(var, durable=False).database_url)
    finally:
        embedded.stop(var)
    with running(var, SCRM_DEMO="1") as stack:
        yield stack


def seed_small_brand(database_url: str) -> None:
    migrate(database_url)
    database = Database(database_url)
    demo.seed(database, members=300, say=lambda _: None, now=utcnow())
    database.close()


@pytest.fixture(scope="module")
def address(stack: Stack) -> str:
    """Where people find it: the name that its links and its cookies use."""
    return f"http://localhost:{stack.port}"


@pytest.fixture
def person(address: str, browser: Browser) -> Iterator[Sit]:
    """``person(locale="zh-CN", ...)``: a page in a browser of its own. No page may break while it is used."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def sit(**options: Any) -> Page:
        context = browser.new_context(base_url=address, **options)
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda raised: faults.append(str(raised.error)))
        context.on("response", lambda answer: faults.extend(_broken(answer)))
        context.on("console", lambda message: faults.extend(_forbidden(message)))
        contexts.append(context)
        return context.new_page()

    yield sit
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def desk(person: Sit) -> Sit:
    """``desk()``: a computer at headquarters, in English."""
    return lambda: person(viewport={"width": 1440, "height": 900}, locale="en-US")


@pytest.fixture
def phone(person: Sit, playwright: Playwright) -> Sit:
    """``phone()``: a phone whose owner reads Chinese."""
    return lambda: person(**playwright.devices["iPhone 13"], locale="zh-CN")


def _broken(answer: Response) -> list[str]:
    return [f"{answer.status} {answer.url}"] if answer.status >= 500 else []


def _forbidden(message: ConsoleMessage) -> list[str]:
    """What the page's own content security policy forbade it."""
    return [message.text] if "Content Security Policy" in message.text else []
