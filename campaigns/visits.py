"""Visits, counted in the process and written every few seconds: a page view must not wait for a row that all share."""

import logging
import threading
from collections import Counter
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from center_core import channel
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

Visit = tuple[UUID, datetime, str]


class Visits:
    """The visits that this process has counted and not yet written; a killed process loses those few seconds."""

    def __init__(self, database: Database, *, every: float = 2.0) -> None:
        self._database = database
        self._every = every
        self._counted: Counter[Visit] = Counter()
        self._timed = False
        self._lock = threading.Lock()

    def count(self, campaign_id: UUID, source: str, now: datetime) -> None:
        """One more visit; no reader waits for its writing.

        ``source`` is the channel code that its link brought (empty: a bare link), or a name of ours with a hyphen.
        """
        hour = now.replace(minute=0, second=0, microsecond=0)
        with self._lock:
            self._counted[campaign_id, hour, source] += 1
            begins, self._timed = not self._timed, True
        if begins:
            timer = threading.Timer(self._every, self.write)
            timer.daemon = True
            timer.start()

    def write(self) -> None:
        """Write what was counted, in a transaction of its own; what cannot be written now is counted on.

        What PostgreSQL refuses for what it is will be refused for ever, and with it all that comes after: it is let go.
        """
        with self._lock:
            counted, self._counted = self._counted, Counter()
            self._timed = False
        if not counted:
            return
        try:
            with self._database.transaction() as db:
                write_visits(db, counted)
        except (DataError, IntegrityError) as error:
            log.error("%s visits were refused and are let go: %s", counted.total(), error)
        except SQLAlchemyError as error:
            log.warning("visits could not be written: %s", error)
            with self._lock:
                self._counted.update(counted)


def write_visits(db: Session, counted: Counter[Visit]) -> None:
    """Add the counts, in the order of their keys so that processes do not wait for each other in a circle.

    Anybody can make up codes without end; those that nobody made count as bare links, so that rows and the report do
    not grow with them.
    """
    counted = _with_known_codes(db, counted)
    hours: Counter[tuple[UUID, datetime]] = Counter()
    for (campaign_id, hour, _), visits in counted.items():
        hours[campaign_id, hour] += visits
    for (campaign_id, hour), visits in sorted(hours.items()):
        db.execute(COUNT_HOUR, {"campaign": campaign_id, "hour": hour, "visits": visits})
    for (campaign_id, hour, code), visits in sorted(counted.items()):
        row = {"campaign": campaign_id, "day": hour.date(), "code": code, "visits": visits}
        db.execute(COUNT_SOURCE, row)


def _with_known_codes(db: Session, counted: Counter[Visit]) -> Counter[Visit]:
    codes = {source for _, _, source in counted if channel.could_be_code(source)}
    unknown = codes - channel.known_codes(db, codes) if codes else codes
    known: Counter[Visit] = Counter()
    for (campaign_id, hour, source), visits in counted.items():
        known[campaign_id, hour, "" if source in unknown else source] += visits
    return known
