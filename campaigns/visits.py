"""Visits, counted in the process and written every few seconds: a page view must not wait for a row that all share."""

import logging
import threading
from collections import Counter
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from center_core.kit import Database, Session

log = logging.getLogger(__name__)

COUNT_HOUR = text("""
    insert into traffic as t (campaign_id, hour, visits) values (:campaign, :hour, :visits)
    on conflict (campaign_id, hour) do update set visits = t.visits + excluded.visits
""")
COUNT_SOURCE = text("""
    insert into visit_source as v (campaign_id, day, channel_code, visits) values (:campaign, :day, :code, :visits)
    on conflict (campaign_id, day, channel_code) do update set visits = v.visits + excluded.visits
""")

MAX_CODE = 64
Visit = tuple[UUID, datetime, str]


class Visits:
    """The visits that this process has counted and not yet written; a killed process loses those few seconds."""

    def __init__(self, database: Database, *, every: float = 2.0) -> None:
        self._database = database
        self._every = every
        self._counted: Counter[Visit] = Counter()
        self._timed = False
        self._lock = threading.Lock()

    def count(self, campaign_id: UUID, channel_code: str, now: datetime) -> None:
        """One more visit, by the link with ``channel_code`` (empty: a bare link); no reader waits for its writing."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        with self._lock:
            self._counted[campaign_id, hour, channel_code[:MAX_CODE]] += 1
            begins, self._timed = not self._timed, True
        if begins:
            timer = threading.Timer(self._every, self.write)
            timer.daemon = True
            timer.start()

    def write(self) -> None:
        """Write what was counted, in a transaction of its own; what cannot be written now is counted on."""
        with self._lock:
            counted, self._counted = self._counted, Counter()
            self._timed = False
        if not counted:
            return
        try:
            with self._database.transaction() as db:
                write_visits(db, counted)
        except SQLAlchemyError as error:
            log.warning("visits could not be written: %s", error)
            with self._lock:
                self._counted.update(counted)


def write_visits(db: Session, counted: Counter[Visit]) -> None:
    """Add the counts, in the order of their keys so that processes do not wait for each other in a circle."""
    hours: Counter[tuple[UUID, datetime]] = Counter()
    for (campaign_id, hour, _), visits in counted.items():
        hours[campaign_id, hour] += visits
    for (campaign_id, hour), visits in sorted(hours.items()):
        db.execute(COUNT_HOUR, {"campaign": campaign_id, "hour": hour, "visits": visits})
    for (campaign_id, hour, code), visits in sorted(counted.items()):
        row = {"campaign": campaign_id, "day": hour.date(), "code": code, "visits": visits}
        db.execute(COUNT_SOURCE, row)
