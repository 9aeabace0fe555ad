"""Time: aware UTC everywhere; services are handed ``now`` and never ask."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def utcnow() -> datetime:
    """The present moment. Only the edges (web hook, socket, job) call this, once for each unit of work."""
    return datetime.now(UTC)


def local_day(at: datetime, zone: str) -> date:
    """The calendar day that ``at`` falls on for people in the time zone ``zone`` (an IANA name)."""
    return at.astimezone(ZoneInfo(zone)).date()
