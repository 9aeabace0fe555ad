"""What a campaign has brought, what it would bring, and who came by which link."""

from datetime import datetime, timedelta
from threading import Event

import pytest
from sqlalchemy.exc import OperationalError

import campaigns
from center_core import channel, marketing
from center_core.kit import Database, Session
from tests import make
from tests.make import campaign as making

from .drawing import draw


def test_the_report_adds_up(db: Session, now: datetime) -> None:
    template = make.template(db)
    live = making.live(
        db,
        prizes=[
            making.prize(
                1, "coupon", template_id=str(template.id), stock=10, odds_ppm=1_000_000, value_fen=5_000
            ),
            making.fallback(),
        ],
    )
    who = [make.member(db) for _ in range(12)]
    draw(db, live, [(one.member_id, "one-play") for one in who])
    draw(db, live, [(who[0].member_id, "next-play")], now + timedelta(hours=1))
    (held,) = marketing.wallet(db, member_id=who[0].member_id, now=now)
    marketing.redeem(
        db,
        member_id=who[0].member_id,
        codes=[held.coupon.code],
        basket=make.basket((1, 60_000)),
        store_id=make.store(db).id,
        order_number="1",
        now=now,
    )
    found = campaigns.report(db, live.id, now)
    assert (found.joins, found.plays, found.wins) == (12, 13, 10)
    assert [(hour.plays, hour.joins) for hour in found.hours] == [(12, 12), (1, 0)]
    first, last = found.prizes
    assert (first.won, first.left_over, first.stock, first.cost_fen) == (10, 0, 10, 50_000)
    assert (last.won, last.left_over) == (3, None)
    assert (found.coupons_issued, found.coupons_redeemed, found.discount_fen) == (10, 1, 5_000)
    assert campaigns.totals(db, [live.id])[live.id] == campaigns.Totals(joins=12, plays=13, wins=10)


def test_a_draft_has_an_empty_report(db: Session, now: datetime) -> None:
    it = making.campaign(db)
    found = campaigns.report(db, it.id, now)
    assert (found.visits, found.plays, found.prizes) == (0, 0, ())
    assert campaigns.totals(db, [it.id])[it.id] == campaigns.Totals()


def test_visits_are_written_once_each(database: Database, now: datetime) -> None:
    with database.transaction() as db:
        live = making.live(db)
        channel.make_code(db, store_id=make.store(db).id, label="a card", code="GUIDE7")
    visits = campaigns.Visits(database, every=3600)
    for source in ("", "GUIDE7", "GUIDE7", "challenge-link"):
        visits.count(live.id, source, now)
    with database.transaction() as db:
        assert campaigns.report(db, live.id, now).visits == 0
    visits.write()
    visits.write()
    with database.transaction() as db:
        found = campaigns.report(db, live.id, now)
    assert found.visits == 4
    assert dict(found.sources) == {"GUIDE7": 2, "": 1, "challenge-link": 1}


def seen(database: Database, live: campaigns.Live) -> int:
    with database.transaction() as db:
        return campaigns.report(db, live.id, make.NOW).visits


def test_visits_are_written_by_themselves(database: Database, now: datetime) -> None:
    with database.transaction() as db:
        live = making.live(db)
    visits = campaigns.Visits(database, every=0.05)
    visits.count(live.id, "", now)
    for _ in range(200):
        if seen(database, live):
            break
        Event().wait(0.02)
    assert seen(database, live) == 1


def test_visits_survive_a_moment_without_postgresql(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as db:
        live = making.live(db)
    visits = campaigns.Visits(database, every=3600)
    visits.count(live.id, "", now)

    def away() -> None:
        raise OperationalError("select 1", {}, Exception("nobody there"))

    monkeypatch.setattr(database, "transaction", away)
    visits.write()
    monkeypatch.undo()
    visits.count(live.id, "", now)
    visits.write()
    assert seen(database, live) == 2


def rehearsed(plays: int, strategy: str = "odds", **prize: int) -> campaigns.Rehearsal:
    document = making.draft(
        draw={"strategy": strategy, "curve": []},
        prizes=[making.prize(1, "points", points=1, value_fen=100, **prize), making.fallback()],
    )
    return campaigns.rehearse(campaigns.Definition.model_validate(document), plays=plays)


def test_a_rehearsal_shows_cost_and_when_a_prize_runs_out() -> None:
    found = rehearsed(10_000, stock=500, odds_ppm=100_000)
    line = found.prizes[0]
    assert (line.won, line.left_over, line.cost_fen) == (500, 0, 50_000)
    assert found.worst_case_fen == 50_000
    period = campaigns.Definition.model_validate(making.draft()).period
    assert line.runs_out_at is not None
    # Half of the thousand wins that the odds promise come in half of the time, give or take.
    share = (line.runs_out_at - period.starts_at) / (period.ends_at - period.starts_at)
    assert 0.4 < share < 0.6


def test_a_rehearsal_of_what_lasts() -> None:
    line = rehearsed(1_000, stock=500, odds_ppm=100_000).prizes[0]
    assert line.runs_out_at is None
    assert 60 < line.won < 140
    assert line.left_over == 500 - line.won


def test_a_rehearsal_repeats() -> None:
    assert rehearsed(2_000, odds_ppm=100_000) == rehearsed(2_000, odds_ppm=100_000)


def test_moments_are_all_won_where_people_play() -> None:
    line = rehearsed(5_000, "moments", stock=40).prizes[0]
    assert 35 <= line.won <= 40


def test_exactly_n_costs_exactly_n() -> None:
    line = rehearsed(100, "exactly", stock=40, odds_ppm=10_000).prizes[0]
    assert line.won + line.drawn_at_end == 40
    assert line.cost_fen == 4_000


def test_an_unlimited_prize_has_no_worst_case() -> None:
    assert rehearsed(100, odds_ppm=10_000).worst_case_fen is None


def test_more_plays_than_can_be_rehearsed() -> None:
    found = rehearsed(900_000, stock=1_000, odds_ppm=1_000)
    assert 890_000 <= found.plays <= 910_000
    assert 700 < found.prizes[0].won <= 1_000
