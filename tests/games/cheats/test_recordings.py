"""Forged recordings, handed straight to the referee: refused with a key, flagged, or worth no more than they are."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from statistics import median

import pytest

import games
from campaigns.ghost import is_copy
from games import Log
from games.players import DIFFICULTIES, Performance, perform
from games.referee import SLOW_MOTION, WAYS
from games.regularity import FLAG

from ..conftest import verdict
from .kit import (
    COPIES,
    EDITS,
    EVERY_SKILL,
    best_of,
    edited,
    fitted,
    honest,
    is_better,
    log_of,
    machine,
    seed_of,
)

ENDS_ELSEWHERE = {"round_inputs_after_end", "round_inputs_truncated"}
TRACKS = range(1, 6)


@EVERY_SKILL
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_edited_inputs_make_what_the_rules_make_of_them(game: games.Game, edit: object) -> None:
    """No edit that knows nothing of the game improves a round; most do not even end where the round ends."""
    gained = 0
    for track in TRACKS:
        played = honest(game.slug, track)
        said = verdict(
            game.slug,
            config={},
            seed=played.seed,
            inputs=edited(game, played.inputs, edit),  # type: ignore[arg-type]
        )
        if isinstance(said, str):
            assert said in ENDS_ELSEWHERE
        elif not said.flags:
            gained += is_better(game, said.value, played.value)
    assert gained <= 1


@EVERY_SKILL
def test_somebody_elses_recording_is_worth_little(game: games.Game) -> None:
    """An expert's, made to fit another track: counted, and worth less there than what beginners make of it."""
    stolen = []
    for track in TRACKS:
        best, seed = honest(game.slug, track), seed_of(track + 100)
        said = verdict(game.slug, config={}, seed=seed, inputs=best.inputs)
        if isinstance(said, str):
            assert said in ENDS_ELSEWHERE
        log = fitted(game, log_of(game, best.inputs), seed)
        fitting = games.encode(log, game.actions or {})
        stolen.append(games.replay(game.slug, config={}, seed=seed, inputs=fitting).value)
    beginners = [honest(game.slug, track, "beginner").value for track in TRACKS]
    assert is_better(game, median(beginners), median(stolen))
    assert is_better(game, best_of(game, beginners), median(stolen))
    assert not is_better(
        game, best_of(game, stolen), median(honest(game.slug, track).value for track in TRACKS)
    )


@EVERY_SKILL
@pytest.mark.parametrize("edit", COPIES, ids=lambda edit: edit.__name__)
def test_a_ghosts_recording_is_known_again(game: games.Game, edit: Callable[[Log], Log]) -> None:
    """In a race the seed is the same, so that a copy is worth what it was: it is refused, touched up or not."""
    for track in TRACKS[:3]:
        ghost = honest(game.slug, track)
        log = fitted(game, edit(log_of(game, ghost.inputs)), ghost.seed)
        assert is_copy(game.slug, games.encode(log, game.actions or {}), ghost.inputs)
        for other in (honest(game.slug, track, "beginner"), by_another(game, track)):
            assert not is_copy(game.slug, other.inputs, ghost.inputs)


def by_another(game: games.Game, track: int) -> Performance:
    """The same track as another expert plays it."""
    return perform(game, "expert", seed=seed_of(track), luck=track + 1000)


@EVERY_SKILL
@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_perfect_reaction_is_flagged(game: games.Game, difficulty: str) -> None:
    """What the game's own machine does no hand can do: it sees at once and scatters not at all."""
    for track in TRACKS[:3]:
        played = perform(game, "machine", seed=seed_of(track), luck=track, config={"difficulty": difficulty})
        judged = games.replay(game.slug, config=played.config, seed=played.seed, inputs=played.inputs)
        assert judged.flags == (FLAG,)


@EVERY_SKILL
@pytest.mark.parametrize("kind", ["robot", "metronome"])
def test_a_machine_is_flagged_or_gains_nothing(game: games.Game, kind: str) -> None:
    """One that sees as late as people do, or is deaf to the game, may pass as long as it stands before none of them."""
    assert game.scoring
    played = [machine(game.slug, kind, track) for track in TRACKS]
    judged = [games.replay(game.slug, config={}, seed=one.seed, inputs=one.inputs) for one in played]
    passed = [score.value for score in judged if FLAG not in score.flags]
    best = best_of(game, [honest(game.slug, track).value for track in TRACKS])
    a_little_better = best + (-best if game.scoring.better == "lower" else best) / 100
    assert not passed or not is_better(game, median(passed), a_little_better)


@EVERY_SKILL
def test_patched_rules_count_for_nothing(game: games.Game) -> None:
    """A page whose rules were made easier plays another game than the one that is counted."""
    for track in TRACKS[:2]:
        eased = games.players.perform(
            game, "expert", seed=seed_of(track), luck=track, config={"difficulty": "easy"}
        )
        said = verdict(game.slug, config={"difficulty": "hard"}, seed=eased.seed, inputs=eased.inputs)
        assert isinstance(said, str) or (said.value, said.tie) != (eased.value, eased.tie)


@EVERY_SKILL
def test_compressed_time_is_refused(game: games.Game) -> None:
    played = honest(game.slug)
    whole = timedelta(seconds=played.ticks / 60)
    for part in (0, 0.25, 0.9):
        said = verdict(game.slug, config={}, seed=played.seed, inputs=played.inputs, elapsed=whole * part)
        assert said == "round_too_fast"


@EVERY_SKILL
def test_a_clock_that_is_off_by_no_more_than_quartz_is_believed(game: games.Game) -> None:
    """The phone's own clock is never asked; its pace may differ a little from ours."""
    played = honest(game.slug)
    whole = timedelta(seconds=played.ticks / 60)
    for elapsed in (whole * 0.98, whole):
        said = verdict(game.slug, config={}, seed=played.seed, inputs=played.inputs, elapsed=elapsed)
        assert isinstance(said, games.Score)


@EVERY_SKILL
def test_stretched_time_is_flagged(game: games.Game) -> None:
    """Who makes the phone's clock slow has three times as long for each move; pauses and lost connections are told."""
    played = honest(game.slug)
    whole, nothing, away = timedelta(seconds=played.ticks / 60), timedelta(), timedelta(minutes=4)
    for elapsed, idle, flags in (
        (whole * 3 + WAYS, nothing, (SLOW_MOTION,)),
        (whole * 3 + WAYS + away, away, (SLOW_MOTION,)),
        # A phone that stalls for half of the time, a slow answer, a pause, a call while the result was sent.
        (whole * 2, nothing, ()),
        (whole + WAYS, nothing, ()),
        (whole + away, away, ()),
        # One whose script is of before it told.
        (whole + away, None, ()),
    ):
        counted = games.replay(
            game.slug, config={}, seed=played.seed, inputs=played.inputs, elapsed=elapsed, idle=idle
        )
        assert counted.flags == flags


@EVERY_SKILL
def test_a_recording_longer_than_the_game_is_refused(game: games.Game) -> None:
    log = log_of(game, honest(game.slug).inputs)
    said = [
        verdict(game.slug, config={}, seed=seed_of(1), inputs=games.encode(forged, game.actions or {}))
        for forged in (replace(log, ticks=game.max_ticks + 1), Log(2**31 - 1, ()))
    ]
    assert set(said) == {"round_too_long"}


@EVERY_SKILL
def test_an_oversized_recording_is_refused_unread(game: games.Game) -> None:
    played = honest(game.slug)
    stuffed = played.inputs + bytes(game.max_input_bytes)
    said = verdict(game.slug, config={}, seed=played.seed, inputs=stuffed)
    assert said == "round_inputs_too_large"


@EVERY_SKILL
def test_a_flood_of_inputs_is_refused(game: games.Game) -> None:
    """Nine presses in one tick are more than fingers; as many as the size allows cost no more than a round."""
    log = log_of(game, honest(game.slug).inputs)
    nine = Log(log.ticks, (log.events[0],) * 9)
    inputs = games.encode(nine, game.actions or {})
    assert verdict(game.slug, config={}, seed=seed_of(1), inputs=inputs) == "round_inputs_junk"


@EVERY_SKILL
def test_junk_is_refused(game: games.Game) -> None:
    chance = Random(7)
    whole = honest(game.slug).inputs
    for _ in range(40):
        junk = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            junk[chance.randrange(len(junk))] = chance.randrange(256)
        said = verdict(game.slug, config={}, seed=seed_of(1), inputs=bytes(junk))
        assert not isinstance(said, str) or said.startswith("round_")
    for junk in (b"", b"\x00", b"\x02" + whole[1:], whole[:-1], whole + b"\x00", whole * 2):
        said = verdict(game.slug, config={}, seed=seed_of(1), inputs=bytes(junk))
        assert said in {"round_inputs_junk", "round_inputs_truncated", "round_inputs_too_large"}
