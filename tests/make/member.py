"""Members for tests."""

from datetime import datetime
from itertools import count

from center_core import channel, user
from center_core import member as centre
from center_core.kit import Session, uuid7
from center_core.member.models import Tier

from .moment import NOW

_serial = count(1)


def phone_number() -> str:
    """A mobile number that nobody has yet."""
    return f"+86138{next(_serial):08d}"


def member(
    db: Session,
    *,
    name: str = "王小明",
    phone: str | None = None,
    store: channel.Store | None = None,
    guide: user.Staff | None = None,
    points: int = 0,
    now: datetime = NOW,
) -> centre.Member:
    """A member who has joined, in ``store`` and with ``guide`` if they are given, and earned ``points``."""
    row, _ = centre.join(
        db,
        phone=phone or phone_number(),
        name=name,
        store_id=store.id if store else None,
        staff_id=guide.id if guide else None,
        consent_version="2026-11",
        now=now,
    )
    if points:
        centre.earn(db, member_id=row.member_id, points=points, source=("gift", uuid7()), now=now)
    return row


def tiers(db: Session) -> list[Tier]:
    """Three tiers: snow from the start, ice from 1,000 growth, peak from 5,000."""
    steps = (("snow", 0, 100), ("ice", 1000, 120), ("peak", 5000, 150))
    rows = [
        Tier(code=code, name={"en": code}, rank=rank, threshold=threshold, earn_percent=percent)
        for rank, (code, threshold, percent) in enumerate(steps)
    ]
    db.add_all(rows)
    db.flush()
    return rows
