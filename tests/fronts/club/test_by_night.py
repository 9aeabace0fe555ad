"""The colours in which a campaign's games are shown."""

import re

import pytest
from flask.testing import FlaskClient

import games
from center_core.kit import Database, utcnow
from scrm.fronts.pictures.colour import contrast
from scrm.fronts.theme import READABLE_AT_NIGHT, WHITE
from tests.games.arcade import campaign_with
from tests.make import campaign as making

from .conftest import Club


@pytest.mark.parametrize("slug", ["sprint", "quiz", "wheel"])
def test_games_of_skill_are_played_by_night(
    slug: str, phone: FlaskClient, club: Club, database: Database
) -> None:
    """What their scenes write is white; a game of chance stands on the ground that was picked."""
    game = games.game(slug)
    theme = {**making.draft()["theme"], "ground": WHITE}
    with database.transaction() as db:
        live = making.live(db, now=utcnow(), **campaign_with(game, {}), theme=theme)
    page = phone.get(f"/c/{live.slug}/{'play' if game.kind == 'chance' else 'challenge'}").text
    ground = re.findall(r'<div class="game [^>]*--theme-ground:(#[0-9a-f]{6})', page)[0]
    if game.kind == "chance":
        assert ground == WHITE
    else:
        assert contrast(WHITE, ground) >= READABLE_AT_NIGHT
