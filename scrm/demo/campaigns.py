"""The demo brand's three campaigns: one that runs, one that is about to, and one that is over and settled."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import campaigns
from campaigns import Batcher, Lives, Visits
from center_core import marketing, member, user
from center_core.kit import Database, Session

from .rounds import let_run, make_season

ZONE = "Asia/Shanghai"
SHOWN_GUIDE = "guide001"
"""The guide whose login the demo names: their members play, so that the workbench has something to tell."""


def make_campaigns(
    database: Database, *, members: Sequence[UUID], staff_id: UUID, chance: Random, now: datetime
) -> None:
    """Publish all three and let ``members`` play, each through the same doors as everybody."""
    over = _publish(database, "autumn-warm-up", _autumn(now), staff_id=staff_id, now=now - timedelta(days=21))
    running = _publish(
        database, "first-snow", _first_snow(database, now), staff_id=staff_id, now=now - timedelta(days=4)
    )
    _publish(database, "twelve-twelve", _twelve(database, now), staff_id=staff_id, now=now)
    _play(
        database, over, members[:240], chance, since=now - timedelta(days=20), until=now - timedelta(days=8)
    )
    players = list(dict.fromkeys([*_members_of_the_shown_guide(database), *members[100:400]]))
    _play(database, running, players, chance, since=now - timedelta(days=3), until=now)
    let_run(database, running, players, chance, since=now - timedelta(days=3), until=now)
    make_season(database, running, staff_id=staff_id, now=now)
    _let_time_pass(database, now)


def _members_of_the_shown_guide(database: Database) -> list[UUID]:
    with database.transaction() as db:
        guide = user.staff_by_login(db, SHOWN_GUIDE)
        page = member.members_of(db, staff_id=guide.id, limit=20) if guide else None
        return [row.member_id for row in page.rows] if page else []


def _publish(database: Database, slug: str, draft: dict[str, Any], *, staff_id: UUID, now: datetime) -> UUID:
    with database.transaction() as db:
        it = campaigns.create(db, slug=slug, type=draft["type"], staff_id=staff_id, now=now, draft=draft)
        campaigns.publish(db, campaign_id=it.id, staff_id=staff_id, now=now)
        return it.id


def _play(
    database: Database,
    campaign_id: UUID,
    members: Sequence[UUID],
    chance: Random,
    *,
    since: datetime,
    until: datetime,
) -> None:
    """Each of ``members`` plays once or twice at moments in order, as a phone would."""
    lives = Lives(database)
    batcher = Batcher(database, lives)
    with database.transaction() as db:
        campaigns.start_due(db, now=since)
    live = lives.read_again(campaign_id)
    visits = Visits(database)
    moments = sorted(_evening(chance, since, until) for _ in members)
    for member_id, at in zip(members, moments, strict=True):
        for _ in range(chance.choice((1, 1, 2, 3, 4))):
            visits.count(campaign_id, chance.choice(("", "S001", "S005", "G001")), at)
        for _ in range(chance.choice((1, 1, 2))):
            key = f"demo-{chance.getrandbits(64):016x}"
            campaigns.play(database, batcher, live, member_id=member_id, key=key, now=at)
    visits.write()
    batcher.close()


def _evening(chance: Random, since: datetime, until: datetime) -> datetime:
    """A moment between the two, after supper more often than not."""
    at = since + (until - since) * chance.random()
    evening = at.astimezone(ZoneInfo(ZONE)).replace(hour=chance.choice((18, 19, 20, 20, 21, 22)))
    return evening if chance.random() < 0.7 and since < evening < until else at


def _let_time_pass(database: Database, now: datetime) -> None:
    """End and settle what is due; each step is a transaction, as the scheduler does it."""
    changed = 1
    while changed:
        with database.transaction() as db:
            changed = campaigns.tick(db, now=now)


def _template(db: Session, code: str) -> str:
    return str(next(t.id for t in marketing.templates(db, q=code).rows if t.code == code))


def _draft(kind: str, now: datetime, starts: datetime, ends: datetime, **parts: Any) -> dict[str, Any]:
    """The template of ``kind`` with ``parts`` in place of its own; it runs from midnight to midnight."""
    usual = campaigns.campaign_type(kind).template(now, ZONE)
    starts, ends = (
        at.astimezone(ZoneInfo(ZONE)).replace(hour=0, minute=0, second=0, microsecond=0)
        for at in (starts, ends)
    )
    period = {"starts_at": starts.isoformat(), "ends_at": ends.isoformat(), "zone": ZONE}
    return {**usual, "period": period, **parts}


def _first_snow(database: Database, now: datetime) -> dict[str, Any]:
    """Running: free spins, and more of them for who runs the hundred metres well."""
    with database.transaction() as db:
        scarf, fifty = _template(db, "SCARF"), _template(db, "WINTER50")
    return _draft(
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
            _prize(
                1,
                "A cashmere scarf",
                "羊绒围巾礼品券",
                "gift",
                20_000,
                49_900,
                template_id=scarf,
                stock=1_000,
            ),
            _prize(
                2, "50 yuan off", "暖冬 50 元券", "coupon", 180_000, 5_000, template_id=fifty, stock=20_000
            ),
            _prize(3, "88 points", "88 积分", "points", 300_000, 88, points=88),
            _prize(4, "A warm wish", "一份温暖祝福", "none", 0, 0, fallback=True),
        ],
    )


def _twelve(database: Database, now: datetime) -> dict[str, Any]:
    """Scheduled: units released at moments that follow the evening."""
    with database.transaction() as db:
        scarf, hundred = _template(db, "SCARF"), _template(db, "WINTER100")
    evening = [1] * 18 + [4, 8, 10, 8, 4, 1]
    return _draft(
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
            _prize(1, "A cashmere scarf", "羊绒围巾礼品券", "gift", 0, 49_900, template_id=scarf, stock=200),
            _prize(2, "100 yuan off", "暖冬 100 元券", "coupon", 0, 10_000, template_id=hundred, stock=2_000),
            _prize(3, "A warm wish", "一份温暖祝福", "none", 0, 0, fallback=True),
        ],
    )


def _autumn(now: datetime) -> dict[str, Any]:
    """Over: exactly fifty gifts of points, the last of them drawn at the end."""
    return _draft(
        "wheel",
        now,
        now - timedelta(days=21),
        now - timedelta(days=7),
        title={"en": "Autumn Warm-up", "zh": "秋日预热"},
        draw={"strategy": "exactly", "curve": []},
        prizes=[
            _prize(1, "1,000 points", "1000 积分", "points", 100_000, 1_000, points=1_000, stock=50),
            _prize(2, "20 points", "20 积分", "points", 400_000, 20, points=20),
            _prize(3, "A warm wish", "一份温暖祝福", "none", 0, 0, fallback=True),
        ],
    )


def _prize(
    no: int, en: str, zh: str, kind: str, odds_ppm: int, value_fen: int, **terms: Any
) -> dict[str, Any]:
    usual = {
        "no": no,
        "name": {"en": en, "zh": zh},
        "kind": kind,
        "odds_ppm": odds_ppm,
        "value_fen": value_fen,
    }
    return {**usual, **terms}
