"""The demo brand's three campaigns: one that runs, one that is about to, and one that is over and settled."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import campaigns
from center_core import member, user
from center_core.kit import Database

from .doors import draft, play, prize, publish, template
from .rounds import FRIENDS, RUNNERS, let_run, make_friends, make_season

SHOWN_GUIDE = "guide001"
"""The guide whose login the demo names: their members play, so that the workbench has something to tell."""


def make_campaigns(
    database: Database, *, members: Sequence[UUID], staff_id: UUID, chance: Random, now: datetime
) -> None:
    """Publish all three and let ``members`` play, each through the same doors as everybody."""
    over = publish(database, "autumn-warm-up", _autumn(now), staff_id=staff_id, now=now - timedelta(days=21))
    running = publish(
        database, "first-snow", _first_snow(database, now), staff_id=staff_id, now=now - timedelta(days=4)
    )
    publish(database, "twelve-twelve", _twelve(database, now), staff_id=staff_id, now=now)
    play(database, over, members[:240], chance, since=now - timedelta(days=20), until=now - timedelta(days=8))
    players = list(dict.fromkeys([*_members_of_the_shown_guide(database), *members[100:400]]))
    play(database, running, players, chance, since=now - timedelta(days=3), until=now)
    let_run(database, running, players[:RUNNERS], chance, since=now - timedelta(days=3), until=now)
    make_friends(database, running, players[:FRIENDS], chance, now=now - timedelta(minutes=20))
    make_season(database, running, staff_id=staff_id, now=now)
    _let_time_pass(database, now)


def _members_of_the_shown_guide(database: Database) -> list[UUID]:
    with database.transaction() as db:
        guide = user.staff_by_login(db, SHOWN_GUIDE)
        page = member.members_of(db, staff_id=guide.id, limit=20) if guide else None
        return [row.member_id for row in page.rows] if page else []


def _let_time_pass(database: Database, now: datetime) -> None:
    """End and settle what is due; each step is a transaction, as the scheduler does it."""
    changed = 1
    while changed:
        with database.transaction() as db:
            changed = campaigns.tick(db, now=now)


def _first_snow(database: Database, now: datetime) -> dict[str, Any]:
    """Running: free spins, and more of them for who runs the hundred metres well."""
    with database.transaction() as db:
        scarf, fifty = template(db, "SCARF"), template(db, "WINTER50")
    return draft(
        "challenge",
        now,
        now - timedelta(days=4),
        now + timedelta(days=17),
        title={"en": "First Snow", "zh": "初雪如约"},
        intro={
            "en": "Spin for a cashmere scarf, or run a hundred metres in the snow for one more chance.",
            "zh": "转动初雪转盘赢羊绒围巾；雪道百米跑得漂亮，再得一次机会。",
        },
        limits={"plays": None, "plays_per_day": 5, "free": 0, "free_per_day": 2},
        prizes=[
            prize(
                1,
                "A cashmere scarf",
                "羊绒围巾礼品券",
                "gift",
                20_000,
                49_900,
                template_id=scarf,
                stock=1_000,
            ),
            prize(
                2, "50 yuan off", "暖冬 50 元券", "coupon", 180_000, 5_000, template_id=fifty, stock=20_000
            ),
            prize(3, "88 points", "88 积分", "points", 300_000, 88, points=88),
            prize(4, "A warm wish", "一份温暖祝福", "none", 0, 0, fallback=True),
        ],
    )


def _twelve(database: Database, now: datetime) -> dict[str, Any]:
    """Scheduled: units released at moments that follow the evening."""
    with database.transaction() as db:
        scarf, hundred = template(db, "SCARF"), template(db, "WINTER100")
    evening = [1] * 18 + [4, 8, 10, 8, 4, 1]
    return draft(
        "wheel",
        now,
        now + timedelta(days=7),
        now + timedelta(days=12),
        title={"en": "Twelve Twelve Wheel", "zh": "双十二暖冬转盘"},
        theme={
            "ground": "#3a0f1a",
            "paper": "#fff8f2",
            "ink": "#2c1216",
            "accent": "#c0392b",
            "picture": None,
        },
        draw={"strategy": "moments", "curve": evening},
        prizes=[
            prize(1, "A cashmere scarf", "羊绒围巾礼品券", "gift", 0, 49_900, template_id=scarf, stock=200),
            prize(2, "100 yuan off", "暖冬 100 元券", "coupon", 0, 10_000, template_id=hundred, stock=2_000),
            prize(3, "A warm wish", "一份温暖祝福", "none", 0, 0, fallback=True),
        ],
    )


def _autumn(now: datetime) -> dict[str, Any]:
    """Over: exactly fifty gifts of points, the last of them drawn at the end."""
    return draft(
        "wheel",
        now,
        now - timedelta(days=21),
        now - timedelta(days=7),
        title={"en": "Autumn Warm-up", "zh": "秋日预热"},
        draw={"strategy": "exactly", "curve": []},
        prizes=[
            prize(1, "1,000 points", "1000 积分", "points", 100_000, 1_000, points=1_000, stock=50),
            prize(2, "20 points", "20 积分", "points", 400_000, 20, points=20),
            prize(3, "A warm wish", "一份温暖祝福", "none", 0, 0, fallback=True),
        ],
    )
