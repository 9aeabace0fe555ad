"""Times to recover, read from made-up books whose outages are known."""

import pytest

from loadtests.book import Attempt
from loadtests.killings import WIPE, Killing
from loadtests.recovery import Happening, all_delivered, back_at_usual, recoveries, usual_rate


def answers(*, seconds: int, per_second: int = 100, silent: tuple[float, float] = (0, 0)) -> list[float]:
    """Moments of good answers at an even rate, but for those while nothing answered."""
    moments = (n / per_second for n in range(seconds * per_second))
    return [at for at in moments if not silent[0] <= at < silent[1]]


def test_the_usual_rate_is_not_lowered_by_an_outage() -> None:
    assert usual_rate(answers(seconds=30, silent=(10, 14))) == 100


@pytest.mark.parametrize(
    ("silent", "expected"),
    [
        ((10.0, 11.0), 1.0),
        ((10.0, 14.2), 4.2),
        # A killed server may still answer from its buffers for a moment.
        ((10.6, 12.0), 2.0),
        ((0.0, 0.0), 0.0),
    ],
)
def test_the_end_of_an_outage_is_found(silent: tuple[float, float], expected: float) -> None:
    moments = answers(seconds=30, silent=silent)
    assert back_at_usual(moments, 10.0, 20.0) == pytest.approx(expected, abs=0.15)


def test_an_outage_that_lasts_until_the_next_killing_has_no_end() -> None:
    assert back_at_usual(answers(seconds=40, silent=(10, 20)), 10.0, 15.0) is None


def test_half_the_answers_are_not_yet_the_usual_rate() -> None:
    half = [at for n, at in enumerate(answers(seconds=30)) if not 10 <= at < 13 or n % 2]
    assert back_at_usual(half, 10.0, 20.0) == pytest.approx(3.0, abs=0.15)


def test_deliveries_count_from_the_killing_to_the_last_that_waited() -> None:
    happenings = [Happening(5, 6), Happening(9, 13), Happening(10.5, 17), Happening(19, 40)]
    assert all_delivered(happenings, 10.0) == 7


@pytest.mark.parametrize(
    ("kind", "delivered_at", "within"),
    [
        ("worker", 39.0, True),
        ("worker", 41.0, False),
        (WIPE, 19.0, True),
        (WIPE, 21.0, False),
        ("web", 41.0, True),
    ],
)
def test_each_kind_is_judged_by_its_own_measure(kind: str, delivered_at: float, within: bool) -> None:
    entries = [Attempt("play", at, 5.0, 200, True) for at in answers(seconds=60)]
    (found,) = recoveries(entries, [Killing(kind, kind, 10.0)], [Happening(9.0, delivered_at)])
    assert found.within_limit is within
