"""Every game of skill is watched and raced in a browser: the film ends with the score that the server counted."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select

import campaigns
import games
from campaigns import GameRound
from center_core.kit import uuid7
from games.catalog import BUILT
from games.players import perform
from tests import make

from .arcade import Hall, Visit, play_to_the_end, visit

pytestmark = pytest.mark.browser

GAMES = [game for game in games.discover().values() if game.kind == "skill"]
FILM = "document.querySelector('.game').film"
SIDE_BY_SIDE = (Path(__file__).parent / "side_by_side.js").read_text()
THEME = {"ground": "#14306b", "onGround": "#f6f8fc", "accent": "#ffb84d", "onAccent": "#2b1700"}


def recorded(hall: Hall, game: games.Game, player: str = "beginner", luck: int = 1) -> campaigns.RoundResult:
    """A round of somebody else that counted."""
    live, now = hall.campaigns[game.slug], hall.now()
    with hall.database.transaction() as db:
        who = make.member(db, name="王小雪").member_id
        it = campaigns.start_round(db, live, member_id=who, key=uuid7().hex, now=now)
        played = perform(game, player, seed=it.seed, luck=luck, config={})
        return campaigns.finish_round(
            db, live, member_id=who, round_id=it.id, inputs=played.inputs, now=now + timedelta(seconds=91)
        )


def opened(hall: Hall, browser: Browser, game: games.Game, path: str) -> Visit:
    """A phone on a page of the game's campaign."""
    seen = visit(hall, browser, game)
    seen.page.goto(f"{hall.address}/c/{hall.campaigns[game.slug].slug}/{path}")
    return replace(seen, wrong=seen.wrong)


def frames(page: Page, milliseconds: int) -> None:
    """Let so much time pass on the page."""
    page.evaluate(
        "async (ms) => { for (let t = 0; t < ms; t += 48) { clock.advance(48); await clock.breathe(); } }",
        milliseconds,
    )


@pytest.mark.parametrize("game", GAMES, ids=lambda game: game.slug)
def test_a_film_ends_as_the_round_did(hall: Hall, browser: Browser, game: games.Game) -> None:
    shown = recorded(hall, game)
    seen = opened(hall, browser, game, f"rounds/{shown.code}/watch?lang=en")
    page = seen.page
    page.wait_for_selector('.game[data-state="playing"]')
    frames(page, 700)
    assert page.evaluate(f"{FILM}.tick") > 10
    page.click("[data-play]")
    page.wait_for_selector('.game[data-state="standing"]')
    stood = page.evaluate(f"{FILM}.tick")
    frames(page, 300)
    assert page.evaluate(f"{FILM}.tick") == stood
    # To the end, back to the middle, and to the end again: it is always the same round.
    ends = [wound(page, "film.ticks"), wound(page, "film.ticks >> 1"), wound(page, "film.ticks")]
    assert ends[0] == ends[2] == {"over": True, "value": shown.score, "tie": shown.tie}
    assert not ends[1]["over"]
    seen.went_well()


def test_a_film_and_a_race_by_the_rules_of_an_earlier_release(hall: Hall, browser: Browser) -> None:
    """Today's scene is given them; here they say of themselves that they are others."""
    sprint = games.game("sprint")
    earlier = sprint.by(sprint.rules + ";globalThis.rules = { ...globalThis.rules, earlier: true };")
    shown = recorded(hall, sprint)
    with hall.database.transaction() as db:
        campaigns.rules.keep(db, earlier, hall.now())
        db.get_one(
            GameRound, (shown.standing.member_id, shown.round_id)
        ).rules_version = earlier.rules_version
    seen = opened(hall, browser, sprint, f"rounds/{shown.code}/watch?lang=en")
    seen.page.wait_for_selector('.game[data-state="playing"]')
    assert seen.page.evaluate(f"{FILM}.round.rules.earlier")
    assert wound(seen.page, "film.ticks") == {"over": True, "value": shown.score, "tie": shown.tie}
    seen.went_well()
    race = opened(hall, browser, sprint, f"challenge?against={shown.code}&lang=en")
    race.page.wait_for_selector('.game[data-state="ready"]')
    played = play_to_the_end(race.page, sprint, "expert", 5)
    assert race.page.evaluate("document.querySelector('.game').round.rules.earlier")
    with hall.database.transaction() as db:
        it = db.scalars(select(GameRound).order_by(GameRound.started_at.desc()).limit(1)).one()
    assert (it.state, it.score, it.rules_version) == ("scored", played["value"], earlier.rules_version)
    race.went_well()


def wound(page: Page, tick: str) -> dict[str, Any]:
    """Wind the film to ``tick``; how the round stands there."""
    found: dict[str, Any] = page.evaluate(
        f"(() => {{ const film = {FILM}; film.seek({tick}); const {{ round }} = film;"
        " const { value, tie } = round.score(); return { over: round.over, value, tie }; })()"
    )
    return found


@pytest.mark.parametrize("game", GAMES, ids=lambda game: game.slug)
def test_a_race_ends_beside_its_ghost(hall: Hall, browser: Browser, game: games.Game) -> None:
    rival = recorded(hall, game, "beginner", 3)
    seen = opened(hall, browser, game, f"challenge?against={rival.code}&lang=en")
    page = seen.page
    page.wait_for_selector('.game[data-state="ready"]')
    assert "王**" in page.inner_text(".ghost-note")
    played = play_to_the_end(page, game, "expert", 5)
    with hall.database.transaction() as db:
        it = db.scalars(select(GameRound).order_by(GameRound.started_at.desc()).limit(1)).one()
    assert (it.state, it.against, it.score, it.code) == ("scored", rival.code, played["value"], None)
    label = "You beat the ghost" if it.beaten else "The ghost was better this time"
    assert label.lower() in page.inner_text("#result[open]").lower()
    # The ghost ran its own round beside, as far as ours lasted.
    ghost = page.evaluate(
        "(() => { const { round } = document.querySelector('.game').ghost;"
        " return { tick: round.tick, over: round.over, value: round.score().value }; })()"
    )
    if ghost["over"]:
        assert ghost["value"] == rival.score
    else:
        assert ghost["tick"] == played["ticks"]
    seen.went_well()


def side_by_side(
    bundles: Page, manifest: dict[str, str], game: games.Game, *, calm: bool = False, **asked: Any
) -> list[dict[str, int]]:
    """What the other one changes in the picture, each quarter of a second; see side_by_side.js."""
    bundles.evaluate((BUILT / f"{game.slug}.players.js").read_text())
    frame = {"config": game.configured({}), "texts": game.texts["zh"], "theme": THEME, "calm": calm}
    asked |= {
        "scene": f"/{manifest[f'games/{game.slug}.js']}",
        "frame": frame,
        "seed": "0123456789abcdef" * 2,
    }
    moments: list[dict[str, int]] = bundles.evaluate(SIDE_BY_SIDE, asked)
    # Two pictures without the other one are alike to the pixel, so that what differs is the other one.
    assert {moment["same"] for moment in moments} == {0}
    return moments


@pytest.mark.parametrize(("size", "calm"), [((390, 844), False), ((320, 568), True)], ids=["phone", "calm"])
@pytest.mark.parametrize("game", GAMES, ids=lambda game: game.slug)
def test_the_other_one_is_in_the_picture(
    bundles: Page, manifest: dict[str, str], game: games.Game, size: tuple[int, int], calm: bool
) -> None:
    moments = side_by_side(bundles, manifest, game, calm=calm, size=size, seconds=4, player="expert")
    # Seen most of the time, but never in the way: at most an eighth of the picture.
    others = [moment["other"] for moment in moments]
    assert sum(pixels > 200 for pixels in others) >= len(others) / 2, others
    assert max(others) < size[0] * size[1] / 8, others


@pytest.mark.parametrize(("player", "marked"), [(None, False), ("beginner", True)])
def test_the_other_ones_cards_tell_nothing_that_the_player_has_not_seen(
    bundles: Page, manifest: dict[str, str], player: str | None, marked: bool
) -> None:
    game, cards = games.game("memory"), 228
    moments = side_by_side(bundles, manifest, game, size=(390, 844), seconds=14, player=player)
    assert any(moment["lowest"] >= cards for moment in moments) == marked
