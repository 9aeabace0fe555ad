"""Rules that let ticks pass at once (``advance``) come to the same state as tick by tick, which is how phones play."""

import json
from random import Random

import pytest
import quickjs

import games
from games.inputs import Log, decode
from games.players import DIFFICULTIES, perform

SKILL = [game for game in games.discover().values() if game.kind == "skill"]
AT_ONCE = [game for game in SKILL if "advance" in (games.catalog.FOLDER / game.slug / "rules.js").read_text()]

STATES = """
function states(question, atOnce) {
  const { config, seed, ticks, events } = JSON.parse(question);
  const state = rules.init(config, seed);
  const seen = [];
  for (let tick = 0, at = 0; tick < ticks && !rules.over(state); seen.push([tick, JSON.stringify(state)])) {
    const actions = [];
    for (; at < events.length && events[at][0] === tick; at++) actions.push(events[at].slice(1));
    const next = at < events.length ? events[at][0] : ticks;
    if (atOnce) tick += rules.advance(state, actions, next - tick);
    else
      for (let first = tick; tick < next && !rules.over(state); tick++)
        rules.step(state, tick === first ? actions : []);
  }
  return JSON.stringify([seen, rules.over(state) && rules.score(state)]);
}
"""


def test_the_dearest_games_let_ticks_pass_at_once() -> None:
    assert {"biathlon", "slalom", "ski-jump"} <= {game.slug for game in AT_ONCE}


@pytest.mark.parametrize("game", AT_ONCE, ids=lambda game: game.slug)
@pytest.mark.parametrize("player", ["beginner", "expert"])
def test_ticks_at_once_are_ticks_one_by_one(game: games.Game, player: str) -> None:
    engine = quickjs.Context()
    engine.eval(game.rules)
    engine.eval(STATES)
    states = engine.get("states")
    for luck, difficulty in enumerate(DIFFICULTIES):
        played = perform(game, player, seed=f"{luck}7" * 16, luck=luck, config={"difficulty": difficulty})
        log = decode(
            played.inputs, game.actions or {}, max_ticks=game.max_ticks, max_bytes=game.max_input_bytes
        )
        for heard in (log, _half_of(log, luck, game.max_ticks)):
            question = json.dumps(
                {
                    "config": played.config,
                    "seed": played.seed,
                    "ticks": heard.ticks,
                    "events": [[event.tick, event.action, *event.values] for event in heard.events],
                }
            )
            assert states(question, True) == states(question, False)


def _half_of(log: Log, luck: int, ticks: int) -> Log:
    """What else can happen when hands do badly: marks, gates and landings are missed."""
    chance = Random(luck)
    return Log(ticks, tuple(event for event in log.events if chance.random() < 0.5))
