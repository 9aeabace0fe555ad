"""The sprint is won by rhythm: each skill is faster than the one below it, and mashing does not pay."""

import itertools
from functools import cache
from statistics import median

import pytest

import games
from games.players import DIFFICULTIES, Performance, performances

PEOPLE = ("beginner", "regular", "expert")


@cache
def races(runner: str, difficulty: str) -> list[Performance]:
    """Forty races over different tracks."""
    return performances(games.game("sprint"), runner, count=40, difficulty=difficulty)


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_skill_decides(difficulty: str) -> None:
    times = {skill: [race.value for race in races(skill, difficulty)] for skill in PEOPLE}
    beginner, regular, expert = (median(times[skill]) for skill in PEOPLE)
    assert expert < regular < beginner
    # A lucky beginner does not beat an expert on a bad day by more than a blink.
    assert sorted(times["beginner"])[2] > sorted(times["expert"])[37] - 200
    assert median(race.value for race in races("masher", difficulty)) > 2 * beginner


def test_the_times_are_those_of_runners() -> None:
    assert 9_500 < median(race.value for race in races("expert", "normal")) < 10_500
    assert 12_000 < median(race.value for race in races("beginner", "normal")) < 16_000


def test_harder_is_harder_for_beginners_and_higher_for_machines() -> None:
    easy, normal, hard = (median(race.value for race in races("beginner", each)) for each in DIFFICULTIES)
    assert easy < normal < hard
    easy, normal, hard = (median(race.value for race in races("machine", each)) for each in DIFFICULTIES)
    assert easy > normal > hard


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_a_machine_is_flagged_and_no_person_is(difficulty: str) -> None:
    def flags(skill: str) -> set[tuple[str, ...]]:
        return {race.flags for race in races(skill, difficulty)}

    assert flags("machine") == {("inhuman_regularity",)}
    for skill in (*PEOPLE, "masher"):
        assert flags(skill) == {()}


def test_somebody_elses_recording_stumbles_on_another_track() -> None:
    """Each round has its own wait for the gun and its own grounds: a borrowed race is worth little."""
    borrowed = races("expert", "normal")
    accepted = 0
    for race, other in itertools.pairwise(borrowed):
        try:
            score = games.replay("sprint", config=race.config, seed=other.seed, inputs=race.inputs)
        except games.Impossible:
            continue
        accepted += 1
        assert score.value > other.value + 1_000
    assert accepted < len(borrowed) / 10
