"""The sandbox in which recordings are replayed: no clock, no chance, and no way to stall a worker."""

import time
from dataclasses import replace
from typing import Any

import pytest

import games
from games import Impossible, RulesBroken
from games.referee import CPU_SECONDS

from .conftest import verdict

EMPTY = games.encode(games.Log(1, ()), games.game("sprint").actions or {})
RIGHT = 'globalThis.judge = () => JSON.stringify({ end: "right", value: 1, tie: 0, ticks: 1, flags: [] });'


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Any:
    """``rules(script)``: let the sprint be judged by ``script``."""

    def become(script: str) -> None:
        fake = replace(games.game("sprint"))
        fake.__dict__["rules"] = script
        monkeypatch.setattr("games.referee.game", lambda _slug: fake)

    return become


def judge() -> games.Score:
    return games.replay("sprint", config={}, seed="0" * 32, inputs=EMPTY)


def test_a_healthy_script_is_believed(rules: Any) -> None:
    rules(RIGHT)
    assert judge().value == 1


@pytest.mark.parametrize(
    ("script", "limit"),
    [
        ("for (;;);", "interrupted"),
        ("return /(x+x+)+y/.test('x'.repeat(60));", "interrupted"),
        ("const hoard = []; for (;;) hoard.push(new Array(1e5).fill(7));", "out of memory"),
        ("const deeper = () => 1 + deeper(); return deeper();", "stack"),
    ],
    ids=["endless", "regular expression", "memory", "stack"],
)
def test_nothing_stalls_a_worker(rules: Any, script: str, limit: str) -> None:
    rules(f"globalThis.judge = () => {{ {script} }};")
    began = time.process_time()
    with pytest.raises(Impossible) as refused:
        judge()
    assert refused.value.key == "round_replay_limit"
    assert limit in str(refused.value.reasons["limit"])
    assert time.process_time() - began < 4 * CPU_SECONDS


@pytest.mark.parametrize(
    "forbidden",
    ["Math.random()", "Date.now()", "new Date()", "performance.now()", "Math.sin(1)", "Math.sqrt(2)"],
)
def test_rules_have_neither_clock_nor_chance(rules: Any, forbidden: str) -> None:
    rules(f"globalThis.judge = () => {{ {forbidden}; return '{{}}'; }};")
    with pytest.raises(RulesBroken):
        judge()


def test_one_round_leaves_nothing_to_the_next(rules: Any) -> None:
    rules(
        "globalThis.seen = (globalThis.seen ?? 0) + 1;"
        "globalThis.judge = () => JSON.stringify("
        '{ end: "right", value: globalThis.seen, tie: 0, ticks: 1, flags: [] });'
    )
    assert [judge().value for _ in range(3)] == [1, 1, 1]


def test_the_longest_round_is_cheap() -> None:
    played = games.game("sprint")
    walk = games.Log(
        played.max_ticks,
        tuple(games.Event(tick, ("left", "right")[tick // 40 % 2]) for tick in range(250, 2000, 40)),
    )
    inputs = games.encode(walk, played.actions or {})
    spent = []
    for _ in range(15):
        began = time.thread_time()
        assert verdict("sprint", config={}, seed="3" * 32, inputs=inputs) == "round_inputs_after_end"
        spent.append(time.thread_time() - began)
    # Ten milliseconds are asked for; a crowded machine is given its share.
    assert sorted(spent)[len(spent) // 2] < 0.03


def test_a_game_of_chance_has_nothing_to_replay() -> None:
    with pytest.raises(ValueError, match="chance"):
        games.replay("wheel", config={}, seed="0" * 32, inputs=EMPTY)
