"""Two administrators set the tiers in the same moment, and a member joins a tier that is being taken away."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from center_core import member
from center_core.kit import Database, Session
from tests import make

from .at_once import overtaking


@pytest.fixture(autouse=True)
def _three(database: Database) -> None:
    with database.transaction() as db:
        make.tiers(db)


@pytest.fixture
def unheld(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody holds the tiers while setting them."""
    monkeypatch.setattr("center_core.member.tier_setting.HOLD", text("select 1"))


def to_three_thousand(code: str) -> Callable[[Session], object]:
    return lambda db: member.change_tier(
        db, code=code, name={"zh": code, "en": code}, threshold=3000, earn_percent=100
    )


def thresholds(database: Database) -> list[int]:
    with database.transaction() as db:
        return [step.threshold for step in member.tiers(db)]


def test_two_tiers_never_begin_at_one_growth(database: Database) -> None:
    ended = overtaking(database, to_three_thousand("ice"), to_three_thousand("peak"))
    assert ended == ("done", "tier_threshold_taken")
    assert thresholds(database) == [0, 3000, 5000]


@pytest.mark.usefixtures("unheld")
def test_without_holding_them_they_do(database: Database) -> None:
    assert overtaking(database, to_three_thousand("ice"), to_three_thousand("peak")) == ("done", "done")
    assert thresholds(database) == [0, 3000, 3000]


def test_a_tier_that_somebody_is_just_put_into_stays(database: Database, now) -> None:
    with database.transaction() as db:
        keen = make.member(db, points=1000)
    rise = lambda db: member.recompute_tier(db, member_id=keen.member_id, now=now)  # noqa: E731
    take = lambda db: member.remove_tier(db, code="ice")  # noqa: E731
    assert overtaking(database, rise, take) == ("done", "tier_held")
