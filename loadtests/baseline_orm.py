"""Baseline: a play as one would first write it - the ORM, one transaction and one row lock for each play.

It keeps the same promises on the same tables (idempotency, limits, stock, units, award, coupon, points, outbox), and is
guarded by the lock on the row of stock instead of by a batch.
"""

import os
from functools import cache
from uuid import UUID

from flask import Flask, Response, jsonify, request
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from campaigns import Live, Lives, PlaysDecided
from campaigns.draw.fairness import number_of
from campaigns.models import Award, Participation, Play, PrizeStock, PrizeUnit, Traffic
from center_core import member
from center_core.kit import Database, Session, local_day, publish, random_code, utcnow, uuid7
from center_core.marketing.models import Coupon, CouponDirectory
from scrm.fronts.identity import MEMBER_COOKIE, MEMBER_SECONDS, Tokens

app = Flask(__name__)


@cache
def database() -> Database:
    return Database(os.environ["DATABASE_URL"], pool_size=32)


@cache
def lives() -> Lives:
    return Lives(database())


@cache
def tokens() -> Tokens:
    return Tokens(os.environ["SECRET_KEY"])


@app.post("/c/<slug>/plays")
def plays(slug: str) -> Response:
    payload = tokens().read("member", request.cookies[MEMBER_COOKIE], MEMBER_SECONDS)
    assert payload
    live = lives().by_slug(slug)
    with database().transaction() as db:
        play = decide(db, live, UUID(bytes=payload), request.headers["Idempotency-Key"])
        return jsonify(prize=play.prize_no, n=play.n, play_id=play.id)


def decide(db: Session, live: Live, member_id: UUID, key: str) -> Play:
    """One play; the same key gives the same play again."""
    known = db.scalar(
        select(Play).where(
            Play.member_id == member_id, Play.campaign_id == live.id, Play.idempotency_key == key
        )
    )
    if known is not None:
        return known
    assert member.member(db, member_id).status == "active"
    now = utcnow()
    today = local_day(now, live.zone)
    joined = insert(Participation).values(member_id=member_id, campaign_id=live.id, joined_at=now)
    db.execute(joined.on_conflict_do_nothing())
    mine = db.get_one(Participation, (member_id, live.id), with_for_update=True)
    used = mine.day_plays if mine.day == today else 0
    assert used < live.definition.limits.free_per_day
    mine.day, mine.day_plays, mine.plays = today, used + 1, mine.plays + 1

    number = number_of(live.seed, live.id, member_id, key)
    drawn = live.odds.fall(number)
    stock = db.get_one(PrizeStock, (live.id, drawn), with_for_update=True)
    before = stock.left_over
    if stock.left_over == 0:
        stock = db.get_one(PrizeStock, (live.id, live.definition.fallback.no), with_for_update=True)
    play = Play(
        member_id=member_id, id=uuid7(), campaign_id=live.id, idempotency_key=key, n=mine.plays, day=today,
        version=live.version, number=number, drawn_no=drawn, left_over=before, prize_no=stock.prize_no, played_at=now,
    )  # fmt: skip
    stock.won += 1
    if stock.left_over is not None:
        stock.left_over -= 1
        unit = db.get_one(PrizeUnit, (live.id, stock.prize_no, stock.won))
        unit.member_id, unit.play_id, unit.won_at = member_id, play.id, now
        play.unit_no = unit.unit_no
    db.add(play)
    give(db, live, play)
    hour = now.replace(minute=0, second=0, microsecond=0)
    traffic = db.get(Traffic, (live.id, hour), with_for_update=True)
    if traffic is not None:
        traffic.plays += 1
    publish(db, PlaysDecided(live.id, [(play.id, member_id, play.prize_no)]), now=now)
    return play


def give(db: Session, live: Live, play: Play) -> None:
    """The award, with its coupon or points."""
    prize = live.definition.prize(play.prize_no)
    if prize.kind == "none":
        return
    db.add(
        Award(
            member_id=play.member_id, id=play.id, campaign_id=live.id, prize_no=prize.no, unit_no=play.unit_no,
            kind=prize.kind, template_id=prize.template_id, points=prize.points, awarded_at=play.played_at,
        )
    )  # fmt: skip
    if prize.template_id:
        starts, ends = live.templates[prize.template_id].window(play.played_at)
        code = random_code()
        db.add(
            Coupon(
                member_id=play.member_id, id=play.id, template_id=prize.template_id, code=code, state="issued",
                issued_at=play.played_at, valid_from=starts, valid_until=ends, source_kind="play", source_id=play.id,
                origin_id=live.id, from_stock=False,
            )
        )  # fmt: skip
        db.add(CouponDirectory(code=code, member_id=play.member_id, coupon_id=play.id))
    if prize.points:
        member.earn(
            db, member_id=play.member_id, points=prize.points, source=("play", play.id), now=play.played_at
        )
