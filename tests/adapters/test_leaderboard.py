"""A counted round reaches the leaderboard's index through the outbox."""

from sqlalchemy import text

import campaigns
from campaigns import RoundScored
from center_core.kit import Database, uuid7
from scrm.adapters import Outside
from scrm.adapters.policies import place_scores
from tests import make
from tests.make import campaign as making

PARTICIPATION = text("""
    insert into participation (member_id, campaign_id, joined_at, best_score, best_tie, best_at, best_round_id)
    values (:member, :campaign, :now, 11000, 3, :now, :round)
""")
ROUND = text("""
    insert into game_round (member_id, id, campaign_id, idempotency_key, version, game, seed, started_at, deadline,
                            state, finished_at, score, tie, flags)
    values (:member, :round, :campaign, 'key', 1, 'sprint', '00', :now, :now, 'scored', :now, 11000, 3, '[]')
""")


def test_a_best_score_is_placed_however_often_it_is_told(database: Database, outside: Outside) -> None:
    with database.transaction() as db:
        live = making.live(db, **making.challenge())
        who, round_id = make.member(db).member_id, uuid7()
        board = campaigns.board_of(live)
        assert outside.board.look(db, board, None, count=10).top == []
        db.execute(PARTICIPATION, {"member": who, "campaign": live.id, "now": make.NOW, "round": round_id})
        db.execute(ROUND, {"member": who, "campaign": live.id, "now": make.NOW, "round": round_id})
    event = RoundScored(live.id, who, round_id, score=11_000, is_best=True, chances=0)
    for _ in range(2):
        place_scores(outside, [event], now=make.NOW)
    with database.transaction() as db:
        seen = outside.board.look(db, board, who, count=10)
        assert [(place.rank, place.member_id) for place in seen.top] == [(1, who)]
        assert seen.own == seen.top[0]


def test_a_score_that_is_no_best_is_left_alone(database: Database, outside: Outside) -> None:
    event = RoundScored(uuid7(), uuid7(), uuid7(), score=1, is_best=False, chances=0)
    place_scores(outside, [event], now=make.NOW)
