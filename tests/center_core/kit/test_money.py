"""Money is written and shared out to the fen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center_core.kit import percent_of, split, yuan


@pytest.mark.parametrize(
    ("fen", "written"),
    [(0, "0"), (5, "0.05"), (5000, "50"), (129990, "1,299.90"), (-150, "-1.50"), (100000000, "1,000,000")],
)
def test_yuan(fen: int, written: str) -> None:
    assert yuan(fen) == written


@pytest.mark.parametrize(
    ("fen", "percent", "part"), [(1000, 15, 150), (333, 50, 167), (1, 49, 0), (1, 50, 1)]
)
def test_percent_rounds_halves_up(fen: int, percent: int, part: int) -> None:
    assert percent_of(fen, percent) == part


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**7), min_size=1, max_size=40))
def test_split_gives_out_everything_and_nobody_more_than_a_fen_off(fen: int, weights: list[int]) -> None:
    parts = split(fen, weights)
    assert sum(parts) == fen
    if total := sum(weights):
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part * total - fen * weight) < total


def test_split_without_weight_goes_to_the_first() -> None:
    assert split(7, [0, 0]) == [7, 0]
    with pytest.raises(ValueError, match="nothing to share"):
        split(7, [])
