"""Plays a recorded round again by the game's own rules, in a sandbox, and says what score it really made."""

import json
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import quickjs

from .catalog import TICKS_PER_SECOND, Game, game
from .inputs import Log, decode
from .refusal import N_, Impossible
from .regularity import FLAG, inhumanly_regular

# A 60 s round takes less than 10 ms, the largest recording that is read at all less than 50 (`python -m games.cost`).
# The engine measures CPU of the whole process, so that busy neighbour threads count too; hence the wide margin.
CPU_SECONDS = 0.5
MEMORY_BYTES = 32 * 1024 * 1024
STACK_BYTES = 256 * 1024

# A phone's clock may be this much faster than ours: parts in a hundred, and a few frames.
CLOCK_DRIFT_PERCENT = 3
CLOCK_SLACK = timedelta(milliseconds=200)

# A call, the door, a train that comes in: more often than this in a few minutes nobody is called away. The picture is
# hidden meanwhile, but the moment before and after each pause is time to think that others do not have.
MOST_PAUSES = 20
PAUSED_OFTEN = "many_pauses"
# Beside what the phone tells of pauses and of a lost connection, a round takes its ticks, the ways of the start and of
# the result, and now and then a stall. One that takes far longer was played in slow motion.
SLOW_MOTION = "slow_motion"
SLOWEST_PACE = 2.5
WAYS = timedelta(seconds=10)

# What rules may not use, since it differs between engines or from one call to the next.
_REMOVE_CHANCE = """
for (const name of ["Date", "performance", "WeakRef", "FinalizationRegistry", "Atomics", "SharedArrayBuffer"])
  delete globalThis[name];
for (const name of ["random", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh",
    "asinh", "acosh", "atanh", "exp", "expm1", "log", "log1p", "log2", "log10", "pow", "cbrt", "hypot",
    "sqrt"])
  delete Math[name];
"""


class RulesBroken(RuntimeError):
    """The game's own code failed: a fault of the game, never of the player."""


@dataclass(frozen=True)
class Score:
    """What a round really made. ``flags`` say what deserves a second look: ``inhuman_regularity``, say."""

    value: int
    tie: int
    ticks: int
    flags: tuple[str, ...]
    rules_version: str


def new_seed() -> str:
    """128 bits from chance, which decide everything in a round that the player does not."""
    return secrets.token_hex(16)


def is_seed(text: str) -> bool:
    """Whether ``text`` is written as seeds are."""
    return re.fullmatch("[0-9a-f]{32}", text) is not None


def replay(
    played: str | Game,
    *,
    config: dict[str, Any],
    seed: str,
    inputs: bytes,
    elapsed: timedelta | None = None,
    pauses: int = 0,
    idle: timedelta | None = None,
) -> Score:
    """The score of ``inputs`` under ``config`` and ``seed`` in a game, or in that of today by its slug. Raises
    :class:`Impossible`.

    ``elapsed`` is the time on the server's clock from handing out the seed to receiving the result: a round
    that arrives sooner than it takes to play was not played. ``pauses`` is how often it stood still, as
    the phone says, and ``idle`` how much of that time it did not play; a phone that does not say is not judged by it.
    """
    if isinstance(played, str):
        played = game(played)
    if played.actions is None:
        raise ValueError(f"{played.slug} is a game of chance; it has nothing to replay.")
    log = decode(inputs, played.actions, max_ticks=played.max_ticks, max_bytes=played.max_input_bytes)
    if elapsed is not None:
        _check_pace(log.ticks, elapsed)
    verdict = _run(
        played.rules,
        {
            "config": played.configured(config),
            "seed": seed,
            "ticks": log.ticks,
            "events": [[event.tick, event.action, *event.values] for event in log.events],
        },
    )
    if verdict["end"] == "early":
        raise Impossible(
            "round_inputs_after_end",
            N_("This recording goes on after the end of the round."),
            tick=verdict["ticks"],
        )
    if verdict["end"] == "never":
        raise Impossible("round_inputs_truncated", N_("The recording of this round is incomplete."))
    return Score(
        value=verdict["value"],
        tie=verdict["tie"],
        ticks=log.ticks,
        flags=(*_flags(log, verdict["flags"], pauses), *_pace_flags(log.ticks, elapsed, idle)),
        rules_version=played.rules_version,
    )


def _flags(log: Log, own: list[str], pauses: int) -> tuple[str, ...]:
    """What the game itself finds remarkable, what no hand does in any game, and a pause after each move."""
    flags = tuple(own)
    if FLAG not in flags and inhumanly_regular(log):
        flags += (FLAG,)
    if pauses > MOST_PAUSES:
        flags += (PAUSED_OFTEN,)
    return flags


def _pace_flags(ticks: int, elapsed: timedelta | None, idle: timedelta | None) -> tuple[str, ...]:
    """Whether a round took far longer than it has ticks, as on a clock that was made slow."""
    if elapsed is None or idle is None:
        return ()
    played = timedelta(seconds=ticks / TICKS_PER_SECOND)
    return (SLOW_MOTION,) if elapsed - idle > played * SLOWEST_PACE + WAYS else ()


def _check_pace(ticks: int, elapsed: timedelta) -> None:
    played = timedelta(seconds=ticks / TICKS_PER_SECOND)
    if elapsed < played * (100 - CLOCK_DRIFT_PERCENT) / 100 - CLOCK_SLACK:
        raise Impossible(
            "round_too_fast",
            N_("This result came sooner than the round takes to play."),
            played_ms=int(played.total_seconds() * 1000),
            elapsed_ms=int(elapsed.total_seconds() * 1000),
        )


def _run(rules: str, question: dict[str, Any]) -> dict[str, Any]:
    """A fresh engine for each round: nothing a round does can reach the next one."""
    engine = sandbox(rules)
    try:
        verdict: dict[str, Any] = json.loads(engine.get("judge")(json.dumps(question)))
    except quickjs.StackOverflow as error:
        raise _out_of_bounds(error) from error
    except quickjs.JSException as error:
        if "interrupted" in str(error) or "out of memory" in str(error):
            raise _out_of_bounds(error) from error
        raise RulesBroken(str(error)) from error
    return verdict


def sandbox(rules: str) -> Any:
    """An engine in which ``rules`` have been loaded, with limits on time, memory and stack."""
    engine = quickjs.Context()
    engine.set_memory_limit(MEMORY_BYTES)
    engine.set_max_stack_size(STACK_BYTES)
    engine.eval(_REMOVE_CHANCE)
    engine.eval(rules)
    engine.set_time_limit(CPU_SECONDS)
    return engine


def _out_of_bounds(error: Exception) -> Impossible:
    return Impossible(
        "round_replay_limit",
        N_("This recording takes more to check than any round that was played."),
        limit=str(error).splitlines()[0],
    )
