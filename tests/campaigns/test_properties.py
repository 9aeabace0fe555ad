"""Whatever is asked in whatever batches: nothing is oversold, lost, doubled or unaccounted for."""

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import campaigns
from campaigns.draw.fairness import NUMBER_BITS, number_of
from campaigns.draw.strategy import Odds
from center_core.kit import Session, uuid7
from tests import make
from tests.make import campaign as making

from .drawing import draw

PEOPLE = 4
ask = st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, 12))
batches = st.lists(st.lists(ask, min_size=1, max_size=12, unique=True), min_size=1, max_size=6)


@given(
    batches=batches,
    stocks=st.tuples(st.integers(0, 5), st.integers(1, 5)),
    odds=st.tuples(st.integers(1, 500_000), st.integers(1, 500_000)),
    strategy=st.sampled_from(["odds", "moments", "exactly"]),
    limits=st.fixed_dictionaries(
        {"free": st.integers(0, 3), "free_per_day": st.integers(1, 3)},
        optional={"plays": st.integers(1, 6), "plays_per_day": st.integers(1, 6)},
    ),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_batches(
    db: Session,
    batches: list[list[tuple[int, int]]],
    stocks: tuple[int, int],
    odds: tuple[int, int],
    strategy: str,
    limits: dict[str, int],
) -> None:
    with db.begin_nested() as savepoint:
        live = making.live(
            db,
            draw={"strategy": strategy, "curve": []},
            limits=limits,
            prizes=[
                making.prize(1, "points", points=5, stock=stocks[0] or None, odds_ppm=odds[0]),
                making.prize(2, "points", points=9, stock=stocks[1], odds_ppm=odds[1]),
                making.fallback(),
            ],
        )
        who = [make.member(db).member_id for _ in range(PEOPLE)]
        first: dict[tuple[Any, str], campaigns.Played] = {}
        refused: set[tuple[Any, str]] = set()
        at = live.definition.period.ends_at - (live.definition.period.ends_at - make.NOW) / 2
        for batch in batches:
            asks = [(who[person], f"key-{key:05d}") for person, key in batch]
            for one, answer in zip(asks, draw(db, live, asks, at), strict=True):
                if not isinstance(answer, campaigns.Played):
                    assert one not in first
                    refused.add(one)
                elif one in first:
                    assert answer.replayed
                    assert (answer.play_id, answer.prize_no) == (first[one].play_id, first[one].prize_no)
                else:
                    assert not answer.replayed
                    first[one] = answer
        won = Counter(played.prize_no for played in first.values())
        if stocks[0]:
            assert won[1] <= stocks[0]
        assert won[2] <= stocks[1]
        each = Counter(member_id for member_id, _ in first)
        ceiling = min(
            limits.get("plays", 99), limits.get("plays_per_day", 99), limits["free"] + limits["free_per_day"]
        )
        assert all(count <= ceiling for count in each.values())
        assert list(campaigns.check(db)) == []
        savepoint.rollback()


@given(
    parts=st.lists(st.integers(0, 400_000), min_size=1, max_size=8),
    number=st.integers(0, (1 << NUMBER_BITS) - 1),
)
def test_every_number_falls_on_exactly_one_prize(parts: list[int], number: int) -> None:
    while sum(parts) > 1_000_000:
        parts.pop()
    prizes = [making.prize(no, "points", points=1, odds_ppm=odds) for no, odds in enumerate(parts, start=1)]
    document = making.draft(prizes=[*prizes, making.fallback(99)])
    definition = campaigns.Definition.model_validate(document)
    odds = Odds.of(definition)
    part = number * 1_000_000 >> NUMBER_BITS
    stretches = zip(odds.prize_nos, (0, *odds.upto), odds.upto, strict=False)
    covered = [no for no, lower, upto in stretches if lower <= part < upto]
    assert covered == [odds.fall(number)]
    assert sum(odds.ppm(no) for no in {*odds.prize_nos}) == 1_000_000
    assert all(odds.ppm(prize["no"]) == prize["odds_ppm"] for prize in prizes)


def test_the_published_odds_are_the_odds() -> None:
    """Forty thousand numbers fall in proportion, five standard deviations either way."""
    document = making.draft(
        prizes=[
            making.prize(1, "points", points=1, odds_ppm=10_000),
            making.prize(2, "points", points=1, odds_ppm=250_000),
            making.fallback(),
        ]
    )
    odds = Odds.of(campaigns.Definition.model_validate(document))
    seed, campaign_id = b"a seed", uuid7()
    plays = 40_000
    member_id = uuid7()
    fell = Counter(odds.fall(number_of(seed, campaign_id, member_id, f"key-{n}")) for n in range(plays))
    for no, expected in ((1, 0.01), (2, 0.25), (9, 0.74)):
        deviation = (plays * expected * (1 - expected)) ** 0.5
        assert abs(fell[no] - plays * expected) < 5 * deviation
