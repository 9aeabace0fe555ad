"""What falls due by the clock is done for each by itself: one that PostgreSQL refuses keeps nobody else waiting."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

import campaigns
from center_core.kit import Session, failed_apart
from tests.make import campaign as making

from .season.test_season import END, a_season
from .test_duel import START, Pair

HOUR = timedelta(hours=1)
LATE = START + timedelta(minutes=5)


def cursed(db: Session, table: str, subject: UUID) -> None:
    """From now on PostgreSQL refuses to change that row."""
    db.execute(
        text(
            "create or replace function stumble() returns trigger language plpgsql as "
            "$$begin raise check_violation using message = 'it is cursed'; end$$"
        )
    )
    when = f"when (new.id = '{subject}')"
    db.execute(
        text(f"create trigger cursed before update on {table} for each row {when} execute function stumble()")
    )


def states(db: Session, table: str, subjects: list[UUID]) -> list[str]:
    found = dict(db.execute(text(f"select id, state from {table}")).tuples().all())
    return [found[subject] for subject in subjects]


def tick_out(db: Session, now: datetime) -> None:
    """As the scheduler does it."""
    while campaigns.tick(db, now=now):
        pass


def overdue(db: Session, table: str) -> list[tuple[str, str]]:
    """What the doctor says when it has ended two hours ago."""
    db.execute(text(f"drop trigger cursed on {table}"))
    starts = ", starts_at = starts_at - interval '1 year'" if table == "season" else ""
    db.execute(text(f"update {table} set ends_at = now() - interval '2 hours' {starts}"))
    return [(found.check, found.subject) for found in campaigns.check(db)]


def period(starts: datetime, ends: datetime) -> dict[str, str]:
    return {"starts_at": starts.isoformat(), "ends_at": ends.isoformat(), "zone": "Asia/Shanghai"}


@pytest.mark.parametrize(
    ("verb", "starts", "ends", "before", "after"),
    [
        ("starting", HOUR, 9 * HOUR, "scheduled", "running"),
        ("ending", -HOUR, HOUR, "running", "settled"),
    ],
    ids=["start", "end"],
)
def test_campaigns_that_are_due(
    db: Session, now: datetime, verb: str, starts: timedelta, ends: timedelta, before: str, after: str
) -> None:
    ids = [making.live(db, period=period(now + starts, now + ends)).id for _ in range(3)]
    cursed(db, "campaign", ids[0])
    tick_out(db, now + 2 * HOUR)
    assert states(db, "campaign", ids) == [before, after, after]
    assert set(failed_apart(db)) == {f"{verb} campaign {ids[0]}"}


def test_campaigns_that_have_ended(db: Session, now: datetime) -> None:
    ids = [making.live(db).id for _ in range(3)]
    for campaign_id in ids:
        campaigns.end(db, campaign_id=campaign_id, now=now)
    cursed(db, "campaign", ids[0])
    tick_out(db, now)
    assert states(db, "campaign", ids) == ["ended", "settled", "settled"]
    assert set(failed_apart(db)) == {f"settling campaign {ids[0]}"}


def test_duels_at_which_nobody_looks(db: Session) -> None:
    pairs = [Pair(db) for _ in range(2)]
    cursed(db, "duel", pairs[0].duel_id)
    tick_out(db, LATE)
    assert states(db, "duel", [pair.duel_id for pair in pairs]) == ["running", "void"]
    assert set(failed_apart(db)) == {f"settling duel {pairs[0].duel_id}"}
    assert overdue(db, "duel") == [("duel_overdue", f"{pairs[0].live.id} duel {pairs[0].duel_id}")]


def test_seasons_that_are_over(db: Session) -> None:
    live = making.live(db, **making.challenge(), period=period(START - HOUR, END + 9 * HOUR))
    first, second = (a_season(db, live, slug=f"cup-{number}") for number in range(2))
    cursed(db, "season", first.id)
    tick_out(db, END + HOUR)
    db.expire_all()
    assert (first.frozen_at, second.frozen_at) == (None, END + HOUR)
    assert set(failed_apart(db)) == {f"freezing season {first.id}"}
    assert overdue(db, "season") == [("season_overdue", str(first.id))]
