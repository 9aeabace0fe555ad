"""The leaderboard: Redis and PostgreSQL agree on every order, and Redis may be wiped at any moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis import Redis
from sqlalchemy import text

import campaigns
from campaigns.leaderboard import low_is_good
from center_core.kit import Session, uuid7
from scrm.leaderboard import RedisLeaderboard
from tests import make
from tests.make import campaign as making

Scores = Sequence[tuple[int, int, int]]
"""Score, tie and seconds of each member."""


class Away:
    """An index that cannot be reached."""

    def __getattr__(self, name: str) -> object:
        def call(*_args: object, **_kwargs: object) -> object:
            raise campaigns.IndexMissing

        return call


def scored(db: Session, scores: Scores, *, now: datetime = make.NOW) -> campaigns.Live:
    """A challenge in which members have these best scores."""
    live = making.live(db, **making.challenge())
    for score, tie, seconds in scores:
        db.execute(
            text(
                "insert into participation (member_id, campaign_id, joined_at, best_score, best_tie, best_at) "
                "values (:member, :campaign, :now, :score, :tie, :at)"
            ),
            {
                "member": uuid7(), "campaign": live.id, "now": now, "score": score, "tie": tie,
                "at": now + timedelta(seconds=seconds),
            },
        )  # fmt: skip
    return live


def places(board: campaigns.Leaderboard, db: Session, live: campaigns.Live) -> list[tuple[int, int, int]]:
    return [(place.rank, place.score, place.tie) for place in board.top(db, live, 100)]


score = st.tuples(st.integers(0, 5), st.integers(0, 2), st.integers(0, 3))


@given(scores=st.lists(score, max_size=12))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_redis_and_postgresql_agree(db: Session, redis: "Redis", scores: list[tuple[int, int, int]]) -> None:
    with db.begin_nested() as savepoint:
        live = scored(db, scores)
        fast, slow = campaigns.Leaderboard(RedisLeaderboard(redis)), campaigns.Leaderboard(Away())  # type: ignore[arg-type]
        assert fast.rebuild(db, live)
        assert not slow.rebuild(db, live)
        expected = slow.top(db, live, 100)
        assert fast.top(db, live, 100) == expected
        assert fast.size(db, live) == slow.size(db, live) == len(scores)
        for place in expected:
            assert (
                fast.place_of(db, live, place.member_id) == slow.place_of(db, live, place.member_id) == place
            )
            assert fast.around(db, live, place.member_id) == slow.around(db, live, place.member_id)
        savepoint.rollback()


def test_low_scores_lead_in_the_sprint_and_ties_are_told_apart(db: Session, redis: "Redis") -> None:
    assert low_is_good("sprint")
    live = scored(db, [(12_000, 1, 0), (11_000, 1, 9), (11_000, 1, 5), (11_000, 7, 9)])
    board = campaigns.Leaderboard(RedisLeaderboard(redis))
    assert places(board, db, live) == [(1, 11_000, 7), (2, 11_000, 1), (3, 11_000, 1), (4, 12_000, 1)]
    second = board.top(db, live, 2)[1]
    assert second.at == make.NOW + timedelta(seconds=5)


def test_a_wiped_redis_is_rebuilt(db: Session, redis: "Redis") -> None:
    live = scored(db, [(10, 0, 0), (20, 0, 0)])
    board = campaigns.Leaderboard(RedisLeaderboard(redis))
    before = places(board, db, live)
    redis.flushall()
    assert places(board, db, live) == before
    assert redis.keys("board:*")
    assert board.size(db, live) == 2


def test_news_may_arrive_late_twice_and_in_any_order(redis: "Redis") -> None:
    index, board, who = RedisLeaderboard(redis), uuid7(), uuid7()
    index.rebuild(board, [], lower=True)
    worse = campaigns.Standing(who, 20, 0, make.NOW)
    better = campaigns.Standing(who, 10, 0, make.NOW + timedelta(seconds=9))
    for news in (better, worse, better, worse):
        index.place(board, news, lower=True)
    assert index.top(board, 10, lower=True) == [better]
    assert index.size(board) == 1


def test_a_lost_board_is_not_begun_anew_by_one_score(redis: "Redis") -> None:
    index = RedisLeaderboard(redis)
    with pytest.raises(campaigns.IndexMissing):
        index.place(uuid7(), campaigns.Standing(uuid7(), 1, 0, make.NOW), lower=True)
    assert redis.keys("board:*") == []


def test_an_empty_board_is_a_board(db: Session, redis: "Redis") -> None:
    live = scored(db, [])
    board = campaigns.Leaderboard(RedisLeaderboard(redis))
    assert board.top(db, live, 10) == []
    assert board.size(db, live) == 0
    assert board.place_of(db, live, uuid7()) is None


def test_redis_away_is_only_slower(db: Session) -> None:
    live = scored(db, [(10, 0, 0), (20, 0, 0)])
    nowhere: Redis = Redis(port=1, socket_connect_timeout=0.1)
    board = campaigns.Leaderboard(RedisLeaderboard(nowhere))
    assert [place.score for place in board.top(db, live, 10)] == [10, 20]


@pytest.mark.parametrize(
    ("index", "own", "seen"),
    [
        ("abc", None, "abc"),
        ("abc", ("d", 1), "dab"),
        ("abc", ("d", 3), "abd"),
        ("abc", ("d", 4), "abc"),
        ("abc", ("c", 1), "cab"),
        ("ab", ("c", 3), "abc"),
        ("ab", ("c", 9), "ab"),
        ("", ("c", 1), "c"),
    ],
    ids=[
        "a stranger",
        "leads",
        "is last",
        "is beyond",
        "was there",
        "is one more",
        "is far below",
        "is alone",
    ],
)
def test_a_score_that_the_index_has_not_heard_of_is_shown_to_who_made_it(
    index: str, own: tuple[str, int] | None, seen: str
) -> None:
    ids = {letter: uuid7() for letter in "abcd"}
    at = [campaigns.Place(rank, ids[who], 0, 0, make.NOW) for rank, who in enumerate(index, start=1)]
    mine = campaigns.Place(own[1], ids[own[0]], 0, 0, make.NOW) if own else None
    places = campaigns.with_own(at, mine, 3)
    assert [(place.rank, place.member_id) for place in places] == [
        (rank, ids[who]) for rank, who in enumerate(seen, start=1)
    ]
