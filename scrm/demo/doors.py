"""The doors by which the demo's campaigns come to be as everybody's do: drafted, published, visited and played."""

from collections.abc import Sequence
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import campaigns
from campaigns import Batcher, Lives, Visits
from center_core import marketing
from center_core.kit import Database, Session

ZONE = "Asia/Shanghai"


def template(db: Session, code: str) -> str:
    return str(next(t.id for t in marketing.templates(db, q=code).rows if t.code == code))


def draft(kind: str, now: datetime, starts: datetime, ends: datetime, **parts: Any) -> dict[str, Any]:
    """The template of ``kind`` with ``parts`` in place of its own; it runs from midnight to midnight."""
    usual = campaigns.campaign_type(kind).template(now, ZONE)
    period = {
        "starts_at": midnight(starts).isoformat(), "ends_at": midnight(ends).isoformat(), "zone": ZONE,
    }  # fmt: skip
    return {**usual, "period": period, **parts}


def midnight(at: datetime) -> datetime:
    """When the day of ``at`` begins where the brand is."""
    return at.astimezone(ZoneInfo(ZONE)).replace(hour=0, minute=0, second=0, microsecond=0)


def prize(
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


def publish(database: Database, slug: str, draft: dict[str, Any], *, staff_id: UUID, now: datetime) -> UUID:
    with database.transaction() as db:
        it = campaigns.create(db, slug=slug, type=draft["type"], staff_id=staff_id, now=now, draft=draft)
        campaigns.publish(db, campaign_id=it.id, staff_id=staff_id, now=now)
        return it.id


def play(
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
