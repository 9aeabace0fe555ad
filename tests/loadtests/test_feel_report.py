"""Each figure that is asked of a game gets a verdict; one that is missed is named."""

from dataclasses import replace

import pytest

from games.cost import Cost
from loadtests.feel_report import Report, verdict

GOOD = Report(
    slug="good",
    frames=[16.7] * 60,
    long=[],
    presses=[16, 24, 96],
    shifts=[],
    page=100 * 1024,
    page_zipped=40 * 1024,
    main_thread=5,
    scripts=1,
    own=[3, 4],
    playable=900,
    playable_slow=1490,
    script=20 * 1024,
    replays=[Cost("normal", "expert", [8.0, 9.0, 9.5], 192)],
)


def test_a_game_that_keeps_to_everything_is_within() -> None:
    assert [is_missed for _, is_missed in verdict([GOOD, replace(GOOD, presses=[], replays=[])])] == [
        False
    ] * 7


def test_what_no_game_has_is_not_spoken_of() -> None:
    assert len(list(verdict([replace(GOOD, presses=[], replays=[])]))) == 5


@pytest.mark.parametrize(
    ("figure", "bad", "said"),
    [
        ("own", [3.0, 4.3, 4.4], "own work"),
        ("presses", [16.0, 16.0, 120.0], "press"),
        ("playable_slow", 1510.0, "playable"),
        ("script", 61 * 1024, "script"),
        ("page", 201 * 1024, "page"),
        ("shifts", ["0.0123: div"], "layout shift"),
        ("replays", [Cost("normal", "expert", [9.0, 10.5, 11.0], 192)], "replay"),
    ],
)
def test_what_is_missed_is_named(figure: str, bad: object, said: str) -> None:
    bad_one = replace(GOOD, slug="bad", **{figure: bad})
    missed = [line for line, is_missed in verdict([GOOD, bad_one]) if is_missed]
    assert len(missed) == 1
    assert missed[0].startswith(said)
    assert "MISSED by bad" in missed[0]
    assert "good" not in missed[0]
