"""Two results for one round at the same moment, and two members who take up each other's links."""

import sys
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Select, text

import campaigns
import games
from campaigns import Live, rounds
from center_core.kit import Database, Session, uuid7
from tests import make
from tests.campaigns.test_ghost import RACE_TIME, taps
from tests.make import campaign as making

from .at_once import at_once, overtaking

NOW = make.NOW


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every recording is a run of 11 s; the rules have tests of their own."""
    score = games.Score(value=11_000, tie=0, ticks=1, flags=(), rules_version="test")
    monkeypatch.setattr(games, "replay", lambda *_args, **_terms: score)


def opened(database: Database, **terms: Any) -> tuple[Live, UUID, UUID]:
    """A challenge whose rounds earn a chance each, and one open round in it: campaign, member, round."""
    with database.transaction() as db:
        parts = making.challenge(grants=[{"reach": 12_000, "chances": 1}], granted_at_most=5)
        live, who = making.live(db, **parts), make.member(db).member_id
        it = campaigns.start_round(db, live, member_id=who, key="one-round", now=NOW, **terms)
        return live, who, it.id


def results_at_once(database: Database, live: Live, who: UUID, round_id: UUID) -> Any:
    """Four different recordings of one round arrive together."""

    def hand_in(luck: int) -> Any:
        def act(db: Session) -> None:
            campaigns.finish_round(
                db, live, member_id=who, round_id=round_id, inputs=taps(luck), now=NOW + RACE_TIME
            )

        return act

    return at_once(database, *[hand_in(luck) for luck in range(4)])


def granted(database: Database) -> int:
    with database.transaction() as db:
        return db.scalar(text("select granted from participation")) or 0


def test_one_result_counts(database: Database, runs: None) -> None:
    outcomes = results_at_once(database, *opened(database))
    assert outcomes == {"done": 1, "round_over": 3}
    assert granted(database) == 1
    with database.transaction() as db:
        assert db.scalar(text("select count(*) from round_code")) == 1
        assert db.scalar(text("select count(*) from outbox where name = 'RoundScored'")) == 1


def test_without_holding_the_round_more_would(
    database: Database, runs: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: nobody holds the round while its result is counted."""
    monkeypatch.setattr(Select, "with_for_update", lambda self, **_terms: self)
    outcomes = results_at_once(database, *opened(database))
    assert outcomes["done"] > 1
    assert granted(database) > 1


def test_one_race_is_told_to_its_challenger(database: Database, runs: None) -> None:
    live, champion, round_id = opened(database)
    with database.transaction() as db:
        code = campaigns.finish_round(
            db, live, member_id=champion, round_id=round_id, inputs=taps(9), now=NOW + RACE_TIME
        ).code
        friend = make.member(db).member_id
        campaigns.take_up(db, live, member_id=friend, challenger_id=champion, now=NOW)
        race = campaigns.start_round(db, live, member_id=friend, key="race", now=NOW, against=code)
    outcomes = results_at_once(database, live, friend, race.id)
    assert outcomes == {"done": 1, "round_over": 3}
    with database.transaction() as db:
        assert campaigns.taken_up(db, live, member_id=champion).races == 1


def begin(live: Live, who: UUID, against: str | None = None) -> Any:
    """Start another round, or another race against a ghost."""

    def act(db: Session) -> None:
        campaigns.start_round(db, live, member_id=who, key=str(uuid7()), now=NOW, against=against)

    return act


@pytest.fixture(params=["round", "ghost"])
def daily(
    request: pytest.FixtureRequest, database: Database, runs: None, monkeypatch: pytest.MonkeyPatch
) -> Any:
    """What a member may do twice a day: start a round, or race a ghost."""
    monkeypatch.setattr(rounds, "GHOSTS_PER_DAY", 2)
    monkeypatch.setattr(sys.modules["campaigns.ghost"], "GHOSTS_PER_DAY", 2)
    with database.transaction() as db:
        live, who = making.live(db, **making.challenge(rounds_per_day=2)), make.member(db).member_id
        campaigns.enter(db, live, member_id=who, now=NOW)
        if request.param == "round":
            return begin(live, who)
        champion = make.member(db).member_id
        it = campaigns.start_round(db, live, member_id=champion, key="one-round", now=NOW)
        code = campaigns.finish_round(
            db, live, member_id=champion, round_id=it.id, inputs=taps(9), now=NOW + RACE_TIME
        ).code
    return begin(live, who, against=code)


def test_no_more_rounds_and_races_begin_than_a_day_has(database: Database, daily: Any) -> None:
    assert at_once(database, *[daily] * 5) == {"done": 2, "round_day_limit": 3}


def test_without_its_guard_one_more_begins(
    database: Database, daily: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the day's count is read, compared, and then raised."""

    def look_then_count(column: str, limit: int) -> Any:
        def counted(db: Session, live: Live, member_id: UUID, *_rest: Any) -> bool:
            mine = {"member": member_id, "campaign": live.id}
            where = "where member_id = :member and campaign_id = :campaign"
            if (db.scalar(text(f"select {column} from participation {where}"), mine) or 0) >= limit:
                return False
            db.execute(text(f"update participation set {column} = {column} + 1 {where}"), mine)
            return True

        return counted

    monkeypatch.setattr(rounds, "_count_round", look_then_count("day_rounds", 1))
    monkeypatch.setattr(rounds, "count_ghost", look_then_count("day_ghosts", 1))
    assert overtaking(database, daily, daily) == ("done", "done")


def test_friends_who_take_up_each_others_links_do_not_wait_in_a_circle(database: Database) -> None:
    with database.transaction() as db:
        live = making.live(db, **making.challenge())
        one, other = (make.member(db).member_id for _ in range(2))

    def take(taker: UUID, challenger: UUID) -> Any:
        return lambda db: [
            campaigns.take_up(db, live, member_id=taker, challenger_id=challenger, now=NOW) for _ in range(20)
        ]

    acts = [take(one, other), take(other, one)] * 4
    assert at_once(database, *acts) == {"done": 8}
    with database.transaction() as db:
        for who in (one, other):
            assert campaigns.taken_up(db, live, member_id=who).friends == 1
