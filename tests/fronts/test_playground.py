"""The playground: a game's real page without a database, rebuilt when a file changes, judged by the real referee."""

import base64
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.serving import make_server

from games import catalog, game, players
from scrm.fronts.playground import create_app
from scrm.fronts.playground.workshop import Workshop

SEED = "5" * 32


def playground(slug: str) -> Flask:
    return create_app(Workshop(slug))


def visit(slug: str) -> FlaskClient:
    return playground(slug).test_client()


@pytest.fixture
def opened() -> Iterator[str]:
    """The address of a running playground of the sprint."""
    server = make_server("127.0.0.1", 0, playground("sprint"), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("language", "word"), [("en", "Who plays"), ("zh", "由谁来玩")])
def test_the_panel_speaks_both_languages(language: str, word: str) -> None:
    assert word in visit("sprint").get(f"/?lang={language}").text


def test_the_game_stands_in_the_colours_and_settings_that_were_wished_for() -> None:
    page = visit("sprint").get("/game?accent=%23123456&setting.difficulty=hard&setting.surfaces=false").text
    assert "--theme-accent:#123456" in page
    assert '"difficulty": "hard", "length": "usual", "surfaces": false' in page
    assert '"difficulty": "normal"' in visit("sprint").get("/game?setting.difficulty=absurd").text


@pytest.mark.parametrize(("shape", "size"), [("fitting", (250, 250)), ("wide", (250, 122))])
def test_a_brands_picture_can_be_tried(shape: str, size: tuple[int, int]) -> None:
    client = visit("wheel")
    address = re.findall(r"/pictures/[0-9a-f]{64}\.webp", client.get(f"/game?pictures={shape}").text)[0]
    drawn = client.get(address)
    assert drawn.mimetype == "image/svg+xml"
    assert f'<rect x="3" y="{(256 - size[1]) // 2}" width="{size[0]}" height="{size[1]}"' in drawn.text
    assert "/pictures/" not in client.get("/game?pictures=absurd").text
    assert client.get(f"/pictures/{'0' * 64}.webp").status_code == 404


def test_a_round_has_the_seed_that_was_wished_for_and_is_judged() -> None:
    client = visit("sprint")
    begun = client.post(f"/c/playground/rounds?seed={SEED}&setting.difficulty=easy").json
    assert begun is not None
    assert begun["seed"] == SEED
    played = players.perform(game("sprint"), "expert", seed=SEED, luck=1, config={"difficulty": "easy"})
    inputs = base64.urlsafe_b64encode(played.inputs).decode().rstrip("=")
    address = f"/c/playground/rounds/{begun['round']}/result"
    judged = client.post(address, json={"inputs": inputs}).json
    assert judged is not None
    assert judged["score"] == {"value": played.value, "tie": played.tie}
    assert judged["cost"]["bytes"] == len(played.inputs)
    refused = client.post(address, json={"inputs": inputs[:-4]})
    assert refused.status_code == 409
    assert refused.json == {"key": "round_inputs_truncated"} | (refused.json or {})


def test_a_draw_lands_where_it_was_wished_to_and_its_answer_can_get_lost() -> None:
    client = visit("wheel")
    for prize in (1, 5):
        drawn = client.post(f"/c/playground/plays?prize={prize}", headers={"Idempotency-Key": "a"}).json
        assert drawn is not None
        assert drawn["prize"]["no"] == prize
    lost = [
        client.post("/c/playground/plays?connection=lost", headers={"Idempotency-Key": "b"}).status_code
        for _ in range(2)
    ]
    assert lost == [503, 200]


def test_what_changes_is_built_anew_and_what_is_broken_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog, "FOLDER", tmp_path)
    built: list[str] = []
    monkeypatch.setattr("scrm.fronts.playground.workshop.build", lambda *names: built.extend(names))
    (tmp_path / "snowball" / "texts").mkdir(parents=True)
    toml = tmp_path / "snowball" / "game.toml"
    toml.write_text("kind = ")
    workshop = Workshop("snowball")
    assert workshop.look()
    assert "game.toml" in workshop.fault
    told = create_app(workshop).test_client().get("/")
    assert (told.text, told.headers["Refresh"]) == (workshop.fault, "1")
    assert not workshop.look(), "nothing has changed"
    toml.write_text('kind = "chance"\ntitle = {en = "S", zh = "雪"}\nsummary = {en = "S", zh = "雪"}\n')
    for language in ("en", "zh"):
        (tmp_path / "snowball" / "texts" / f"{language}.toml").write_text("")
    assert workshop.look()
    assert (workshop.fault, built) == ("", ["games/snowball", "frame"])
    assert next(workshop.versions(after=0)) == 2


@pytest.mark.browser
def test_an_expert_plays_faster_than_time_and_the_recording_plays_again(opened: str, page: Page) -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{opened}?lang=en&seed={SEED}")
    phone = page.frame_locator("#phone")
    phone.locator('.game[data-state="ready"]').wait_for()
    page.select_option("#player", "expert")
    page.click('[data-pace="16"]')
    page.click("[data-start-round]")
    phone.locator("#result[open]").wait_for()
    verdict = page.inner_text('[data-fact="verdict"]')
    value = verdict.partition(" ")[0]
    assert f"{-(-int(value) // 10) / 100:.2f}" == phone.locator('[data-slot="score"]').inner_text()
    page.click("[data-replay]")
    phone.locator("#result[open]").wait_for(state="detached")
    phone.locator("#result[open]").wait_for()
    assert page.inner_text('[data-fact="verdict"]').partition(" ")[0] == value
    assert wrong == []


@pytest.mark.browser
def test_time_stands_still_and_goes_on_frame_by_frame(opened: str, page: Page) -> None:
    page.goto(f"{opened}?lang=en")
    page.frame_locator("#phone").locator('.game[data-state="ready"]').wait_for()
    page.click("[data-start-round]")
    page.frame_locator("#phone").locator('.game[data-state="playing"]').wait_for()
    page.click('[data-pace="0"]')
    tick = "() => document.getElementById('phone').contentDocument.querySelector('.game').round.tick"
    before = page.evaluate(tick)
    page.wait_for_timeout(150)
    assert page.evaluate(tick) == before
    page.click('[data-step="60"]')
    assert before + 59 <= page.evaluate(tick) <= before + 60
    assert page.locator("#state .leaf").count() > 5


def test_a_game_that_asks_asks_here_too() -> None:
    client = visit("quiz")
    assert 'class="game skill asked"' in client.get("/game").text
    begun = client.post("/c/playground/rounds?setting.questions=4").json
    assert begun is not None
    for no in range(1, 5):
        address = f"/c/playground/rounds/{begun['round']}/questions/{no}"
        assert len(client.post(address, json={}).json["options"]) == 4  # type: ignore[index]
        judged = client.post(f"{address}/answer", json={"choice": 0}).json
        assert judged is not None
    assert judged["is_last"]
    result = client.post(f"/c/playground/rounds/{begun['round']}/result", json={"inputs": ""}).json
    assert result is not None
    assert result["score"]["value"] == judged["score"]
