"""A member's and a guide's phone in a real browser, over real realtime processes and a real web server."""

import signal
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Thread
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from redis import Redis
from werkzeug.serving import make_server

from center_core import user
from center_core.kit import Database, utcnow
from center_core.member import Member
from scrm.app import create_app
from scrm.config import Config
from scrm.embedded import Addresses
from scrm.engagement import conversation
from scrm.engagement.conversation import TEXT, Draft, Sender, written
from scrm.fronts import identity
from scrm.live import Live, staff_room
from tests import make
from tests.conftest import PATIENCE

from .conftest import Processes, free_port, two_processes

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def config(database: Database, servers: Addresses, tmp_path_factory: pytest.TempPathFactory) -> Config:
    """The settings that web and realtime share; each knows the other's address."""
    realtime_port = free_port()
    return Config(
        database_url=database.url,
        redis_url=servers.redis_url,
        secret_key="a-secret-for-tests-only-" + "0" * 16,
        var=tmp_path_factory.mktemp("var"),
        public_url=f"http://127.0.0.1:{free_port()}",
        realtime_url=f"http://127.0.0.1:{realtime_port}",
        realtime_port=realtime_port,
    )


@pytest.fixture
def realtime(config: Config) -> Iterator[Processes]:
    """Processes of the test's own: one test kills them."""
    with two_processes(config) as processes:
        yield processes


@dataclass
class Two:
    """The phones of a member and of their guide, each on the page of their conversation."""

    member: Page
    guide: Page
    who: Member
    staff: user.Staff

    def write(self, page: Page, words: str) -> None:
        page.locator(".composer textarea").fill(words)
        page.locator(".composer-send").click()


@pytest.fixture
def two(config: Config, database: Database, realtime: Processes, browser: Browser) -> Iterator[Two]:
    app = create_app(config, database=database)
    server = make_server("127.0.0.1", int(config.public_url.rpartition(":")[2]), app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    with database.transaction() as db:
        store = make.store(db)
        guide = make.guide(db, store)
        who = make.member(db, name="林晚舟", store=store, guide=guide, now=utcnow())
    with app.test_request_context():
        signed_in = identity.sign_in_staff(app.response_class(), guide).headers["Set-Cookie"]
        staff_token = signed_in.split(";")[0].removeprefix("staff=")
        tokens = {"club": identity.member_token(who.member_id), "staff": staff_token}
    phones = {name: _phone(browser, config, name, token) for name, token in tokens.items()}
    yield Two(
        _opened(phones["club"], f"{config.public_url}/chat"),
        _opened(phones["staff"], f"{config.public_url}/guide/conversations/{who.member_id}"),
        who,
        guide,
    )
    for context in phones.values():
        context.close()
    server.shutdown()


def _phone(browser: Browser, config: Config, cookie: str, token: str) -> BrowserContext:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    context.add_cookies([{"name": cookie, "value": token, "url": config.public_url}])
    return context


def _opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    return page


def shown(page: Page, words: str) -> None:
    expect(page.locator(".bubble[data-seq]", has_text=words)).to_have_count(1, timeout=PATIENCE)


def caught_up(page: Page) -> None:
    """What came over HTTP is told by relay and worker, which do not run here: the phone is made to ask."""
    page.evaluate("window.dispatchEvent(new Event('online'))")


def words_of(page: Page) -> list[str]:
    return page.locator(".bubble[data-seq] > p").all_inner_texts()


def test_they_talk_and_see_each_other(two: Two) -> None:
    expect(two.guide.locator(".is-here")).to_be_visible(timeout=PATIENCE)
    two.write(two.member, "有蓝色的吗？")
    shown(two.guide, "有蓝色的吗？")
    two.write(two.guide, "有的")
    shown(two.member, "有的")
    expect(two.guide.locator(".is-read")).to_have_count(1, timeout=PATIENCE)
    assert words_of(two.member) == words_of(two.guide) == ["有蓝色的吗？", "有的"]


def test_a_lost_connection_keeps_what_was_written_and_loses_nothing(two: Two) -> None:
    two.write(two.member, "before")
    shown(two.guide, "before")
    two.member.context.set_offline(True)
    two.write(two.member, "in the tunnel, one")
    two.write(two.member, "in the tunnel, two")
    expect(two.member.locator(".bubble.pending")).to_have_count(2)
    two.write(two.guide, "are you there?")
    two.member.context.set_offline(False)
    shown(two.member, "in the tunnel, two")
    caught_up(two.guide)
    for page in (two.member, two.guide):
        shown(page, "in the tunnel, two")
        shown(page, "are you there?")
    expect(two.member.locator(".bubble.pending")).to_have_count(0)
    assert words_of(two.member) == words_of(two.guide)
    assert len(words_of(two.member)) == 4


def test_what_was_written_without_a_connection_outlives_the_page(two: Two) -> None:
    shown_before = two.member.url
    two.member.route("**/chat/messages", lambda route: route.abort())
    two.member.context.route("**/socket.io/**", lambda route: route.abort())
    two.member.reload()
    two.member.context.set_offline(True)
    two.write(two.member, "keep me")
    expect(two.member.locator(".bubble.pending")).to_have_count(1)
    two.member.context.set_offline(False)
    two.member.unroute("**/chat/messages")
    two.member.goto(shown_before)
    shown(two.member, "keep me")
    caught_up(two.guide)
    shown(two.guide, "keep me")


def test_without_any_realtime_process_they_still_talk(two: Two, realtime: Processes) -> None:
    for process in realtime.running:
        process.send_signal(signal.SIGKILL)
    two.write(two.member, "by the other way")
    shown(two.member, "by the other way")
    shown(two.guide, "by the other way")
    two.write(two.guide, "I hear you")
    shown(two.member, "I hear you")
    assert words_of(two.member) == words_of(two.guide)


def test_the_tab_counts_conversations_that_wait_and_not_messages(two: Two) -> None:
    conversation_page = two.guide.url
    two.guide.goto(f"{conversation_page.partition('/conversations')[0]}/today")
    count = two.guide.locator(".tabs .count")
    for words in ("Hello?", "Is", "anybody there?"):
        two.write(two.member, words)
        shown(two.member, words)
        expect(count).to_have_text("1")
    two.guide.wait_for_timeout(1000)
    expect(count).to_have_text("1")
    two.guide.reload()
    expect(count).to_have_text("1")
    with two.guide.context.expect_event("response", lambda answer: answer.url.endswith("/read")):
        _opened(two.guide.context, conversation_page)
    two.guide.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(count).to_have_count(0)


def test_messages_missed_while_the_line_was_down_are_listed_and_counted(
    two: Two, database: Database, redis: "Redis[bytes]"
) -> None:
    with two.guide.expect_response("**/guide/conversations?show=all"):
        two.guide.goto(two.guide.url.rpartition("/")[0])
    missed = "Nobody told of this"
    with database.transaction() as db:
        row = conversation.open_with_guide(db, member_id=two.who.member_id, now=utcnow())
        said = Draft(
            member_id=row.member_id, conversation_id=row.id, client_id=uuid4(),
            sender=Sender("member", row.member_id), kind=TEXT, body=written(missed),
        )  # fmt: skip
        conversation.post(db, said, now=utcnow())
    Live(redis).tell([staff_room(two.staff.id)], "resync", {})
    expect(two.guide.locator("#conversations")).to_contain_text(missed)
    expect(two.guide.locator(".tabs .count")).to_have_text("1")
