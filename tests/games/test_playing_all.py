"""Every game played to its end in a real browser, through the real frame, on a real server; only time is hurried."""

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

import games
from campaigns import GameRound

from .arcade import Hall, answer_to_the_end, hands_of, play_to_the_end, visit

pytestmark = pytest.mark.browser

GAMES = list(games.discover().values())
EVERY_SKILL = pytest.mark.parametrize(
    "game", [game for game in GAMES if game.kind == "skill"], ids=lambda game: game.slug
)
EVERY_CHANCE = pytest.mark.parametrize(
    "game", [game for game in GAMES if game.kind == "chance"], ids=lambda game: game.slug
)
EVERY_ASKED = pytest.mark.parametrize(
    "game", [game for game in GAMES if game.kind == "asked"], ids=lambda game: game.slug
)
PACE_OF_CHANCE = 6


@EVERY_SKILL
@pytest.mark.parametrize(("player", "language"), [("beginner", "en"), ("expert", "zh")])
def test_it_is_played_to_its_end(
    game: games.Game, player: str, language: str, hall: Hall, browser: Browser
) -> None:
    """The beginner is called away in the middle of it, which changes nothing."""
    phone = visit(hall, browser, game, language)
    phone.fits()
    page = phone.page
    played = play_to_the_end(page, game, player, called_away=player == "beginner")
    assert played["state"] == "result", page.inner_text("[data-message]")
    counted = last_round(hall)
    # What the rules made on the page, what the server made of the recording, and what the sheet shows.
    assert (counted.game, counted.state, counted.reason, counted.flags) == (game.slug, "scored", None, [])
    assert (played["value"], played["tie"]) == (counted.score, counted.tie)
    assert page.inner_text('#result [data-slot="score"]') == written(game, played["value"])
    phone.went_well()


@EVERY_ASKED
@pytest.mark.parametrize(("player", "language"), [("beginner", "en"), ("expert", "zh")])
def test_it_is_answered_to_its_end(
    game: games.Game, player: str, language: str, hall: Hall, browser: Browser
) -> None:
    """The beginner presses the answers, the expert has keys; both think as long as they do in the measurements."""
    phone = visit(hall, browser, game, language)
    phone.fits()
    page = phone.page
    played = answer_to_the_end(phone, hall, player, by_keys=player == "expert")
    page.wait_for_selector("#result[open]")
    counted = last_round(hall)
    assert (counted.game, counted.state, counted.reason, counted.flags) == (game.slug, "scored", None, [])
    assert counted.score
    # Between the phone and the server lie some hundredths of a second of each answer.
    assert abs(counted.score - played.score.value) <= 5 * len(played.answers)
    assert page.inner_text('#result [data-slot="score"]') == written(game, counted.score)
    phone.went_well()


@EVERY_CHANCE
def test_the_draw_is_shown_for_what_it_is(game: games.Game, hall: Hall, browser: Browser) -> None:
    phone = visit(hall, browser, game)
    phone.fits()
    page = phone.page
    page.evaluate(f"clock.pace = {PACE_OF_CHANCE}")
    with page.expect_response("**/plays") as answered:
        page.click("[data-start]")
    hands = hands_of(game)
    if hands:
        hands.play(page)
    page.wait_for_selector("#result[open]")
    drawn = answered.value.json()["prize"]
    assert page.inner_text('#result [data-slot="prize"]') == drawn["name"]["en"]
    # What stands on the stage, as the scene reads it off its own picture.
    assert page.evaluate("document.querySelector('[data-stage]').shows()") == drawn["no"]
    phone.went_well()


def last_round(hall: Hall) -> GameRound:
    with hall.database.transaction() as db:
        return db.scalars(select(GameRound).order_by(GameRound.started_at.desc()).limit(1)).one()


def written(game: games.Game, value: int) -> str:
    assert game.scoring
    return f"{-(-value // 10) / 100:.2f}" if game.scoring.unit == "ms" else str(value)
