"""From what is typed in the editor to the draft, and back."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from campaigns.definition import Theme
from scrm.fronts import i18n
from scrm.fronts.console.draft_changes import apply_change
from scrm.fronts.console.draft_fields import FIELDS, get
from scrm.fronts.console.draft_form import DraftForm, changed_paths, write
from scrm.fronts.console.field_names import NAMES
from scrm.fronts.console.typed import plain, scaled
from tests.make import campaign as make_campaign


@pytest.fixture(scope="module", autouse=True)
def reader() -> Iterator[None]:
    """Texts are told in English; no database is needed for any of this."""
    app = Flask(__name__)
    i18n.init_app(app, "en")
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


@pytest.fixture
def draft() -> dict[str, Any]:
    return make_campaign.draft()


@pytest.mark.parametrize(
    ("path", "typed", "meant"),
    [
        ("title.en", "  Snow  ", "Snow"),
        ("title.en", "a\x00b", "ab"),
        ("period.starts_at", "2026-11-20T12:00", "2026-11-20T04:00:00+00:00"),
        ("period.starts_at", "", None),
        ("prizes.0.odds_ppm", "12.5", 125_000),
        ("prizes.0.odds_ppm", "0.0001", 1),
        ("prizes.0.odds_ppm", "", 0),
        ("prizes.0.value_fen", "1,299.50", 129_950),
        ("prizes.0.value_fen", "¥50", 5_000),
        ("prizes.0.stock", "", None),
        ("prizes.0.stock", "1000", 1_000),
        ("prizes.0.stock", "-3", -3),
        ("limits.plays", "", None),
        ("limits.free", "", 0),
        ("entry.tags", "vip，ski; 雪友", ["vip", "ski", "雪友"]),
        ("game.config.sectors", "10", 10),
    ],
)
def test_what_is_typed_is_what_is_meant(draft: dict[str, Any], path: str, typed: str, meant: Any) -> None:
    form = write(draft, MultiDict([(path, typed)]))
    assert form.errors == {}
    assert get(form.draft, path) == meant


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("prizes.0.stock", "many"),
        ("prizes.0.stock", "1.5"),
        ("prizes.0.odds_ppm", "0.00001"),
        ("prizes.0.odds_ppm", "NaN"),
        ("prizes.0.odds_ppm", "Infinity"),
        ("prizes.0.value_fen", "1e30"),
        ("prizes.0.value_fen", "9.999"),
        ("period.ends_at", "tomorrow"),
    ],
)
def test_what_cannot_be_read_is_told_and_leaves_the_draft_alone(
    draft: dict[str, Any], path: str, typed: str
) -> None:
    form = write(draft, MultiDict([(path, typed)]))
    assert list(form.errors) == [path]
    assert get(form.draft, path) == get(draft, path)


@pytest.mark.parametrize(
    "path",
    ["csrf_token", "seed", "prizes.0.no", "prizes.0.fallback", "prizes.7.stock", "game.slug", "game.config.unknown",
     "prizes.x.stock", "records_years", "type", "title.en.deep"],
)  # fmt: skip
def test_no_form_reaches_what_the_editor_does_not_show(draft: dict[str, Any], path: str) -> None:
    form = write(draft, MultiDict([(path, "5")]))
    assert changed_paths(draft, form.draft) == []


def test_a_prize_of_another_kind_forgets_what_it_gave(draft: dict[str, Any]) -> None:
    form = write(draft, MultiDict([("prizes.0.kind", "none")]))
    assert form.draft["prizes"][0].keys().isdisjoint({"points", "template_id"})


def test_the_form_shows_what_was_typed(draft: dict[str, Any]) -> None:
    typed = {
        "prizes.0.odds_ppm": "12.5",
        "period.starts_at": "2026-11-20T12:00",
        "prizes.0.value_fen": "1299.5",
    }
    form = write(draft, MultiDict(typed))
    assert {path: form[path] for path in typed} == typed
    assert DraftForm({"game": {"slug": "wheel"}})["game.config.sectors"] != ""


def test_a_flat_curve_is_no_curve(draft: dict[str, Any]) -> None:
    flat = write(draft, MultiDict([(f"draw.curve.{hour}", "50") for hour in range(24)]))
    peak = write(draft, MultiDict([(f"draw.curve.{hour}", str(hour)) for hour in range(24)]))
    assert flat.draft["draw"]["curve"] == []
    assert peak.draft["draw"]["curve"] == list(range(24))


@given(number=st.integers(-(10**12), 10**12), places=st.integers(0, 4))
def test_numbers_survive_being_shown_and_typed_again(number: int, places: int) -> None:
    assert scaled(plain(number, places), places) == number


def test_rows_come_and_go(draft: dict[str, Any]) -> None:
    apply_change(draft, "add-prize")
    assert [prize["no"] for prize in draft["prizes"]] == [1, 9, 10]
    apply_change(draft, "make-fallback:2")
    assert [bool(prize.get("fallback")) for prize in draft["prizes"]] == [False, False, True]
    apply_change(draft, "remove-prize:0")
    apply_change(draft, "remove-prize:17")
    assert [prize["no"] for prize in draft["prizes"]] == [9, 10]


def test_a_text_left_blank_is_the_games_own_again(draft: dict[str, Any]) -> None:
    field = "game.texts.zh.start"
    typed = write(draft, MultiDict({field: " 转起来 ", "game.texts.en.start": ""}))
    assert typed.draft["game"]["texts"] == {"zh": {"start": "转起来"}}
    assert "texts" not in write(typed.draft, MultiDict({field: " "})).draft["game"]


def test_complaints_and_history_have_a_name_for_every_field() -> None:
    written = {part for path in FIELDS for part in path.split(".") if part.isidentifier()}
    assert written | Theme.model_fields.keys() <= NAMES.keys()
