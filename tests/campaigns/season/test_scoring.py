"""How seasons score: fair between games, between small stores and large ones, and between few guides and many."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

import games
from campaigns.season.scoring import (
    EXPERT_POINTS,
    GUIDE_POINTS,
    ROUND_POINTS,
    Brought,
    Tally,
    round_points,
    store_tally,
)
from center_core.kit import uuid7

GUIDES = [uuid7() for _ in range(4)]


def brought(*points: int, guides: str = "") -> list[Brought]:
    """Members with these points, each of the guide whose number stands at their place."""
    owners: list[UUID | None] = [
        GUIDES[int(one)] if one.isdigit() else None for one in guides.ljust(len(points))
    ]
    return [Brought(uuid4(), owner, each) for owner, each in zip(owners, points, strict=True)]


@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize(
    ("score", "points"), [(8_000, 1000), (7_000, 1000), (10_000, 800), (16_000, 500), (60_000, 133)]
)
def test_a_time_counts_by_the_quickest_over_it(score: int, points: int) -> None:
    assert round_points("sprint", {}, score) == points


@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize(("length", "points"), [("short", 500), ("usual", 800), ("long", 1000)])
def test_the_quickest_is_that_of_the_distance_that_was_run(length: str, points: int) -> None:
    assert round_points("sprint", {"difficulty": "hard", "length": length}, 10_000) == points


LENGTHS = [
    *(("stack", {"seconds": seconds}) for seconds in (20, 40, 60)),
    *(("feathers", {"seconds": seconds}) for seconds in (20, 60)),
    *(("sprint", {"length": length}) for length in ("short", "long")),
    ("slalom", {}),
    ("quiz", {"questions": 4}),
]


@pytest.mark.parametrize("difficulty", ["easy", "normal", "hard"])
@pytest.mark.parametrize(("slug", "length"), LENGTHS)
def test_in_every_game_and_length_equal_skill_is_worth_the_same(
    slug: str, length: dict[str, Any], difficulty: str
) -> None:
    config = {"difficulty": difficulty, **length}
    known = games.expected(games.game(slug), config)
    assert known
    usual, beginners = (round_points(slug, config, one.median) for one in (known.expert, known.beginner))
    assert abs(usual - EXPERT_POINTS) <= 1
    assert 350 < beginners < 750


@given(
    slug=st.sampled_from(sorted(games.discover())), one=st.integers(-10, 10**6), other=st.integers(-10, 10**6)
)
def test_the_better_round_never_counts_less(slug: str, one: int, other: int) -> None:
    scoring = games.game(slug).scoring
    if scoring is None:
        assert round_points(slug, {}, one) == 0
        return
    worse, better = sorted((one, other), reverse=scoring.better == "lower")
    assert 0 <= round_points(slug, {}, worse) <= round_points(slug, {}, better) <= ROUND_POINTS


@pytest.mark.parametrize(
    ("members", "guides_of", "expected"),
    [
        (brought(), 0, Tally(0, 0, 0)),
        (brought(1000), 0, Tally(200, 1, 0)),
        (brought(800, 800, 800, 800, 800), 0, Tally(800, 5, 0)),
        (brought(*[800] * 5, *[100] * 500), 0, Tally(800, 505, 0)),
        (brought(500, 500, 500, guides="000"), 1, Tally(300 + 200, 3, 1)),
        (brought(500, 500, 500, guides="000"), 2, Tally(300 + 100, 3, 1)),
        (brought(500, 500, 500, guides="001"), 2, Tally(300, 3, 0)),
        (brought(500, 500, 500, guides="000"), 0, Tally(300, 3, 0)),
    ],
    ids=["nobody", "one alone", "five", "many more", "one guide", "of two", "no team", "their guide left"],
)
def test_what_a_store_has(members: list[Brought], guides_of: int, expected: Tally) -> None:
    assert store_tally(members, guides_of=guides_of, counted=5) == expected


points = st.integers(0, ROUND_POINTS)


@given(small=st.lists(points, min_size=5, max_size=5), crowd=st.lists(points, max_size=40))
def test_a_crowd_helps_a_store_only_by_its_best_five(small: list[int], crowd: list[int]) -> None:
    few = store_tally(brought(*small), guides_of=0, counted=5).points
    many = store_tally(brought(*small, *crowd), guides_of=0, counted=5).points
    assert few <= many == sum(sorted([*small, *crowd])[-5:]) // 5


@given(members=st.lists(points, max_size=30), guides=st.text("0123 ", max_size=30), more=points)
def test_one_more_member_never_costs_anything(members: list[int], guides: str, more: int) -> None:
    before = store_tally(brought(*members, guides=guides[: len(members)]), guides_of=4, counted=5).points
    after = store_tally(brought(*members, more, guides=guides[: len(members)]), guides_of=4, counted=5).points
    assert before <= after <= 30 * ROUND_POINTS + GUIDE_POINTS
