"""A counted round reaches the leaderboard's index through the outbox."""

from sqlalchemy import text

from campaigns import RoundScored
from center_core.kit import Database, uuid7
from scrm.adapters import Outside
from scrm.adapters.policies import place_score
from tests import make
from tests.make import campaign as making


def test_a_best_score_is_placed_however_often_it_is_told(database: Database, outside: Outside) -> None:
    with database.transaction() as db:
        live = making.live(db, **making.challenge())
        who = make.member(db).member_id
        assert outside.board.top(db, live, 10) == []
        db.execute(
            text(
                "insert into participation (member_id, campaign_id, joined_at, best_score, best_tie, best_at) "
                "values (:member, :campaign, :now, 11000, 3, :now)"
            ),
            {"member": who, "campaign": live.id, "now": make.NOW},
        )
    event = RoundScored(live.id, who, uuid7(), score=11_000, is_best=True, chances=0)
    for _ in range(2):
        place_score(outside, event, key="key", now=make.NOW)
    with database.transaction() as db:
        assert [(place.rank, place.member_id) for place in outside.board.top(db, live, 10)] == [(1, who)]


def test_a_score_that_is_no_best_is_left_alone(database: Database, outside: Outside) -> None:
    event = RoundScored(uuid7(), uuid7(), uuid7(), score=1, is_best=False, chances=0)
    place_score(outside, event, key="key", now=make.NOW)
