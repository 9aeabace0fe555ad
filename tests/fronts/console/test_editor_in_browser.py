"""The editor as people use it: it saves by itself, loses nothing when the line drops, and warns of another editor."""

import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from random import Random
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import APIResponse, Browser, FilePayload, Page, Route, expect
from werkzeug.serving import make_server

import campaigns
from center_core import user
from center_core.kit import Database
from scrm.fronts.identity import STAFF_COOKIE, sign_in_staff
from tests import make
from tests.make import campaign as making

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

# The editor saves 700 ms after the last change.
LONGER_THAN_THE_PAUSE = 1000


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address of the console, served to a real browser."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/console"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def campaign(database: Database) -> campaigns.Campaign:
    """A draft with 50 % odds for points."""
    with database.transaction() as db:
        return making.campaign(db)


@pytest.fixture
def editor(app: Flask, database: Database, site: str, browser: Browser, campaign: Any) -> Iterator[Open]:
    """``editor("#prizes")``: a marketer's own browser at the campaign's editor."""
    opened = []

    def sit_down(step: str = "", **options: Any) -> Page:
        with database.transaction() as db:
            staff: user.Staff = make.staff(db, role="marketer", password=None)
        with app.test_request_context():
            cookie = sign_in_staff(app.make_response(""), staff).headers["Set-Cookie"]
        context = browser.new_context(locale="en-US", **options)
        value = cookie.split(";")[0].removeprefix(f"{STAFF_COOKIE}=")
        context.add_cookies([{"name": STAFF_COOKIE, "value": value, "url": site}])
        page = context.new_page()
        opened.append((context, page))
        page.goto(f"{site}/campaigns/{campaign.id}/edit{step}")
        return page

    yield sit_down
    for context, _page in opened:
        context.close()


def saves_of(database: Database, campaign: campaigns.Campaign) -> int:
    with database.transaction() as db:
        return campaigns.campaign(db, campaign.id).draft_revision


def title_of(database: Database, campaign: campaigns.Campaign) -> str:
    with database.transaction() as db:
        return str(campaigns.campaign(db, campaign.id).draft["title"]["en"])


def test_it_saves_by_itself_and_the_phone_shows_it(
    editor: Open, database: Database, campaign: campaigns.Campaign
) -> None:
    page = editor()
    page.fill("[name='title.en']", "Autosaved")
    expect(page.frame_locator("[data-preview]").locator("h1").first).to_contain_text("Autosaved")
    assert title_of(database, campaign) == "Autosaved"


def test_odds_are_summed_and_complaints_stand_at_their_fields(editor: Open) -> None:
    page = editor("#prizes")
    page.fill("[name='prizes.0.odds_ppm']", "99.9999")
    expect(page.locator("[data-odds-sum]")).to_have_text("99.9999 %")
    expect(page.locator("[data-odds-rest]")).to_have_text("0.0001 %")
    page.fill("[name='prizes.0.odds_ppm']", "101")
    expect(page.locator("[data-odds-over]")).to_be_visible()
    expect(page.locator("[data-error-of='prizes.0.odds_ppm']")).to_have_text("Odds cannot exceed 100 %.")
    expect(page.locator("[data-lacking='prizes']")).to_have_text("1")
    page.click("a[data-step='basics']")
    page.click("#standing .complaints a")
    expect(page.locator("[name='prizes.0.odds_ppm']")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("10")
    expect(page.get_by_text("Nothing stops publication.")).to_be_visible()
    expect(page.locator("[data-error-of='prizes.0.odds_ppm']")).to_have_text("")


def test_a_lost_connection_costs_nothing(
    editor: Open, database: Database, campaign: campaigns.Campaign
) -> None:
    page = editor()
    page.context.set_offline(True)
    page.fill("[name='title.en']", "Typed in a tunnel")
    expect(page.locator("[data-save-state]")).to_contain_text("Not saved: no connection.")
    page.context.set_offline(False)
    expect(page.locator("[data-save-state]")).to_contain_text("Saved ·")
    assert title_of(database, campaign) == "Typed in a tunnel"


def test_a_preview_that_could_not_load_does_not_hide_that_the_draft_was_saved(editor: Open) -> None:
    page = editor()
    page.route("**/preview**", lambda route: route.abort())
    page.reload()
    page.fill("[name='title.en']", "Saved all the same")
    expect(page.locator("[data-save-state]")).to_contain_text("Saved ·")
    page.unroute("**/preview**")
    page.fill("[name='title.en']", "And shown again")
    expect(page.frame_locator("[data-preview]").locator("h1").first).to_contain_text("And shown again")


def test_two_editors_are_told_of_each_other(
    editor: Open, database: Database, campaign: campaigns.Campaign
) -> None:
    ming, li = editor(), editor()
    ming.fill("[name='title.en']", "Ming's")
    expect(ming.locator("[data-undo]")).to_be_enabled()
    li.fill("[name='title.en']", "Li's")
    expect(li.get_by_text("Somebody else changed this campaign")).to_be_visible()
    assert title_of(database, campaign) == "Ming's"
    expect(li.locator("[name='title.en']")).to_have_value("Li's")
    li.click("[data-keep-mine]")
    expect(li.locator("[data-save-state]")).to_contain_text("Saved ·")
    assert title_of(database, campaign) == "Li's"


def test_nothing_is_saved_over_a_colleague_by_typing_on(
    editor: Open, database: Database, campaign: campaigns.Campaign
) -> None:
    ming, li = editor(), editor()
    ming.fill("[name='title.en']", "Ming's")
    expect(ming.locator("[data-undo]")).to_be_enabled()
    li.fill("[name='title.en']", "Li's")
    question = li.get_by_text("Somebody else changed this campaign")
    expect(question).to_be_visible()
    li.fill("[name='title.en']", "Li's own")
    li.wait_for_timeout(LONGER_THAN_THE_PAUSE)
    li.keyboard.press("ControlOrMeta+s")
    li.click("a.step-link[href='#prizes']")
    li.click("[value='add-prize']")
    li.set_input_files("#f-game-pictures-hub input[type=file]", chosen_file(make.picture()))
    li.wait_for_timeout(LONGER_THAN_THE_PAUSE)
    expect(question).to_be_visible()
    expect(li.locator("[data-prize]")).to_have_count(2)
    assert (title_of(database, campaign), saves_of(database, campaign)) == ("Ming's", 2)
    with li.expect_event("dialog") as warning:
        li.close(run_before_unload=True)
    assert warning.value.type == "beforeunload"
    warning.value.dismiss()
    li.context.set_offline(True)
    li.click("[data-keep-mine]")
    expect(li.locator("[data-save-state]")).to_contain_text("Not saved: no connection.")
    li.context.set_offline(False)
    expect(li.locator("[data-save-state]")).to_contain_text("Saved ·")
    assert title_of(database, campaign) == "Li's own"


def test_nothing_is_saved_over_a_colleague_by_a_button_either(
    editor: Open, database: Database, campaign: campaigns.Campaign
) -> None:
    ming, li = editor(), editor("#prizes", viewport={"width": 390, "height": 844})
    ming.fill("[name='title.en']", "Ming's")
    expect(ming.locator("[data-undo]")).to_be_enabled()
    li.click("[value='add-prize']")
    expect(li.locator(".alert")).to_contain_text("Somebody else has saved this campaign meanwhile.")
    expect(li.locator("[data-prize]")).to_have_count(2)
    li.fill("[name='title.en']", "Li's")
    li.wait_for_timeout(LONGER_THAN_THE_PAUSE)
    li.click("a.step-link[href='#prizes']")
    # The question lies behind a button on so small a screen, and comes forward.
    expect(li.locator("[data-keep-mine]")).to_be_hidden()
    li.click("[value='add-prize']")
    expect(li.locator("[data-keep-mine]")).to_be_visible()
    assert (title_of(database, campaign), saves_of(database, campaign)) == ("Ming's", 2)
    li.click("[data-keep-mine]")
    expect(li.locator("[data-save-state]")).to_contain_text("Saved ·")
    assert title_of(database, campaign) == "Li's"


def test_undo_goes_back_from_what_was_just_typed(editor: Open) -> None:
    page = editor()
    title = page.locator("[name='title.en']")
    title.fill("First")
    expect(page.locator("[data-undo]")).to_be_enabled()
    title.fill("Second")
    page.click("[data-undo]")
    expect(title).to_have_value("First")
    page.get_by_role("button", name="Redo").click()
    expect(title).to_have_value("Second")


def test_undo_waits_for_the_save_under_way(editor: Open) -> None:
    page = editor()
    title = page.locator("[name='title.en']")
    title.fill("First")
    expect(page.locator("[data-undo]")).to_be_enabled()
    answered: list[tuple[Route, APIResponse]] = []
    page.route("**/draft", lambda route: answered.append((route, route.fetch())), times=1)
    with page.expect_request("**/draft"):
        title.fill("Second")
    page.click("[data-undo]", no_wait_after=True)
    while not answered:
        page.wait_for_timeout(20)
    route, answer = answered[0]
    route.fulfill(response=answer)
    expect(title).to_have_value("First")
    expect(page.get_by_text("Somebody else")).to_have_count(0)


def test_a_prize_is_added_without_losing_what_was_just_typed_and_taken_back(
    editor: Open, database: Database, campaign: campaigns.Campaign
) -> None:
    page = editor("#prizes", viewport={"width": 390, "height": 844})
    page.fill("[name='prizes.0.points']", "77")
    page.click("[value='add-prize']")
    expect(page.locator("[data-prize]")).to_have_count(3)
    expect(page.locator("#prizes")).to_be_visible()
    expect(page.locator("[name='prizes.0.points']")).to_have_value("77")
    page.click("text=Preview")
    page.click("[data-undo]")
    expect(page.locator("[data-prize]")).to_have_count(2)
    assert page.url.endswith("#prizes")


def test_a_picture_is_brought_and_seen_in_the_game(
    editor: Open, database: Database, campaign: campaigns.Campaign
) -> None:
    page = editor("#game")
    page.fill("[name='game.config.turns']", "5")
    page.set_input_files("#f-game-pictures-hub input[type=file]", chosen_file(b"no picture"))
    refusal = page.locator("#f-game-pictures-hub [data-refusal]")
    expect(refusal).to_have_text("This is no whole picture in PNG, JPEG or WebP.")
    # A photograph that is too heavy is made small before it travels.
    page.set_input_files("#f-game-pictures-hub input[type=file]", chosen_file(photograph()))
    thumb = page.locator("#f-game-pictures-hub img")
    expect(thumb).to_be_visible()
    expect(refusal).to_be_empty()
    address = thumb.get_attribute("src")
    page.click("[data-phone-page$='/draw']")
    hub = page.frame_locator("[data-preview]").locator(f".wheel-hub image[href$='{address}']")
    expect(hub).to_be_visible()
    with database.transaction() as db:
        game = campaigns.campaign(db, campaign.id).draft["game"]
    assert f"/pictures/{game['pictures']['hub']}.webp" == address
    assert game["config"]["turns"] == 5
    page.click("#f-game-pictures-hub [data-remove]")
    expect(thumb).to_have_count(0)
    page.click("[value='choose-game:game=egg']")
    told = page.locator(".alert-warning")
    expect(told).to_contain_text("Golden egg has no place for: Full turns before it stops.")
    # Also for whoever is further down the page.
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(told).to_be_in_viewport()


def chosen_file(content: bytes) -> FilePayload:
    return {"name": "hub.png", "mimeType": "image/png", "buffer": content}


def photograph() -> bytes:
    """Noise, which cannot be compressed: 1 MB."""
    out = BytesIO()
    Image.frombytes("RGB", (600, 600), Random(1).randbytes(1_080_000)).save(out, "PNG")
    return out.getvalue()
