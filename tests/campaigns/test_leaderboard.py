"""The leaderboards: Redis and PostgreSQL agree on every order, and Redis may be wiped at any moment."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy import text

import campaigns
from campaigns.board import Board, low_is_good
from campaigns.leaderboard import KEPT
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


def nowhere() -> campaigns.Leaderboard:
    return campaigns.Leaderboard(Away())  # type: ignore[arg-type]


def scored(
    db: Session,
    scores: Scores,
    *,
    now: datetime = make.NOW,
    live: campaigns.Live | None = None,
    **home: UUID | None,
) -> campaigns.Live:
    """A challenge in which members have these best scores, all of them for one store and guide."""
    live = live or making.live(db, **making.challenge())
    for score, tie, seconds in scores:
        db.execute(
            text(
                "insert into participation "
                "(member_id, campaign_id, joined_at, best_score, best_tie, best_at, store_id, staff_id) "
                "values (:member, :campaign, :now, :score, :tie, :at, :store, :staff)"
            ),
            {
                "member": uuid7(), "campaign": live.id, "now": now, "score": score, "tie": tie,
                "at": now + timedelta(seconds=seconds), "store": home.get("store"), "staff": home.get("staff"),
            },
        )  # fmt: skip
    return live


def places(board: campaigns.Leaderboard, db: Session, what: Board) -> list[tuple[int, int, int]]:
    return [(place.rank, place.score, place.tie) for place in board.look(db, what, None, count=100).top]


score = st.tuples(st.integers(0, 5), st.integers(0, 2), st.integers(0, 3))


@given(scores=st.lists(score, max_size=8))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_redis_and_postgresql_agree(db: Session, redis: "Redis", scores: list[tuple[int, int, int]]) -> None:
    with db.begin_nested() as savepoint:
        board = campaigns.board_of(scored(db, scores))
        fast, slow = campaigns.Leaderboard(RedisLeaderboard(redis)), nowhere()
        assert fast.rebuild(db, board)
        assert not slow.rebuild(db, board)
        expected = slow.look(db, board, None, count=100)
        assert len(expected.top) == expected.size == len(scores)
        for place in [*expected.top, None]:
            reader = place.member_id if place else uuid7()
            seen = fast.look(db, board, reader, count=100)
            assert seen == slow.look(db, board, reader, count=100)
            assert seen.own == place
            if place is not None:
                standing = campaigns.Standing(place.member_id, place.score, place.tie, place.at)
                assert fast.rank(db, board, standing) == slow.rank(db, board, standing) == place.rank
        savepoint.rollback()


def test_low_scores_lead_in_the_sprint_and_ties_are_told_apart(db: Session, redis: "Redis") -> None:
    assert low_is_good("sprint")
    what = campaigns.board_of(scored(db, [(12_000, 1, 0), (11_000, 1, 9), (11_000, 1, 5), (11_000, 7, 9)]))
    board = campaigns.Leaderboard(RedisLeaderboard(redis))
    assert places(board, db, what) == [(1, 11_000, 7), (2, 11_000, 1), (3, 11_000, 1), (4, 12_000, 1)]
    second = board.look(db, what, None, count=2).top[1]
    assert second.at == make.NOW + timedelta(seconds=5)


@pytest.mark.parametrize(
    ("rank", "near"), [(1, [1, 2, 3]), (2, [1, 2, 3, 4]), (5, [3, 4, 5, 6, 7]), (9, [7, 8, 9])]
)
def test_everybody_is_shown_among_their_neighbours(
    db: Session, redis: "Redis", rank: int, near: list[int]
) -> None:
    what = campaigns.board_of(scored(db, [(10_000 + n, 0, 0) for n in range(9)]))
    for board in (campaigns.Leaderboard(RedisLeaderboard(redis)), nowhere()):
        reader = board.look(db, what, None, count=9).top[rank - 1].member_id
        seen = board.look(db, what, reader, count=3)
        assert [place.rank for place in seen.near] == near
        assert seen.own is not None
        assert seen.own.rank == rank
        assert [place.rank for place in seen.top] == [1, 2, 3]


def test_stores_and_teams_have_boards_of_their_own(db: Session, redis: "Redis") -> None:
    here, there, guide = uuid7(), uuid7(), uuid7()
    live = scored(db, [(11_000, 0, 0), (12_000, 0, 0)], store=here, staff=guide)
    scored(db, [(10_000, 0, 0)], store=there, live=live)
    for board in (campaigns.Leaderboard(RedisLeaderboard(redis)), nowhere()):
        scores = {
            (kind, part): [score for _, score, _ in places(board, db, campaigns.board_of(live, kind, part))]  # type: ignore[arg-type]
            for kind, part in [("campaign", None), ("store", here), ("store", there), ("team", guide)]
        }
        assert list(scores.values()) == [
            [10_000, 11_000, 12_000],
            [11_000, 12_000],
            [10_000],
            [11_000, 12_000],
        ]


def test_a_wiped_redis_is_rebuilt(db: Session, redis: "Redis") -> None:
    what = campaigns.board_of(scored(db, [(10, 0, 0), (20, 0, 0)]))
    board = campaigns.Leaderboard(RedisLeaderboard(redis))
    before = places(board, db, what)
    redis.flushall()
    assert places(board, db, what) == before
    assert redis.keys("board:*")
    assert board.look(db, what, None, count=1).size == 2


def test_no_first_places_are_none(db: Session, redis: "Redis") -> None:
    what = campaigns.board_of(scored(db, [(10, 0, 0), (20, 0, 0)]))
    for board in (campaigns.Leaderboard(RedisLeaderboard(redis)), nowhere()):
        assert board.look(db, what, None, count=0).top == []


def test_a_look_asks_redis_alone(db: Session, redis: "Redis", monkeypatch: pytest.MonkeyPatch) -> None:
    what = campaigns.board_of(scored(db, [(10, 0, 0), (20, 0, 0)]))
    board = campaigns.Leaderboard(RedisLeaderboard(redis))
    reader = board.look(db, what, None, count=9).top[1].member_id
    monkeypatch.setattr(db, "execute", lambda *_: pytest.fail("it asked PostgreSQL"))
    assert board.look(db, what, reader, count=9).size == 2


def a_board(part: date | None = None) -> Board:
    return Board(uuid7(), "day" if part else "campaign", part, lower=True)


def test_news_may_arrive_late_twice_and_in_any_order(redis: "Redis") -> None:
    index, board, who = RedisLeaderboard(redis), a_board(), uuid7()
    index.rebuild(board, [], kept=KEPT)
    worse = campaigns.Standing(who, 20, 0, make.NOW)
    better = campaigns.Standing(who, 10, 0, make.NOW + timedelta(seconds=9))
    for news in (better, worse, better, worse):
        index.place([board], news)
    seen = index.look(board, who, count=10, spread=2)
    assert (seen.top, seen.size, seen.own) == ([better], 1, 0)


def test_a_lost_board_is_not_begun_anew_by_one_score(redis: "Redis") -> None:
    RedisLeaderboard(redis).place([a_board()], campaigns.Standing(uuid7(), 1, 0, make.NOW))
    assert redis.keys("board:*") == []


def test_boards_lapse_with_all_that_was_placed_on_them(redis: "Redis") -> None:
    index, board = RedisLeaderboard(redis), a_board(date(2026, 11, 20))
    index.rebuild(board, [], kept=timedelta(hours=1))
    index.place([board], campaigns.Standing(uuid7(), 1, 0, make.NOW))
    keys: list[Any] = redis.keys("board:*")
    assert len(keys) == 2
    assert all(3500 < redis.ttl(key) <= 3660 for key in keys)


def test_an_empty_board_is_a_board(db: Session, redis: "Redis") -> None:
    what = campaigns.board_of(scored(db, []))
    seen = campaigns.Leaderboard(RedisLeaderboard(redis)).look(db, what, uuid7(), count=10)
    assert (seen.top, seen.size, seen.own, seen.near) == ([], 0, None, [])


def test_redis_away_is_only_slower(db: Session) -> None:
    what = campaigns.board_of(scored(db, [(10, 0, 0), (20, 0, 0)]))
    away: Redis = Redis(port=1, socket_connect_timeout=0.1, retry=Retry(NoBackoff(), 0))
    board = campaigns.Leaderboard(RedisLeaderboard(away))
    assert [score for _, score, _ in places(board, db, what)] == [10, 20]
    board.place([what], campaigns.Standing(uuid7(), 5, 0, make.NOW))
