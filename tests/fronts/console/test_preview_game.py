"""The games of a draft on the editor's phone, played for nothing."""

import base64
import json
import re
from typing import Any

import pytest

import games
from games.players import perform
from tests import make

from .conftest import Desk
from .test_editor import Desks, begun, revision
from .test_editor_pictures import brought

HEADERS = {"Accept-Language": "en", "Idempotency-Key": "one", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def marketer(desk: Desks) -> Desk:
    return desk("marketer")


def page_of(desk: Desk, path: str, part: str) -> dict[str, Any]:
    answer = desk.get(f"{path}/preview/{part}").get_data(as_text=True)
    found: dict[str, Any] = json.loads(re.findall(r'id="play">(.*?)</script>', answer, re.DOTALL)[0])
    return found


def asked(desk: Desk, address: str, **body: Any) -> Any:
    return desk.client.post(address, json=body, headers=HEADERS)


def test_the_draw_wears_the_drafts_pictures_and_can_be_played(marketer: Desk) -> None:
    path = begun(marketer)
    brought(marketer, path, make.picture())
    page = page_of(marketer, path, "draw")
    assert page["pictures"].keys() == {"hub"}
    played = asked(marketer, page["urls"]["plays"])
    assert played.json["prize"]["no"] in (1, 2)


def test_a_round_of_the_challenge_is_judged_and_remembered_nowhere(marketer: Desk) -> None:
    path = begun(marketer, "challenge")
    page = page_of(marketer, path, "challenge")
    begun_round = asked(marketer, page["urls"]["rounds"]).json
    seed, config = begun_round["seed"], begun_round["config"]
    done = perform(games.game("sprint"), "expert", seed=seed, luck=1, config=config)
    inputs = base64.urlsafe_b64encode(done.inputs).decode().rstrip("=")
    address = page["urls"]["result"].replace("ROUND", begun_round["round"])
    assert asked(marketer, address, inputs=inputs).json["score"]["value"] == done.value
    assert asked(marketer, address, inputs="AAAA").status_code == 409
    assert asked(marketer, address, inputs="###").status_code == 409
    assert asked(marketer, page["urls"]["result"].replace("ROUND", "x"), inputs=inputs).status_code == 404


def test_settings_that_are_not_valid_yet_do_not_hide_the_game(marketer: Desk) -> None:
    path = begun(marketer)
    form = {
        "revision": revision(marketer.get(f"{path}/edit").get_data(as_text=True)),
        "game.config.turns": "99",
    }
    marketer.post(f"{path}/draft", form, script=True)
    assert page_of(marketer, path, "draw")["config"]["turns"] == 3


def test_a_wheel_has_no_challenge_to_show(marketer: Desk) -> None:
    path = begun(marketer)
    assert 'id="play"' not in marketer.get(f"{path}/preview/challenge").get_data(as_text=True)


@pytest.mark.parametrize("end", ["plays", "rounds"])
def test_only_our_own_pages_and_people_ask(desk: Desks, marketer: Desk, end: str) -> None:
    path = begun(marketer, "challenge")
    address = f"/console{path}/preview/{end}"
    foreign = {**HEADERS, "Sec-Fetch-Site": "cross-site"}
    assert marketer.client.post(address, json={}, headers=foreign).status_code == 403
    marketer.client.delete_cookie("staff")
    assert asked(marketer, address).status_code in (302, 401)
