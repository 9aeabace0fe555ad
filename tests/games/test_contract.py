"""What holds for every game, whichever folders are there."""

import base64
import gzip
import json
import re
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page
from pydantic import ValidationError

import games
from games.catalog import FOLDER, LANGUAGES, TICKS_PER_SECOND
from games.players import DIFFICULTIES
from scrm.fronts.assets import DIST

from .arcade import Hall
from .conftest import verdict

ROOT = FOLDER.parent
GAMES = list(games.discover().values())
SKILL = [game for game in GAMES if game.kind == "skill"]
EVERY = pytest.mark.parametrize("game", GAMES, ids=lambda game: game.slug)
EVERY_SKILL = pytest.mark.parametrize("game", SKILL, ids=lambda game: game.slug)
ROUNDS = 8
SCRIPT_LIMIT = 60 * 1024
PAGE_LIMIT = 200 * 1024

# Steps the rules in the page with the inputs it is given, until the round is over; gives back what the phone
# would send and the score that it shows.
PLAY_IN_BROWSER = """
async ({ frame, scene, config, seed, ticks, events, actions }) => {
  const { replay, encode, decode } = await import(frame);
  const { rules } = await import(scene);
  const whole = replay(rules, { config, seed, ticks, events });
  const played = events.filter(([tick]) => tick < whole.ticks);
  const bytes = encode({ ticks: whole.ticks, events: played }, actions.map(([name]) => name));
  const again = decode(bytes, actions);
  return {
    inputs: btoa(String.fromCharCode(...bytes)),
    sameEvents: JSON.stringify(again) === JSON.stringify({ ticks: whole.ticks, events: played }),
    score: replay(rules, { config, seed, ...again }),
  };
}
"""


@EVERY
def test_the_default_settings_are_valid_and_others_are_refused(game: games.Game) -> None:
    assert game.configured({}) == game.configured(game.configured({}))
    with pytest.raises(ValidationError):
        game.configured({"no-such-setting": 1})
    for name in game.settings.model_fields:
        with pytest.raises(ValidationError):
            game.configured({name: "no such choice"})


@EVERY
def test_every_setting_and_text_speaks_both_languages(game: games.Game) -> None:
    english, chinese = (game.texts[language] for language in LANGUAGES)
    assert english.keys() == chinese.keys()
    assert all(english.values())
    assert all(chinese.values())
    needed = {"stage", "start"} if game.kind == "chance" else {"stage", "how", "how_short", "keyboard"}
    assert needed <= english.keys()
    pictures = [picture.label for picture in game.pictures.values()]
    for texts in (game.title, game.summary, *_labels(game), *pictures):
        assert set(texts) == set(LANGUAGES)
        assert all(texts.values())


@EVERY
def test_every_text_is_said_somewhere(game: games.Game) -> None:
    """A marketer may write each of them anew, and should find it in the game."""
    own = _code(*(FOLDER / game.slug).rglob("*.js"))
    shared = _code(
        *FOLDER.glob("_*/*.js"),
        *(ROOT / "scrm/fronts/static/src").rglob("*.js"),
        *(ROOT / "scrm/fronts/templates").rglob("*.html"),
    )
    for key in game.texts["en"]:
        by_name = re.search(rf"\btexts\??\.{key}\b", own + shared)
        # As in `texts[what]`, with what is told of by the rules, or in texts[`demo_${n}`].
        word = re.sub(r"_?[0-9]+$", "", key).replace("_", "[ _]")
        by_what = "texts[" in own and re.search(rf"""["'`]{word}["'`_]|\b{word}:""", own)
        assert by_name or by_what, f"nothing says {key}"


def _modules(file: Path) -> list[Path]:
    """A script and whatever it imports, each once."""
    found = {file.resolve(): None}
    for name in re.findall(r'from "(.+)"', file.read_text()):
        kernel = name.removeprefix("@kernel/")
        found |= dict.fromkeys(
            _modules(file.parent / name if kernel == name else FOLDER / "_kernel" / kernel)
        )
    return list(found)


def _code(*files: Path) -> str:
    """Scripts without their comments."""
    return re.sub(r"(?<!:)//.*|/\*[\s\S]*?\*/", "", "\n".join(file.read_text() for file in files))


def _labels(game: games.Game) -> list[dict[str, str]]:
    fields = game.settings.model_json_schema().get("properties", {}).values()
    return [text for field in fields for text in (field["label"], *field.get("choices", {}).values())]


@EVERY
def test_a_game_is_light(game: games.Game, manifest: dict[str, str]) -> None:
    assert len(gzip.compress((DIST / manifest[f"games/{game.slug}.js"]).read_bytes())) < SCRIPT_LIMIT


@EVERY
def test_a_page_is_light(game: games.Game, hall: Hall) -> None:
    """All that is loaded before one can play, even if nothing on the way compresses it."""
    client = hall.app.test_client()
    client.set_cookie("club", hall.token, domain="127.0.0.1")
    page = client.get(hall.page_of(game))
    assert page.status_code == 200
    named = set(re.findall(r'"/static/([^"]+)"', page.text))
    assert len(page.data) + sum((DIST / name).stat().st_size for name in named) < PAGE_LIMIT


@EVERY_SKILL
def test_a_round_is_short_and_comes_in_three_difficulties(game: games.Game) -> None:
    assert game.max_ticks <= 120 * TICKS_PER_SECOND
    assert tuple(game.settings.model_json_schema()["properties"]["difficulty"]["enum"]) == DIFFICULTIES


@EVERY
def test_a_brand_may_bring_a_picture_of_a_size_that_phones_load(game: games.Game) -> None:
    drawn = " ".join(file.read_text() for file in (FOLDER / game.slug).rglob("*.js"))
    assert game.pictures
    for name, picture in game.pictures.items():
        assert re.search(rf"\bpictures\??\.{name}\b", drawn), f"no scene draws {name}"
        assert 16 <= picture.width <= 1024
        assert 16 <= picture.height <= 1024


@EVERY_SKILL
def test_rules_use_nothing_that_differs_between_engines(game: games.Game) -> None:
    """Also in what the rules import: the course, the hill, the board, the kernel."""
    code = re.sub(r'"[^"]*"|`[^`]*`', '""', _code(*_modules(FOLDER / game.slug / "rules.js")))
    allowed = {"abs", "min", "max", "trunc", "floor", "ceil", "sign", "imul", "clz32"}
    assert set(re.findall(r"\bMath\.(\w+)", code)) <= allowed
    assert not re.search(r"\b(Date|performance|fetch|setTimeout|document|window|globalThis|Intl)\b", code)
    assert "**" not in code
    assert not re.search(r"\d\.\d", code), "rules count in whole numbers"
    divisions = [line for line in code.splitlines() if " / " in line]
    assert all("Math.trunc(" in line or "| 0" in line for line in divisions), (
        "what a division leaves is cut off"
    )


@pytest.mark.browser
@EVERY_SKILL
def test_equal_seed_and_inputs_give_an_equal_score_on_phone_and_server(
    game: games.Game, bundles: Page, manifest: dict[str, str]
) -> None:
    chance = Random(2026)
    for _ in range(ROUNDS):
        config = game.configured(_any_settings(game, chance))
        seed = f"{chance.getrandbits(128):032x}"
        shown = bundles.evaluate(PLAY_IN_BROWSER, _question(game, manifest, config, seed, chance))
        inputs = base64.b64decode(shown["inputs"])
        counted = games.replay(game.slug, config=config, seed=seed, inputs=inputs)
        assert shown["sameEvents"]
        assert (counted.value, counted.tie, counted.ticks, list(counted.flags)) == (
            shown["score"]["value"], shown["score"]["tie"], shown["score"]["ticks"], shown["score"]["flags"],
        )  # fmt: skip
        scoring = game.scored(config)
        assert scoring is not None
        assert scoring.least <= counted.value <= scoring.most
        log = games.decode(
            inputs, game.actions or {}, max_ticks=game.max_ticks, max_bytes=game.max_input_bytes
        )
        assert games.encode(log, game.actions or {}) == inputs


@EVERY_SKILL
@settings(max_examples=40, deadline=None)
@given(inputs=st.binary(max_size=400))
def test_junk_is_refused_and_never_breaks_the_rules(game: games.Game, inputs: bytes) -> None:
    said = verdict(game.slug, config={}, seed="0" * 32, inputs=inputs)
    assert not isinstance(said, str) or said.startswith("round_")


@EVERY_SKILL
@settings(max_examples=25, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_whatever_is_pressed_the_rules_stand_it(game: games.Game, chance: Random) -> None:
    """Inputs in the right form but of any kind: scored within bounds, or refused for ending elsewhere."""
    assert game.scoring is not None
    log = games.Log(game.max_ticks, tuple(games.Event(*event) for event in _events(game, chance, 30)))
    inputs = games.encode(log, game.actions or {})
    said = verdict(game.slug, config={}, seed=games.new_seed(), inputs=inputs)
    if isinstance(said, str):
        assert said in ("round_inputs_after_end", "round_inputs_truncated")
    else:
        assert game.scoring.least <= said.value <= game.scoring.most


@EVERY_SKILL
def test_a_cut_recording_is_refused(game: games.Game) -> None:
    seed, inputs = _idle_round(game)
    for length in range(len(inputs)):
        with pytest.raises(games.Impossible):
            games.replay(game.slug, config={}, seed=seed, inputs=inputs[:length])


@EVERY_SKILL
def test_a_recording_that_goes_on_after_the_end_is_refused(game: games.Game) -> None:
    seed, inputs = _idle_round(game)
    log = games.decode(inputs, game.actions or {}, max_ticks=game.max_ticks, max_bytes=game.max_input_bytes)
    action, values = _any_action(game, Random(1))
    late = games.Log(log.ticks, (*log.events, games.Event(log.ticks, action, values)))
    with pytest.raises(games.Impossible) as refused:
        games.replay(game.slug, config={}, seed=seed, inputs=games.encode(late, game.actions or {}))
    assert refused.value.key == "round_inputs_after_end"


@EVERY_SKILL
def test_an_oversized_or_endless_recording_is_refused(game: games.Game) -> None:
    with pytest.raises(games.Impossible) as large:
        games.replay(game.slug, config={}, seed="0" * 32, inputs=b"\x01" * (game.max_input_bytes + 1))
    assert large.value.key == "round_inputs_too_large"
    endless = games.encode(games.Log(game.max_ticks + 1, ()), game.actions or {})
    with pytest.raises(games.Impossible) as long:
        games.replay(game.slug, config={}, seed="0" * 32, inputs=endless)
    assert long.value.key == "round_too_long"


@EVERY_SKILL
def test_a_result_that_comes_sooner_than_the_game_takes_is_refused(game: games.Game) -> None:
    seed, inputs = _idle_round(game)
    ticks = games.replay(game.slug, config={}, seed=seed, inputs=inputs).ticks
    honest = timedelta(seconds=ticks / 60)
    games.replay(game.slug, config={}, seed=seed, inputs=inputs, elapsed=honest)
    # A phone whose clock is a little fast, and one that was away for a minute.
    games.replay(game.slug, config={}, seed=seed, inputs=inputs, elapsed=honest * 0.985)
    games.replay(game.slug, config={}, seed=seed, inputs=inputs, elapsed=honest + timedelta(minutes=1))
    with pytest.raises(games.Impossible) as early:
        games.replay(game.slug, config={}, seed=seed, inputs=inputs, elapsed=honest * 0.8)
    assert early.value.key == "round_too_fast"


def _question(
    game: games.Game, manifest: dict[str, str], config: dict[str, Any], seed: str, chance: Random
) -> dict[str, Any]:
    return {
        "frame": f"/{manifest['frame.js']}",
        "scene": f"/{manifest[f'games/{game.slug}.js']}",
        "config": config,
        "seed": seed,
        "ticks": game.max_ticks,
        "events": [[tick, action, *values] for tick, action, values in _events(game, chance, 400)],
        "actions": [[name, len(values)] for name, values in (game.actions or {}).items()],
    }


def _any_settings(game: games.Game, chance: Random) -> dict[str, Any]:
    """Any choice for settings that have choices."""
    fields = game.settings.model_json_schema().get("properties", {})
    return {
        name: chance.choice(list(field["choices"])) for name, field in fields.items() if "choices" in field
    }


def _events(game: games.Game, chance: Random, most: int) -> list[tuple[int, str, tuple[int, ...]]]:
    ticks = sorted(chance.sample(range(game.max_ticks), chance.randint(0, most)))
    return [(tick, *_any_action(game, chance)) for tick in ticks]


def _any_action(game: games.Game, chance: Random) -> tuple[str, tuple[int, ...]]:
    assert game.actions is not None
    action = chance.choice(list(game.actions))
    return action, tuple(chance.randint(least, most) for least, most in game.actions[action])


def _idle_round(game: games.Game) -> tuple[str, bytes]:
    """A round in which one button was pressed once and the rest was waiting, to its end."""
    seed = "7" * 32
    action, values = _any_action(game, Random(1))
    for ticks in _ends(game, seed, action, values):
        return seed, games.encode(games.Log(ticks, (games.Event(0, action, values),)), game.actions or {})
    raise AssertionError("the game has no end")


def _ends(game: games.Game, seed: str, action: str, values: tuple[int, ...]) -> list[int]:
    import quickjs

    engine = quickjs.Context()
    engine.eval(game.rules)
    verdict = json.loads(
        engine.get("judge")(
            json.dumps(
                {
                    "config": game.configured({}),
                    "seed": seed,
                    "ticks": game.max_ticks,
                    "events": [[0, action, *values]],
                }
            )
        )
    )
    return [verdict["ticks"]] if verdict["end"] != "never" else []
