"""The pulse adds up to the headline, and the report counts the peak alone."""

import pytest

from loadtests.book import Attempt, Entry, Phase
from loadtests.report import lines_of, of_peak, percentile, rate_of
from loadtests.shapes import HEADLINE, PACE, Pulse


def test_the_peak_is_the_headline_for_at_least_two_minutes() -> None:
    pulse = Pulse()
    assert pulse.users_at_peak * PACE * 60 >= HEADLINE
    assert pulse.users_at_peak * PACE * 60 < HEADLINE * 1.01
    assert sum(pulse.phase(at) == "peak" for at in range(int(pulse.seconds))) >= 120


def test_the_pulse_rises_once_and_falls_once() -> None:
    pulse = Pulse(valley=10, peak=20, rate=6000)
    users = [pulse.users(at) for at in range(41)]
    assert users == [10] * 10 + [50] * 20 + [10] * 10 + [0]


def test_settings_come_from_the_environment() -> None:
    assert Pulse.from_env({"LOAD_PEAK": "5", "LOAD_RATE": "600"}) == Pulse(peak=5, rate=600)


def test_the_report_leaves_out_what_was_not_the_peak() -> None:
    attempts = [Attempt("play", at / 10, 10.0, 200, True) for at in range(300)]
    entries: list[Entry] = [Phase("valley", 0), Phase("peak", 10), Phase("valley", 20), *attempts]
    assert [one.at for one in of_peak(entries)] == [one.at for one in attempts if 12 <= one.at < 20]
    assert rate_of(of_peak(entries)) == pytest.approx(600, rel=0.02)


def test_percentiles_and_errors_stand_in_the_table() -> None:
    attempts = [Attempt("play", 0, float(ms), 200, True) for ms in range(100)] + [
        Attempt("wallet", 0, 7, 503, False)
    ]
    header, play, wallet, everything = lines_of(attempts)
    assert header.split()[:3] == ["kind", "count", "errors"]
    assert play.split() == ["play", "100", "0", "50.0", "95.0", "99.0", "99.0"]
    assert wallet.split()[:3] == ["wallet", "1", "1"]
    assert everything.split()[:3] == ["all", "101", "1"]


def test_the_percentile_of_nothing_is_nothing() -> None:
    assert percentile([], 99) == 0.0
