"""As many pass in a second as agreed, whatever the crowd does."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrm.fronts.pace import Pace

# Who comes how often in a second, against a pace of 100, for ten seconds; and how many pass: ten at once, then 100 a
# second.
CROWDS = [
    ("nobody is refused below the pace", 50, 500),
    ("nor at the pace", 100, 1000),
    ("three times as many", 300, 1009),
    ("a hundred times as many", 10_000, 1009),
]


@pytest.mark.parametrize(("a_second", "pass_"), [row[1:] for row in CROWDS], ids=[row[0] for row in CROWDS])
def test_as_many_pass_as_agreed(a_second: int, pass_: int) -> None:
    pace = Pace(100)
    passed = sum(pace.passes(1000 + n / a_second) for n in range(a_second * 10))
    # A tenth, a hundredth and so on are not exact in binary.
    assert passed == pytest.approx(pass_, abs=1)


@given(
    st.floats(0.5, 5000),
    st.lists(st.floats(0, 0.5) | st.just(0.0), min_size=1, max_size=300),
)
def test_in_no_time_do_more_pass(per_second: float, pauses: list[float]) -> None:
    pace = Pace(per_second)
    passed = [at for at in accumulate(pauses) if pace.passes(at)]
    at_once = max(1.0, per_second / 10)
    for first, begins in enumerate(passed):
        for last in range(first, len(passed)):
            within = passed[last] - begins
            assert last - first + 1 <= at_once + within * per_second + 1e-6


def test_after_a_pause_no_more_than_a_tenth_of_a_second_comes_at_once() -> None:
    pace = Pace(100)
    assert [pace.passes(0.0) for _ in range(11)] == [True] * 10 + [False]
    assert [pace.passes(3600.0) for _ in range(11)] == [True] * 10 + [False]


def test_the_slowest_pace_lets_one_pass() -> None:
    pace = Pace(1)
    assert [pace.passes(at) for at in (0.0, 0.5, 0.99, 1.0, 1.5, 2.0)] == [
        True,
        False,
        False,
        True,
        False,
        True,
    ]
