"""A round of any game of skill that a test walks through tick by tick, in the server's own engine."""

import json
from typing import Any

import quickjs

import games

STEP = """
let round;
function start(config, seed) { round = new Round(rules, JSON.parse(config), seed); }
function step(actions) { round.step(JSON.parse(actions)); }
function look() {
  return JSON.stringify({ ...round.state, over: round.over, score: round.score(), flags: round.flags() });
}
function until(reached, most) {
  const there = new Function("state", `return ${reached}`);
  for (let n = 0; n < most && !round.over; n++) {
    if (there(round.state)) return true;
    round.step([]);
  }
  return there(round.state);
}
function arrange(change) { new Function("state", change)(round.state); }
function ask(question) {
  return JSON.stringify(new Function("state", "rules", `return ${question}`)(round.state, rules));
}
"""


class Walk:
    """One round. ``state`` is what the rules say after the last step, with ``over``, ``score`` and ``flags``."""

    def __init__(self, slug: str, seed: str = "ab" * 16, **config: Any) -> None:
        played = games.game(slug)
        self._engine = quickjs.Context()
        self._engine.eval(played.rules)
        self._engine.eval(STEP)
        self._engine.get("start")(json.dumps(played.configured(config)), seed)

    @property
    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = json.loads(self._engine.get("look")())
        return state

    def step(self, *actions: tuple[str | int, ...]) -> dict[str, Any]:
        """One tick in which ``actions`` happen; the state after it."""
        self._engine.get("step")(json.dumps(actions))
        return self.state

    def wait(self, ticks: int) -> dict[str, Any]:
        for _ in range(ticks):
            self._engine.get("step")("[]")
        return self.state

    def until(self, reached: str, most: int = 3600) -> dict[str, Any]:
        """Let time pass until ``reached``, an expression of JavaScript in which ``state`` is known, is true."""
        assert self._engine.get("until")(reached, most), f"never: {reached}"
        return self.state

    def arrange(self, change: str) -> None:
        """Make a situation: statements of JavaScript that change ``state``."""
        self._engine.get("arrange")(change)

    def ask(self, question: str) -> Any:
        """What an expression of JavaScript, in which ``state`` and ``rules`` are known, is."""
        return json.loads(self._engine.get("ask")(question))

    @property
    def news(self) -> list[str]:
        """What happened lately, in a word each."""
        return [event[1] for event in self.state["news"]]
