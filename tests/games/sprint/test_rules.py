"""The rules of the sprint, step by step."""

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
import quickjs

import games

STEP = """
function start(config, seed) { globalThis.round = new Round(rules, JSON.parse(config), seed); }
function step(actions) {
  round.step(JSON.parse(actions));
  return JSON.stringify({ ...round.state, over: round.over, score: round.score() });
}
"""


class Runner:
    """A race that a test walks through tick by tick."""

    def __init__(self, **config: Any) -> None:
        self._engine = quickjs.Context()
        self._engine.eval(games.game("sprint").rules)
        self._engine.eval(STEP)
        settings = games.game("sprint").configured({"surfaces": False, **config})
        self._engine.get("start")(json.dumps(settings), "ab" * 16)
        self.state: dict[str, Any] = {}
        self.wait(1)

    def wait(self, ticks: int) -> None:
        for _ in range(ticks):
            self._step([])

    def until(self, reached: Callable[[dict[str, Any]], bool]) -> None:
        while not reached(self.state):
            self._step([])

    def press(self, foot: str) -> None:
        self._step([[foot]])

    def leave_blocks(self) -> None:
        self.until(lambda state: state["tick"] == state["gun"] + 12)
        self.press("left")

    def step_off_by(self, ticks: int, foot: str | None = None) -> str:
        """Put the next foot down so many ticks off the beat; how it was judged."""
        at = self.state["beat"] + ticks
        self.until(lambda state: state["tick"] == at)
        self.press(foot or self.state["foot"])
        judged: str = self.state["news"][0]
        return judged

    def _step(self, actions: list[list[str]]) -> None:
        self.state = json.loads(self._engine.get("step")(json.dumps(actions)))


@pytest.fixture
def runner() -> Runner:
    return Runner()


def test_before_the_gun_nobody_moves(runner: Runner) -> None:
    runner.until(lambda state: state["phase"] == "set")
    runner.press("left")
    assert runner.state["news"][0] == "false start"
    assert runner.state["blockedUntil"] == runner.state["gun"] + 60
    runner.until(lambda state: state["tick"] == state["gun"] + 30)
    runner.press("left")
    assert runner.state["way"] == 0, "the second try comes too soon as well"
    runner.until(lambda state: state["tick"] >= state["blockedUntil"])
    runner.press("left")
    assert runner.state["speed"] > 0


def test_a_reaction_faster_than_hearing_is_a_false_start(runner: Runner) -> None:
    runner.until(lambda state: state["tick"] == state["gun"] + 5)
    runner.press("left")
    assert runner.state["falseStarts"] == 1


def test_feet_alternate_from_whichever_comes_first(runner: Runner) -> None:
    runner.until(lambda state: state["tick"] == state["gun"] + 12)
    runner.press("right")
    assert runner.state["foot"] == "left"
    assert runner.step_off_by(0) == "perfect"
    assert runner.state["foot"] == "right"


@pytest.mark.parametrize(
    ("difficulty", "judged"),
    [
        ("easy", ["perfect", "perfect", "good", "late", "stumble"]),
        ("normal", ["perfect", "perfect", "good", "late", "stumble"]),
        ("hard", ["perfect", "good", "late", "late", "stumble"]),
    ],
)
@pytest.mark.parametrize("early", [False, True])
def test_how_far_off_the_beat_is_judged(difficulty: str, judged: list[str], early: bool) -> None:
    offs = {"easy": [0, 2, 4, 7, 8], "normal": [0, 2, 3, 5, 6], "hard": [0, 2, 3, 4, 5]}[difficulty]
    seen = []
    for off in offs:
        runner = Runner(difficulty=difficulty)
        runner.leave_blocks()
        if off > {"easy": 7, "normal": 5, "hard": 4}[difficulty] and not early:
            # Later than the latest there is no step any more: the beat is missed.
            runner.wait(runner.state["beat"] + off + 1 - runner.state["tick"])
            assert runner.state["news"][0] == "miss"
            seen.append("stumble")
        else:
            seen.append(runner.step_off_by(-off if early else off))
    assert seen == judged


def test_the_wrong_foot_stumbles_and_costs_pace(runner: Runner) -> None:
    runner.leave_blocks()
    runner.step_off_by(0)
    before = runner.state["speed"]
    wrong = "left" if runner.state["foot"] == "right" else "right"
    assert runner.step_off_by(0, wrong) == "stumble"
    assert runner.state["speed"] < before * 0.7
    steps = runner.state["steps"]
    runner.wait(5)
    runner.press("left")
    assert runner.state["steps"] == steps, "who stumbles cannot step at once"


def test_a_missed_beat_costs_less_than_a_stumble(runner: Runner) -> None:
    runner.leave_blocks()
    for _ in range(6):
        runner.step_off_by(0)
    before = runner.state["speed"]
    runner.until(lambda state: state["news"][0] == "miss")
    assert before * 0.7 < runner.state["speed"] < before


def test_a_slow_screen_is_forgiven(runner: Runner) -> None:
    """Steps that are late by always the same become perfect: the rules learn the phone's lateness."""
    runner.leave_blocks()
    judged = [runner.step_off_by(4) for _ in range(14)]
    assert judged[0] == "late"
    assert judged[-4:] == ["perfect"] * 4


def test_the_beat_quickens_with_the_runner(runner: Runner) -> None:
    runner.leave_blocks()
    first = runner.state["interval"]
    for _ in range(12):
        runner.step_off_by(0)
    assert runner.state["interval"] < first * 0.75


def test_whoever_stands_still_is_closed_out_after_a_minute(runner: Runner) -> None:
    runner.until(lambda state: state["over"])
    assert runner.state["tick"] == 3600
    assert runner.state["score"] == {"value": 60000, "tie": 0}


def test_grounds_are_never_two_soft_or_slick_ones_in_a_row() -> None:
    for seed in range(30):
        engine = quickjs.Context()
        engine.eval(games.game("sprint").rules)
        engine.eval(STEP)
        engine.get("start")('{"difficulty": "normal", "surfaces": true, "length": "usual"}', f"{seed:032x}")
        ground = json.loads(engine.get("step")("[]"))["ground"]
        assert ground[0] == ground[1] == ground[9] == "packed"
        assert all("packed" in pair for pair in itertools.pairwise(ground))
