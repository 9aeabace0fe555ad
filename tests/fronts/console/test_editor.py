"""A marketer builds a campaign, is told what stops it, and publishes it; two of them do not overwrite each other."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest

import campaigns
from center_core import user
from center_core.kit import Database, utcnow
from tests import make
from tests.make import campaign as making

from .conftest import Desk

Desks = Callable[..., Desk]


@pytest.fixture
def template_id(database: Database) -> UUID:
    now = utcnow()
    with database.transaction() as db:
        return make.template(db, now=now, name={"en": "¥50 off", "zh": "五十元券"}).id


def begun(desk: Desk, type: str = "wheel") -> str:
    """The path of a campaign that was just begun from a template."""
    answer = desk.post("/campaigns/new", {"type": type, "slug": "winter-wheel"})
    assert answer.status_code == 302
    return answer.headers["Location"].removeprefix("/console").removesuffix("/edit")


def revision(page: str) -> str:
    return re.findall(r'name="revision" value="(\d+)"', page)[0]


def complaints(page: str) -> dict[str, str]:
    """What the panel says still stops publication, by field."""
    found = re.findall(r'data-field="([^"]*)".*?data-text>(.*?)</span>', page, re.DOTALL)
    return {field: text.strip() for field, text in found}


def test_from_template_to_published(desk: Desks, database: Database, template_id: UUID) -> None:
    marketer = desk("marketer")
    path = begun(marketer)
    page = marketer.get(f"{path}/edit").get_data(as_text=True)
    added = marketer.post(
        f"{path}/draft", {"revision": revision(page), "change": "add-prize", "step": "prizes"}
    )
    assert added.headers["Location"].endswith("/edit#prizes")

    page = marketer.get(f"{path}/edit").get_data(as_text=True)
    last = max(map(int, re.findall(r'name="prizes\.(\d+)\.kind"', page)))
    prize = f"prizes.{last}"
    typed = {
        "revision": revision(page),
        f"{prize}.name.en": "A thousand vouchers",
        f"{prize}.name.zh": "一千张礼品券",
        f"{prize}.kind": "gift",
        f"{prize}.stock": "1000",
        f"{prize}.odds_ppm": "5",
    }
    panel = marketer.post(f"{path}/draft", typed, script=True).get_data(as_text=True)
    assert complaints(panel) == {f"{prize}.template_id": "Choose the coupon that this prize gives."}

    typed = {
        "revision": revision(panel),
        f"{prize}.template_id": str(template_id),
        "limits.free_per_day": "3",
    }
    panel = marketer.post(f"{path}/draft", typed, script=True).get_data(as_text=True)
    assert complaints(panel) == {f"{prize}.value_fen": "State what this prize is worth."}
    refused = marketer.post(f"{path}/publication", {"revision": revision(panel)})
    assert refused.status_code == 409
    assert "State what this prize is worth." in refused.get_data(as_text=True)

    panel = marketer.post(
        f"{path}/draft", {"revision": revision(panel), f"{prize}.value_fen": "50"}, script=True
    ).get_data(as_text=True)
    assert complaints(panel) == {}
    assert "Nothing stops publication." in panel
    page = marketer.get(f"{path}/publication").get_data(as_text=True)
    assert "A thousand vouchers" in page
    published = marketer.post(f"{path}/publication", {"revision": revision(page)})
    assert published.headers["Location"].endswith("/share")

    with database.transaction() as db:
        it = campaigns.by_slug(db, "winter-wheel")
        assert (it.state in ("running", "scheduled"), it.version) == (True, 1)
        assert campaigns.stocks(db, it.id)[max(campaigns.stocks(db, it.id))].left_over == 1000
        verbs = [entry.verb for entry in user.audit_log(db, subject=f"campaign:{it.id}").rows]
    assert verbs == ["campaign.publish", *["campaign.edit"] * 4, "campaign.create"]


def test_what_cannot_be_read_is_told_at_its_field_and_nothing_is_lost(desk: Desks) -> None:
    marketer = desk("marketer")
    path = begun(marketer)
    page = marketer.get(f"{path}/edit").get_data(as_text=True)
    typed = {"revision": revision(page), "prizes.0.stock": "many", "title.en": "Kept all the same"}
    panel = marketer.post(f"{path}/draft", typed, script=True).get_data(as_text=True)
    assert complaints(panel)["prizes.0.stock"] == "Please enter a number."
    assert 'value="Kept all the same"' in marketer.get(f"{path}/edit").get_data(as_text=True)
    without_script = marketer.post(f"{path}/draft", {**typed, "revision": revision(panel)})
    assert without_script.status_code == 422
    assert "Please enter a number." in without_script.get_data(as_text=True)


@pytest.mark.parametrize(
    ("typed", "field", "text"),
    [
        ({"prizes.0.odds_ppm": "120"}, "prizes.0.odds_ppm", "Odds cannot exceed 100 %."),
        ({"prizes.0.stock": "-1"}, "prizes.0.stock", "A stock cannot be negative."),
        (
            {"period.starts_at": "2026-12-02T00:00", "period.ends_at": "2026-12-01T00:00"},
            "period.ends_at",
            "The end must lie after the start.",
        ),
        ({"title.zh": ""}, "title.zh", "This is needed."),
        ({"game.config.sectors": "5000"}, "game.config.sectors", "At most 12."),
    ],
    ids=["odds over 100 %", "negative stock", "end before start", "no title", "setting too large"],
)
def test_a_campaign_that_must_not_be_published_says_why(
    desk: Desks, typed: dict[str, str], field: str, text: str
) -> None:
    marketer = desk("marketer")
    path = begun(marketer)
    page = marketer.get(f"{path}/edit").get_data(as_text=True)
    panel = marketer.post(f"{path}/draft", {"revision": revision(page), **typed}, script=True)
    assert complaints(panel.get_data(as_text=True)) == {field: text}
    page = marketer.get(f"{path}/publication").get_data(as_text=True)
    assert page.count(text) == 1
    marketer.post(f"{path}/publication", {"revision": revision(page)})
    assert "Draft" in marketer.get("/campaigns").get_data(as_text=True)


def test_two_editors_do_not_overwrite_each_other(desk: Desks) -> None:
    ming, li = desk("marketer"), desk("marketer")
    path = begun(ming)
    seen = revision(ming.get(f"{path}/edit").get_data(as_text=True))
    assert (
        ming.post(f"{path}/draft", {"revision": seen, "title.en": "Ming's"}, script=True).status_code == 200
    )

    late = li.post(f"{path}/draft", {"revision": seen, "title.en": "Li's"}, script=True)
    assert late.status_code == 409
    assert "Somebody else has saved this campaign meanwhile." in late.get_data(as_text=True)
    assert "Ming&#39;s" in ming.get(f"{path}/edit").get_data(as_text=True)

    typed = {"revision": seen, "title.en": "Li's", "change": "add-prize"}
    without_script = li.post(f"{path}/draft", typed).get_data(as_text=True)
    assert "Li&#39;s" in without_script
    assert "Ming&#39;s" in ming.get(f"{path}/edit").get_data(as_text=True)

    # The page after a refusal does not save over Ming's either, unless its one button that says so is pressed.
    for page in (late.get_data(as_text=True), without_script):
        typed = {"revision": revision(page), "title.en": "Li's"}
        assert li.post(f"{path}/draft", typed, script=True).status_code == 409
        over = re.findall(r'name="over" value="(\d+)"', page)
        assert over == ["2"]
    assert li.post(f"{path}/draft", {**typed, "over": over[0]}, script=True).status_code == 200
    assert "Li&#39;s" in li.get(f"{path}/edit").get_data(as_text=True)


def test_only_what_was_looked_through_is_published(desk: Desks, database: Database) -> None:
    with database.transaction() as db:
        it = making.campaign(db, now=utcnow())
    path = f"/campaigns/{it.id}/publication"
    approver = desk("approver")
    looked_through = revision(approver.get(path).get_data(as_text=True))
    with database.transaction() as db:
        making.edited(db, it.id, {"title": {"en": "Another title", "zh": "别的标题"}})
    for sent in ({"revision": looked_through}, {}):
        refused = approver.post(path, sent)
        page = refused.get_data(as_text=True)
        assert refused.status_code == 409
        assert "This campaign was saved again after you opened this page." in page
        assert "Another title" in page
    assert approver.post(path, {"revision": revision(page)}).headers["Location"].endswith("/share")
    with database.transaction() as db:
        assert campaigns.campaign(db, it.id).version == 1


def test_undo_and_redo_walk_through_the_saves(desk: Desks) -> None:
    marketer = desk("marketer")
    path = begun(marketer)
    page = marketer.get(f"{path}/edit").get_data(as_text=True)
    for title in ("First", "Second"):
        page = marketer.post(
            f"{path}/draft", {"revision": revision(page), "title.en": title}, script=True
        ).get_data(as_text=True)

    def press(page: str, button: str) -> str:
        form = page[page.index("draft/restoration") :]
        fields = dict(re.findall(r'name="(revision|top)" value="(\d*)"', form))
        goal = re.findall(rf'name="to" value="(\d+)"[^>]*>{button}<', form)[0]
        address = marketer.post(f"{path}/draft/restoration", {**fields, "to": goal}).headers["Location"]
        return marketer.get(address.removeprefix("/console")).get_data(as_text=True)

    titles = []
    for button in ("Undo", "Undo", "Redo", "Redo"):
        page = press(page, button)
        titles.append(re.findall(r'name="title\.en" value="([^"]*)"', page)[0])
    assert titles == ["First", "First Snow Wheel", "First", "Second"]
    assert 'value="None" disabled>Redo' in page
    history = marketer.get(f"{path}/history").get_data(as_text=True)
    assert history.count("Go back to this") == 6


def test_a_form_of_yesterday_cannot_reach_beyond_the_history(desk: Desks) -> None:
    marketer = desk("marketer")
    path = begun(marketer)
    answer = marketer.post(f"{path}/draft/restoration", {"revision": "1", "to": "77"})
    assert answer.status_code == 404


def test_the_preview_shows_a_draft_in_any_state(desk: Desks) -> None:
    marketer = desk("marketer")
    path = begun(marketer, type="challenge")
    page = marketer.get(f"{path}/edit").get_data(as_text=True)
    typed = {"revision": revision(page), "title.en": "", "period.ends_at": "", "prizes.0.odds_ppm": "900"}
    panel = marketer.post(f"{path}/draft", typed, script=True).get_data(as_text=True)
    preview = marketer.get(f"{path}/preview")
    assert preview.status_code == 200
    assert "Sprint through the snow" in preview.get_data(as_text=True)
    assert "frame-ancestors 'self'" in preview.headers["Content-Security-Policy"]

    for _ in range(3):
        change = {"revision": revision(panel), "change": "remove-prize:0"}
        marketer.post(f"{path}/draft", change)
        panel = marketer.get(f"{path}/edit").get_data(as_text=True)
    assert "as soon as there is a fallback prize" in marketer.get(f"{path}/preview").get_data(as_text=True)


def test_an_ended_campaign_is_not_edited_any_more(desk: Desks, database: Database) -> None:
    now = utcnow()
    with database.transaction() as db:
        live = making.live(db, now=now)
        campaigns.end(db, campaign_id=live.id, now=now)
    marketer = desk("marketer")
    assert marketer.get(f"/campaigns/{live.id}/edit").status_code == 409
    assert marketer.post(f"/campaigns/{live.id}/draft", {"revision": "1", "title.en": "x"}).status_code == 409


def test_a_published_promise_is_not_taken_back(desk: Desks, database: Database) -> None:
    with database.transaction() as db:
        live = making.live(db, now=utcnow())
    marketer = desk("marketer")
    path = f"/campaigns/{live.id}"
    page = marketer.get(f"{path}/edit").get_data(as_text=True)
    panel = marketer.post(
        f"{path}/draft", {"revision": revision(page), "prizes.0.odds_ppm": "1"}, script=True
    ).get_data(as_text=True)
    assert complaints(panel) == {"prizes.0.odds_ppm": "Published odds cannot be lowered."}


def test_pause_resume_and_end(desk: Desks, database: Database) -> None:
    with database.transaction() as db:
        live = making.live(db, now=utcnow())
    marketer = desk("marketer")
    states = []
    for step in ("pause", "pause", "resumption", "closure", "resumption"):
        marketer.post(f"/campaigns/{live.id}/{step}")
        with database.transaction() as db:
            states.append(campaigns.campaign(db, live.id).state)
    assert states == ["paused", "paused", "running", "ended", "ended"]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ({"type": "wheel", "slug": "ab"}, "Please fill this in."),
        ({"type": "wheel", "slug": "Big Letters"}, "Use small letters, digits and hyphens only."),
        ({"type": "wheel"}, "Please fill this in."),
        ({"type": "nonsense", "slug": "good-slug"}, "There is no such campaign type."),
        ({"type": "wheel", "slug": "taken"}, "Another campaign has this address."),
    ],
)
def test_a_new_campaign_needs_a_template_and_a_free_address(
    desk: Desks, database: Database, form: dict[str, str], text: str
) -> None:
    with database.transaction() as db:
        making.campaign(db, slug="taken")
    answer = desk("marketer").post("/campaigns/new", form)
    assert answer.status_code == 422
    assert text in answer.get_data(as_text=True)
