"""One batch of plays: limits, chances, stock, replays, entry, and what is written with them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, text, update

import campaigns
from campaigns.draw.batch import Stale
from campaigns.models import Award, Participation, Play, PrizeStock, PrizeUnit
from center_core import marketing, member
from center_core.kit import Outbox, Session
from center_core.member.models import Member
from tests import make
from tests.make import campaign as making

from .drawing import draw, draw_one, outcome, settle

ALWAYS = 1_000_000


def test_a_won_coupon_points_and_gift_are_given_in_the_same_commit(db: Session, now: datetime) -> None:
    gift, coupon = make.template(db, kind="gift", value=0), make.template(db)
    who = make.member(db)
    for prize in (
        making.prize(1, "gift", template_id=str(gift.id), stock=2, odds_ppm=ALWAYS),
        making.prize(1, "coupon", template_id=str(coupon.id), odds_ppm=ALWAYS),
        making.prize(1, "points", points=20, odds_ppm=ALWAYS),
    ):
        live = making.live(db, prizes=[prize, making.fallback()])
        draw_one(db, live, who.member_id, "only-play")
    held = {one.template.id for one in marketing.wallet(db, member_id=who.member_id, now=now)}
    assert held == {gift.id, coupon.id}
    assert member.balance(db, who.member_id).available == 20
    assert [award.kind for award in db.scalars(select(Award).order_by(Award.id))] == [
        "gift",
        "coupon",
        "points",
    ]
    assert list(campaigns.check(db)) == []


def test_the_batch_is_one_event(db: Session, now: datetime) -> None:
    live = making.live(db)
    who = [make.member(db).member_id for _ in range(3)]
    draw(db, live, [(member_id, "one-play") for member_id in who])
    (event,) = db.scalars(select(Outbox).where(Outbox.name == "PlaysDecided"))
    told = campaigns.PlaysDecided.from_body(event.body)
    assert told.campaign_id == live.id
    assert {member_id for _, member_id, _ in told.plays} == set(who)


def test_a_sold_out_prize_gives_the_fallback_prize(db: Session) -> None:
    live = making.live(
        db, prizes=[making.prize(1, "points", points=5, stock=2, odds_ppm=ALWAYS), making.fallback()]
    )
    who = [make.member(db).member_id for _ in range(5)]
    won = [outcome(answer) for answer in draw(db, live, [(member_id, "one-play") for member_id in who])]
    assert won == ["prize 1", "prize 1", "prize 9", "prize 9", "prize 9"]
    plays = db.scalars(select(Play).order_by(Play.id)).all()
    assert [play.left_over for play in plays] == [2, 1, 0, 0, 0]
    assert [play.unit_no for play in plays] == [1, 2, None, None, None]
    units = db.scalars(select(PrizeUnit).order_by(PrizeUnit.unit_no)).all()
    assert [unit.member_id for unit in units] == who[:2]


def test_the_same_key_is_replayed(db: Session) -> None:
    live = making.live(db)
    who = make.member(db).member_id
    first = draw_one(db, live, who, "same-key")
    again = draw_one(db, live, who, "same-key")
    assert again.replayed
    assert (again.play_id, again.prize_no, again.n) == (first.play_id, first.prize_no, first.n)
    assert db.scalar(select(func.count()).select_from(Play)) == 1


def test_two_members_may_use_the_same_key(db: Session) -> None:
    live = making.live(db)
    who = [make.member(db).member_id for _ in range(2)]
    assert not any(answer.replayed for answer in draw(db, live, [(one, "same-key") for one in who]))


LIMITS = [
    ("free ones of the day", {"free_per_day": 2}, 3, ["prize", "prize", "no_chance"], [1, 0]),
    ("free ones of the campaign", {"free": 2}, 3, ["prize", "prize", "no_chance"], [1, 0]),
    ("both kinds", {"free": 1, "free_per_day": 1}, 3, ["prize", "prize", "no_chance"], [1, 0]),
    ("ceiling over all", {"plays": 1, "free_per_day": 5}, 2, ["prize", "play_limit"], [0]),
    ("ceiling of the day", {"plays_per_day": 2, "free": 9}, 3, ["prize", "prize", "play_day_limit"], [1, 0]),
    ("ceiling before chances", {"plays": 1, "free": 1}, 2, ["prize", "play_limit"], [0]),
]  # fmt: skip


@pytest.mark.parametrize("batched", [False, True], ids=["one by one", "in one batch"])
@pytest.mark.parametrize(
    ("limits", "plays", "expected", "left"), [one[1:] for one in LIMITS], ids=[one[0] for one in LIMITS]
)
def test_limits_and_chances(
    db: Session, limits: dict[str, int], plays: int, expected: list[str], left: list[int], batched: bool
) -> None:
    live = making.live(db, limits=limits)
    who = make.member(db).member_id
    asks = [(who, f"play-{number}") for number in range(plays)]
    answers = draw(db, live, asks) if batched else [draw(db, live, [ask])[0] for ask in asks]
    assert [outcome(answer).split(" ")[0] for answer in answers] == expected
    assert [answer.chances for answer in answers if isinstance(answer, campaigns.Played)] == left
    mine = campaigns.chances(db, live, member_id=who, now=make.NOW)
    assert mine.left == 0
    assert mine.refusal is not None
    assert mine.refusal.key == expected[-1]


def test_the_day_begins_in_the_campaigns_time_zone(db: Session, now: datetime) -> None:
    live = making.live(db, limits={"free_per_day": 1})
    who = make.member(db).member_id
    before_midnight = now.replace(hour=15, minute=59)  # 23:59 in Shanghai
    after_midnight = before_midnight + timedelta(minutes=1)
    draw_one(db, live, who, "evening-play", before_midnight)
    assert outcome(draw(db, live, [(who, "evening-again")], before_midnight)[0]) == "no_chance"
    assert draw_one(db, live, who, "midnight-play", after_midnight).n == 2


def test_unused_free_chances_of_a_day_expire(db: Session, now: datetime) -> None:
    live = making.live(db, limits={"free": 1, "free_per_day": 1})
    who = make.member(db).member_id
    later = now + timedelta(days=3)
    assert campaigns.chances_left(db, live, member_id=who, now=later) == 2
    assert draw_one(db, live, who, "three-days-later", later).chances == 1


def test_granted_chances_are_spent_after_the_free_ones(db: Session) -> None:
    live = making.live(db, limits={"free_per_day": 1})
    who = make.member(db).member_id
    draw_one(db, live, who, "free-play")
    db.execute(update(Participation).values(granted=1))
    assert draw_one(db, live, who, "granted-play").chances == 0
    assert outcome(draw(db, live, [(who, "third-play")])[0]) == "no_chance"
    assert db.scalar(select(Participation.spent)) == 1


def test_a_frozen_membership_cannot_play(db: Session) -> None:
    live = making.live(db)
    who = make.member(db).member_id
    draw_one(db, live, who, "while-active")
    db.execute(update(Member).values(status="frozen"))
    assert outcome(draw(db, live, [(who, "while-frozen")])[0]) == "entry_refused"


def test_a_stranger_has_to_enter_a_restricted_campaign_first(db: Session, now: datetime) -> None:
    make.tiers(db)
    live = making.live(db, entry={"tiers": ["snow"]})
    who = make.member(db).member_id
    assert outcome(draw(db, live, [(who, "first-play")])[0]) == "NotEntered"
    campaigns.enter(db, live, member_id=who, now=now)
    assert outcome(draw(db, live, [(who, "first-play")])[0]).startswith("prize")


ENTRIES = [
    ("its tier", {"tiers": ["snow", "ice"]}, True),
    ("another tier", {"tiers": ["peak"]}, False),
    ("its tag", {"tags": ["skier"]}, True),
    ("another tag", {"tags": ["swimmer"]}, False),
    ("new members", {"new_members": True}, True),
    ("both conditions", {"tiers": ["snow"], "tags": ["skier"]}, True),
    ("one of two conditions", {"tiers": ["snow"], "tags": ["swimmer"]}, False),
]


@pytest.mark.parametrize(("entry", "may"), [one[1:] for one in ENTRIES], ids=[one[0] for one in ENTRIES])
def test_entry_rules(db: Session, now: datetime, entry: dict[str, Any], may: bool) -> None:
    make.tiers(db)
    live = making.live(db, entry=entry)
    who = make.member(db)
    member.add_tag(db, member_id=who.member_id, tag="skier", now=now)
    if may:
        campaigns.enter(db, live, member_id=who.member_id, now=now)
        campaigns.enter(db, live, member_id=who.member_id, now=now)
        assert db.scalar(select(func.count()).select_from(Participation)) == 1
    else:
        with pytest.raises(Exception, match="entry_refused"):
            campaigns.enter(db, live, member_id=who.member_id, now=now)


def test_a_members_store_opens_a_stores_campaign(db: Session, now: datetime) -> None:
    here, there = make.store(db), make.store(db)
    live = making.live(db, entry={"store_ids": [str(here.id)]})
    campaigns.enter(db, live, member_id=make.member(db, store=here).member_id, now=now)
    with pytest.raises(Exception, match="entry_refused"):
        campaigns.enter(db, live, member_id=make.member(db, store=there).member_id, now=now)


def test_a_changed_campaign_is_stale_and_nothing_is_written(db: Session, now: datetime) -> None:
    live = making.live(db)
    who = make.member(db).member_id
    campaigns.pause(db, campaign_id=live.id, now=now)
    with pytest.raises(Stale):
        draw(db, live, [(who, "late-play")])
    assert db.scalar(select(func.count()).select_from(Play)) == 0


def test_each_released_unit_goes_to_the_first_play_after_its_moment(db: Session, now: datetime) -> None:
    live = making.live(
        db,
        draw={"strategy": "moments", "curve": []},
        prizes=[making.prize(1, "points", points=5, stock=40), making.fallback()],
    )
    moments = db.scalars(select(PrizeUnit.release_at).order_by(PrizeUnit.unit_no)).all()
    assert moments == sorted(moments)
    who = [make.member(db).member_id for _ in range(3)]
    third = moments[2] + timedelta(seconds=1)
    released = sum(at <= third for at in moments)
    asks = [(who[number % 3], f"play-{number:04d}") for number in range(released + 2)]
    won = [outcome(answer) for answer in draw(db, live, asks, third)]
    assert won == ["prize 1"] * released + ["prize 9"] * 2
    assert outcome(draw(db, live, [(who[0], "next-play")], moments[released])[0]) == "prize 1"
    assert list(campaigns.check(db)) == []


def test_exactly_n_draws_the_rest_among_those_who_took_part(db: Session, now: datetime) -> None:
    live = making.live(
        db,
        draw={"strategy": "exactly", "curve": []},
        prizes=[
            making.prize(1, "points", points=50, stock=2, odds_ppm=0),
            making.prize(2, "points", points=5, stock=3),
            making.fallback(),
        ],
    )
    who = [make.member(db).member_id for _ in range(12)]
    draw(db, live, [(member_id, "one-play") for member_id in who])
    onlooker = make.member(db)
    live = settle(db, live, now + timedelta(days=1))
    left = dict(db.execute(select(PrizeStock.prize_no, PrizeStock.left_over)).tuples().all())
    assert left == {1: 0, 2: 0, 9: None}
    drawn = db.scalars(select(Play).where(Play.idempotency_key == "final:draw")).all()
    assert len({play.member_id for play in drawn}) == 5
    assert onlooker.member_id not in {play.member_id for play in drawn}
    lowest = sorted(drawn, key=lambda play: play.number)
    assert [play.prize_no for play in lowest] == [1, 1, 2, 2, 2]
    assert list(campaigns.check(db)) == []


def test_exactly_n_with_fewer_people_than_units_leaves_the_rest(db: Session, now: datetime) -> None:
    live = making.live(
        db,
        draw={"strategy": "exactly", "curve": []},
        prizes=[making.prize(1, "points", points=50, stock=5), making.fallback()],
    )
    who = make.member(db).member_id
    draw_one(db, live, who, "only-play")
    settle(db, live, now)
    assert db.scalar(select(PrizeStock.left_over).where(PrizeStock.prize_no == 1)) == 4
    assert list(campaigns.check(db)) == []


def test_an_error_within_the_batch_leaves_nothing_behind(db: Session) -> None:
    live = making.live(
        db, prizes=[making.prize(1, "points", points=5, stock=1, odds_ppm=ALWAYS), making.fallback()]
    )
    who = make.member(db).member_id
    db.execute(text("update prize_unit set play_id = gen_random_uuid()"))
    with pytest.raises(Exception, match="won twice"), db.begin_nested():
        draw(db, live, [(who, "one-play")])
    assert db.scalar(select(func.count()).select_from(Play)) == 0
    assert db.scalar(select(PrizeStock.left_over).where(PrizeStock.prize_no == 1)) == 1


def winners(db: Session, live: campaigns.Live) -> list[UUID | None]:
    return [unit.member_id for unit in campaigns.winners(db, live.id, prize_no=1).rows]


def test_winners_are_listed_by_unit(db: Session) -> None:
    live = making.live(
        db, prizes=[making.prize(1, "points", points=5, stock=9, odds_ppm=ALWAYS), making.fallback()]
    )
    who = [make.member(db).member_id for _ in range(3)]
    for member_id in reversed(who):
        draw_one(db, live, member_id, "one-play")
    assert winners(db, live) == who[::-1]
    page = campaigns.winners(db, live.id, prize_no=1, limit=2)
    rest = campaigns.winners(db, live.id, prize_no=1, limit=2, after=page.after)
    assert [unit.unit_no for unit in (*page.rows, *rest.rows)] == [1, 2, 3]
    assert rest.after is None
