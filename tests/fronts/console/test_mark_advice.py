"""The editor tells when a score that earns chances does not fit the game, and puts a fitting one in its place."""

import re
from typing import Any

import pytest
from sqlalchemy import text

from center_core.kit import Database
from scrm.fronts.console.mark_advice import advice

from .conftest import Desk
from .test_editor import Desks, begun, complaints, revision

MARK = "challenge.grants.0.reach"
SAID = re.compile(
    r'data-advice="([^"]*)".*?<span>(.*?)</span>.*?value="(fit-mark:\d)">(.*?)</button>', re.DOTALL
)


@pytest.fixture
def marketer(desk: Desks) -> Desk:
    return desk("marketer")


def test_a_shorter_race_is_told_and_mended_with_one_press(marketer: Desk, database: Database) -> None:
    path = begun(marketer, "challenge")
    page = marketer.get(f"{path}/edit").get_data(as_text=True)
    assert not SAID.findall(page)

    changed = {"revision": revision(page), "challenge.game.config.length": "short"}
    panel = marketer.post(f"{path}/draft", changed, script=True).get_data(as_text=True)
    field, said, change, button = SAID.findall(panel)[0]
    assert field == MARK
    assert "No hurdle" in said
    assert " s." in said
    # It is advice, and stops nothing.
    assert MARK not in complaints(panel)

    answer = marketer.post(f"{path}/draft", {"revision": revision(panel), "change": change, "step": "game"})
    assert answer.headers["Location"].endswith("/edit#game")
    with database.transaction() as db:
        mark = db.scalar(text("select draft #>> '{challenge,grants,0,reach}' from campaign"))
    assert mark in button
    assert mark != "20000"
    assert not SAID.findall(marketer.get(f"{path}/edit").get_data(as_text=True))


@pytest.mark.parametrize(
    "challenge",
    [None, [], {}, {"game": None}, {"game": {"slug": "nothing"}}, {"game": {"slug": "stack"}, "grants": "x"},
     {"game": {"slug": "stack", "config": {"seconds": 900}}, "grants": [{"reach": None}]}],
)  # fmt: skip
def test_a_draft_in_any_state_can_be_looked_at(challenge: Any) -> None:
    assert advice({"challenge": challenge}) == []
