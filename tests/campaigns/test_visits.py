"""Visits reach the report by themselves, the last ones too, and outlive a database that is away for a while."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from campaigns import Visits, visits
from campaigns.models import Traffic, VisitSource
from center_core import channel
from center_core.kit import Database, utcnow
from tests import make
from tests.make import campaign as making
from tests.stack import happens


def written(database: Database) -> int:
    with database.transaction() as db:
        return db.scalar(select(func.coalesce(func.sum(Traffic.visits), 0))) or 0


def test_the_last_visitor_of_an_evening_is_counted_too(database: Database) -> None:
    """Nobody comes after them, so that no later visit would write them."""
    with database.transaction() as db:
        live = making.live(db)
    counting = Visits(database, every=0.05)
    counting.count(live.id, "", utcnow())
    assert happens(lambda: written(database) == 1, within=10)
    counting.count(live.id, "S001", utcnow())
    assert happens(lambda: written(database) == 2, within=10)


def test_visits_are_kept_while_the_database_is_away(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("insert", {}, Exception("the server closed the connection"))

    with database.transaction() as db:
        live = making.live(db)
    counting = Visits(database, every=3600)
    counting.count(live.id, "", utcnow())
    with monkeypatch.context() as patch:
        patch.setattr(visits, "write_visits", away)
        counting.write()
    counting.count(live.id, "", utcnow())
    counting.write()
    assert written(database) == 2


def test_codes_that_nobody_made_are_bare_links(database: Database) -> None:
    """Else whoever makes some up fills a table and a report with them."""
    with database.transaction() as db:
        live = making.live(db)
        printed, retired = (make.channel_code(db, make.store(db)).code for _ in range(2))
        channel.retire_code(db, retired)
    counting = Visits(database, every=3600)
    for source in (printed, retired, "challenge-link", "", *(f"MADEUP{number}" for number in range(50))):
        counting.count(live.id, source, utcnow())
    counting.write()
    with database.transaction() as db:
        found = dict(db.execute(select(VisitSource.channel_code, VisitSource.visits)).tuples().all())
    assert found == {printed: 1, retired: 1, "challenge-link": 1, "": 51}


def test_what_postgresql_refuses_does_not_stop_the_counting(database: Database) -> None:
    with database.transaction() as db:
        live = making.live(db)
    counting = Visits(database, every=3600)
    counting.count(live.id, "with-\0", utcnow())
    counting.write()
    counting.count(live.id, "", utcnow())
    counting.write()
    assert written(database) == 1
