"""What happens to campaigns because of the time alone."""

from datetime import datetime

from center_core.kit import Session

from . import duel, season
from .closing import settle_next
from .lifecycle import start_due


def tick(db: Session, *, now: datetime, limit: int = 100) -> int:
    """Start, end and settle what is due, duels and seasons too, one after another; call it until it changed nothing."""
    return (
        start_due(db, now=now, limit=limit)
        or settle_next(db, now=now)
        or duel.settle_late(db, now=now)
        or season.freeze_next(db, now=now)
    )
