"""Who has no chance left is told which bound was met, and is sent to earn one only where one would help."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from center_core.kit import Database
from tests.make import campaign as making

from .conftest import Club

PATH = "/c/but-twice"
EARN = "Earn one in the challenge"
BOUNDS = {
    "none is left": ({"free": 2}, "You have no chance left for now.", True),
    "none is left of those that are allowed": (
        {"free": 9, "plays": 2},
        "You have played as often as this campaign allows.",
        False,
    ),
    "none is left of today's": (
        {"free": 9, "plays_per_day": 2},
        "You have played as often as is allowed today.",
        False,
    ),
}


@pytest.mark.parametrize(("limits", "told", "can_earn"), BOUNDS.values(), ids=BOUNDS)
def test_the_draw_says_why_there_is_none(
    club: Club, phone: FlaskClient, database: Database, limits: dict[str, int], told: str, can_earn: bool
) -> None:
    with database.transaction() as db:
        making.live(db, now=club.at, slug="but-twice", **{**making.challenge(), "limits": limits})
    assert page(phone)["allowed"] == (None if can_earn else 2)
    for number in range(2):
        played = phone.post(f"{PATH}/plays", headers={"Idempotency-Key": f"play-{number:04d}"})
        assert played.status_code == 200
    draw = phone.get(f"{PATH}/play?lang=en").text
    assert f"<p>{told}</p>" in draw
    assert (EARN in draw) is can_earn
    assert page(phone)["allowed"] == (None if can_earn else 0)
    # Whoever is out of plays can still run for the leaderboard.
    assert 'data-in="loading ready starting">Start</button>' in phone.get(f"{PATH}/challenge?lang=en").text


def page(phone: FlaskClient) -> dict[str, Any]:
    """What the draw's page tells its script."""
    told: dict[str, Any] = json.loads(
        re.findall(r'id="play">(.*?)</script>', phone.get(f"{PATH}/play").text, re.DOTALL)[0]
    )
    return told
