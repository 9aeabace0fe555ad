"""Each rule of the doctor sees the damage that it is there for."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

import campaigns
from center_core.kit import Session
from tests import make
from tests.make import campaign as making

from .drawing import draw, settle

DAMAGE = [
    ("prize_oversold", "update prize_stock set left_over = left_over + 1 where prize_no = 1"),
    ("prize_oversold", "update prize_unit set play_id = gen_random_uuid() where play_id is null"),
    ("prize_won_differs", "update prize_stock set won = won + 1 where prize_no = 2"),
    ("unit_without_its_play", "update prize_unit set play_id = gen_random_uuid() where unit_no = 1"),
    ("unit_without_its_play", "update play set unit_no = 3 where unit_no = 1"),
    ("plays_not_numbered", "update play set n = 9 where n = 8"),
    ("participation_differs", "update participation set plays = plays + 1"),
    ("participation_differs", "delete from play where n = 2"),
    ("chances_overspent", "update participation set spent = 7"),
    ("award_missing", "delete from award"),
    ("award_not_given", "delete from coupon"),
    ("award_not_given", "delete from points_posting"),
    ("settlement_overdue", "update campaign set state = 'ended', updated_at = now() - interval '61 minutes'"),
    ("traffic_differs", "update traffic set plays = plays - 1"),
    ("receipt_differs", "update play set number = number + 1"),
    ("receipt_differs", "update campaign set seed = '\\x00' where state = 'settled'"),
]


@pytest.fixture
def settled(db: Session, now: datetime) -> campaigns.Live:
    """A campaign in which five members have played twice, won every kind of prize, and which is settled."""
    template = make.template(db)
    live = making.live(
        db,
        prizes=[
            making.prize(1, "coupon", template_id=str(template.id), stock=40, odds_ppm=400_000),
            making.prize(2, "points", points=5, odds_ppm=600_000),
            making.fallback(),
        ],
    )
    who = [make.member(db).member_id for _ in range(5)]
    for turn in range(8):
        draw(db, live, [(member_id, f"turn-{turn:04d}") for member_id in who])
    return settle(db, live, now)


@pytest.mark.parametrize(
    ("rule", "damage"), DAMAGE, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(DAMAGE)]
)
def test_damage_is_found(db: Session, settled: campaigns.Live, rule: str, damage: str) -> None:
    assert list(campaigns.check(db)) == []
    changed: Any = db.execute(text(damage))
    assert changed.rowcount > 0
    db.expire_all()
    assert rule in {finding.check for finding in campaigns.check(db)}


OF_ROUNDS = [
    ("best_score_differs", "update participation set best_score = 1"),
    ("best_score_differs", "update participation set best_round_id = null"),
    ("day_best_differs", "update day_best set tie = tie + 1"),
    ("round_not_found_by_its_code", "delete from round_code"),
    ("round_not_found_by_its_code", "update round_code set member_id = gen_random_uuid()"),
    ("ghost_race_earned", "update game_round set against = code"),
]


@pytest.mark.parametrize(
    ("rule", "damage"), OF_ROUNDS, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(OF_ROUNDS)]
)
def test_damage_to_rounds_is_found(db: Session, runs: Any, rule: str, damage: str) -> None:
    live, who = making.live(db, **making.challenge()), make.member(db).member_id
    runs(12_000)
    it = campaigns.start_round(db, live, member_id=who, key="one-round", now=make.NOW)
    campaigns.finish_round(db, live, member_id=who, round_id=it.id, inputs=b"run", now=make.NOW)
    assert list(campaigns.check(db)) == []
    db.execute(text(damage))
    db.expire_all()
    assert rule in {finding.check for finding in campaigns.check(db)}
