"""Two members of one store finish at the same moment: the table must know both."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from campaigns import RoundScored, season
from campaigns.season import counting
from center_core.kit import Database, Session, uuid7
from tests.campaigns.season.test_season import NOW, Ground, a_season

from .at_once import at_once

MEMBERS = 6


def both_at_once(database: Database) -> tuple[int, list[Any]]:
    """Let six members' rounds be counted together; how many the table knows, and what the doctor finds."""
    with database.transaction() as db:
        ground = Ground(db)
        it = a_season(db, ground.live, slug=f"cup-{uuid7()}")
        players = [ground.score(0, 10_000 + n, tell=False) for n in range(MEMBERS)]
        campaign_id, season_id, store_id = ground.live.id, it.id, ground.stores[0].id

    def counted(who: UUID) -> Callable[[Session], None]:
        event = RoundScored(campaign_id, who, uuid7(), score=10_000, is_best=True, chances=0)
        return lambda db: counting.count_round(db, event, now=NOW)

    outcomes = at_once(database, *[counted(who) for who in players])
    assert outcomes == {"done": MEMBERS}
    with database.transaction() as db:
        place = season.place_of(db, season.season(db, season_id), store_id)
        return place.members if place else 0, list(counting.check(db))


def test_nobody_is_overlooked(database: Database) -> None:
    assert both_at_once(database) == (MEMBERS, [])


def test_without_holding_the_stores_line_somebody_is(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the line is made, but nobody holds it while counting."""

    def make_line(db: Session, it: season.Season, store_id: UUID, now: Any) -> None:
        db.execute(counting.OPEN_STORE, {"season": it.id, "store": store_id, "now": now})

    monkeypatch.setattr(counting, "_open_store", make_line)
    assert any(both_at_once(database)[0] < MEMBERS for _ in range(10))
