"""No page asks the database more often than it has to, however long its lists are."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from center_core import channel
from center_core.kit import Database, utcnow
from tests import make
from tests.make import campaign as making

from .conftest import Desk

Counter = Callable[[Database], AbstractContextManager[list[str]]]

# Who is asking and what they may do: two statements of every page.
MOST = {
    "/": 6,
    "/campaigns": 4,
    "/campaigns/new": 2,
    "/campaigns/{campaign}/edit": 7,
    "/campaigns/{campaign}/history": 4,
    "/campaigns/{campaign}/preview": 3,
    "/campaigns/{campaign}/publication": 5,
    "/campaigns/{campaign}/report": 11,
    "/campaigns/{campaign}/winners": 4,
    "/campaigns/{campaign}/share": 6,
    "/coupons": 4,
    "/members?q=王": 5,
    "/members/{member}": 18,
    "/tiers": 3,
    "/tiers/ice": 4,
    "/stores": 3,
    "/api-keys": 4,
    "/staff": 4,
    "/audit": 4,
    "/operations": 4,
}


@pytest.fixture
def filled(database: Database) -> dict[str, str]:
    """A dozen of everything that pages list."""
    now = utcnow()
    with database.transaction() as db:
        make.tiers(db)
        campaign = making.live(db, now=now)
        for _ in range(12):
            store = make.store(db)
            guide = make.guide(db, store)
            person = make.member(db, store=store, guide=guide)
            channel.make_code(db, store_id=store.id, label="poster", campaign_slug=campaign.slug)
            channel.issue_key(db, store_id=store.id, label="POS", scopes=["member:read"], now=now)
            make.template(db, now=now)
            making.campaign(db)
    return {"campaign": str(campaign.id), "member": str(person.member_id)}


def test_each_page_has_its_number_of_statements(
    desk: Callable[..., Desk], database: Database, filled: dict[str, str], count_queries: Counter
) -> None:
    admin = desk("admin")
    asked = {}
    for path in MOST:
        with count_queries(database) as seen:
            assert admin.get(path.format(**filled)).status_code == 200
        asked[path] = len(seen)
    assert {path: number for path, number in asked.items() if number > MOST[path]} == {}
