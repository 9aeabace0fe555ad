"""Rounds of a skill game: started and finished once, counted by the server's own score, paid in chances."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

import campaigns
import games
from campaigns import rounds
from campaigns.models import GameRound, Participation
from center_core.kit import Database, Outbox, Refused, Session
from tests import make
from tests.make import campaign as making


def challenge(db: Session, **terms: Any) -> campaigns.Live:
    """A sprint of which 12 s earn a chance and 10 s two, at most three."""
    grants = [{"reach": 12_000, "chances": 1}, {"reach": 10_000, "chances": 2}]
    parts = making.challenge(**{"grants": grants, "granted_at_most": 3, **terms})
    return making.live(db, **{**parts, "limits": {"plays_per_day": 9}})


def run_one(
    db: Session, live: campaigns.Live, member_id: Any, key: str, now: datetime = make.NOW
) -> campaigns.RoundResult:
    it = campaigns.start_round(db, live, member_id=member_id, key=key, now=now)
    return campaigns.finish_round(
        db, live, member_id=member_id, round_id=it.id, inputs=b"run", now=now + timedelta(seconds=20)
    )


def test_good_rounds_earn_chances_up_to_the_most(db: Session, runs: Any) -> None:
    live, who = challenge(db), make.member(db).member_id
    runs(13_000, 11_000, 9_900, 9_800)
    earned = [run_one(db, live, who, f"round-{number}").chances_granted for number in range(4)]
    assert earned == [0, 1, 2, 0]
    assert campaigns.chances_left(db, live, member_id=who, now=make.NOW) == 3


def test_the_best_score_is_kept_and_told(db: Session, runs: Any) -> None:
    live, who = challenge(db), make.member(db).member_id
    runs(12_500, 11_000, 11_500)
    results = [run_one(db, live, who, f"round-{number}") for number in range(3)]
    assert [(one.score, one.is_best, one.best_score) for one in results] == [
        (12_500, True, 12_500), (11_000, True, 11_000), (11_500, False, 11_000),
    ]  # fmt: skip
    assert db.scalar(select(func.count()).select_from(Outbox).where(Outbox.name == "RoundScored")) == 3
    assert db.scalar(select(Participation.best_round_id)) == results[1].round_id


def test_the_same_start_key_is_the_same_round(db: Session) -> None:
    live, who = challenge(db), make.member(db).member_id
    first = campaigns.start_round(db, live, member_id=who, key="same-key", now=make.NOW)
    again = campaigns.start_round(db, live, member_id=who, key="same-key", now=make.NOW)
    assert (first.id, first.seed) == (again.id, again.seed)
    assert db.scalar(select(Participation.day_rounds)) == 1


def test_two_rounds_have_two_seeds(db: Session) -> None:
    live, who = challenge(db), make.member(db).member_id
    seeds = {
        campaigns.start_round(db, live, member_id=who, key=f"key-{n}", now=make.NOW).seed for n in range(5)
    }
    assert len(seeds) == 5


def test_the_same_result_again_is_replayed(db: Session, runs: Any) -> None:
    live, who = challenge(db), make.member(db).member_id
    runs(11_000)
    first = run_one(db, live, who, "one-round")
    again = campaigns.finish_round(
        db, live, member_id=who, round_id=first.round_id, inputs=b"run", now=make.NOW + timedelta(seconds=30)
    )
    assert again.replayed
    assert (again.score, again.chances_granted, again.chances_left) == (11_000, 1, 1)


def test_another_result_for_a_finished_round_is_refused(db: Session, runs: Any) -> None:
    live, who = challenge(db), make.member(db).member_id
    runs(11_000)
    first = run_one(db, live, who, "one-round")
    with pytest.raises(Refused, match="round_over"):
        campaigns.finish_round(
            db,
            live,
            member_id=who,
            round_id=first.round_id,
            inputs=b"better",
            now=make.NOW + timedelta(seconds=30),
        )


def test_somebody_elses_round_is_unknown(db: Session) -> None:
    live = challenge(db)
    mine = campaigns.start_round(db, live, member_id=make.member(db).member_id, key="one-round", now=make.NOW)
    with pytest.raises(Exception, match="round_unknown"):
        campaigns.finish_round(
            db, live, member_id=make.member(db).member_id, round_id=mine.id, inputs=b"run", now=make.NOW
        )


def test_a_late_result_does_not_count(db: Session) -> None:
    live, who = challenge(db), make.member(db).member_id
    it = campaigns.start_round(db, live, member_id=who, key="one-round", now=make.NOW)
    with pytest.raises(Refused, match="round_expired") as refused:
        campaigns.finish_round(
            db, live, member_id=who, round_id=it.id, inputs=b"run", now=it.deadline + timedelta(seconds=1)
        )
    assert refused.value.keep
    assert (it.state, it.reason) == ("refused", "round_expired")


@pytest.mark.parametrize("how", ["by the clock", "by hand"])
def test_a_round_begun_before_the_end_may_be_played_to_its_own(db: Session, runs: Any, how: str) -> None:
    live, (quick, slow) = challenge(db), (make.member(db).member_id for _ in range(2))
    begun = live.definition.period.ends_at - timedelta(seconds=1) if how == "by the clock" else make.NOW
    mine = [
        campaigns.start_round(db, live, member_id=who, key="one-round", now=begun) for who in (quick, slow)
    ]
    if how == "by hand":
        campaigns.end(db, campaign_id=live.id, now=begun + timedelta(seconds=1))
        live = campaigns.read_live(db, live.id)
    last = begun + games.game(mine[0].game).longest + rounds.ON_ITS_WAY
    runs(11_000, 10_000)
    result = campaigns.finish_round(db, live, member_id=quick, round_id=mine[0].id, inputs=b"run", now=last)
    assert (result.score, result.is_best) == (11_000, True)
    late = {"member_id": slow, "round_id": mine[1].id, "inputs": b"run", "now": last + timedelta(seconds=1)}
    assert late["now"] < mine[1].deadline
    with pytest.raises(Refused, match="round_after_end") as refused:
        campaigns.finish_round(db, live, **late)
    assert refused.value.keep
    assert (mine[1].state, mine[1].reason, mine[1].chances) == ("refused", "round_after_end", 0)


def test_a_round_may_rest_while_the_campaign_runs(db: Session, runs: Any) -> None:
    live, who = challenge(db), make.member(db).member_id
    it = campaigns.start_round(db, live, member_id=who, key="one-round", now=make.NOW)
    runs(11_000)
    campaigns.finish_round(db, live, member_id=who, round_id=it.id, inputs=b"run", now=it.deadline)


def test_what_the_game_finds_impossible_is_refused_for_good(db: Session, runs: Any) -> None:
    live, who = challenge(db), make.member(db).member_id
    runs(games.Impossible("round_too_fast", "Nobody is that fast."), 9_000)
    it = campaigns.start_round(db, live, member_id=who, key="one-round", now=make.NOW)
    for expected in ("round_too_fast", "round_over"):
        with pytest.raises(Refused, match=expected):
            campaigns.finish_round(db, live, member_id=who, round_id=it.id, inputs=b"run", now=make.NOW)
    assert (it.state, it.reason, it.score) == ("refused", "round_too_fast", None)
    assert campaigns.chances_left(db, live, member_id=who, now=make.NOW) == 0


def test_junk_goes_through_the_real_rules_and_is_refused(db: Session) -> None:
    live, who = challenge(db), make.member(db).member_id
    it = campaigns.start_round(db, live, member_id=who, key="one-round", now=make.NOW)
    with pytest.raises(Refused) as refused:
        campaigns.finish_round(
            db, live, member_id=who, round_id=it.id, inputs=b"\xff" * 40, now=make.NOW + timedelta(seconds=20)
        )
    assert refused.value.key.startswith("round_")
    assert it.state == "refused"


def test_a_flagged_score_is_kept_but_earns_nothing(db: Session, runs: Any) -> None:
    live, who = challenge(db), make.member(db).member_id
    runs(9_000, flags=("inhuman_regularity",))
    result = run_one(db, live, who, "one-round")
    assert (result.score, result.is_best, result.chances_granted) == (9_000, False, 0)
    assert db.scalar(select(Participation.best_score)) is None
    assert db.scalar(select(GameRound.flags)) == ["inhuman_regularity"]


def test_rounds_of_a_day_are_limited(db: Session) -> None:
    live, who = challenge(db, rounds_per_day=2), make.member(db).member_id
    for number in range(2):
        campaigns.start_round(db, live, member_id=who, key=f"round-{number}", now=make.NOW)
    with pytest.raises(Refused, match="round_day_limit"):
        campaigns.start_round(db, live, member_id=who, key="round-3", now=make.NOW)
    tomorrow = make.NOW + timedelta(days=1)
    campaigns.start_round(db, live, member_id=who, key="round-4", now=tomorrow)


@pytest.mark.parametrize("shift", [timedelta(days=-2), timedelta(days=13)], ids=["too early", "too late"])
def test_no_round_outside_the_period(db: Session, shift: timedelta) -> None:
    live, who = challenge(db), make.member(db).member_id
    with pytest.raises(Refused, match=r"campaign_not_started|campaign_over"):
        campaigns.start_round(db, live, member_id=who, key="one-round", now=make.NOW + shift)


def test_a_refusal_survives_its_transaction(database: Database) -> None:
    """What the edge does with ``keep``: the round stays refused although the request failed."""
    with database.transaction() as db:
        live, who = challenge(db), make.member(db).member_id
        it = campaigns.start_round(db, live, member_id=who, key="one-round", now=make.NOW)
    session = database.session()
    with pytest.raises(Refused) as refused:
        campaigns.finish_round(session, live, member_id=who, round_id=it.id, inputs=b"\xff", now=it.deadline)
    assert refused.value.keep
    session.commit()
    session.close()
    with database.transaction() as db:
        assert db.scalar(select(GameRound.state)) == "refused"
