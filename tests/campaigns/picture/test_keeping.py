"""Which pictures stay, and which are forgotten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

import campaigns
from campaigns import picture
from campaigns.picture import keeping
from center_core.kit import NotFound, Refused, Session
from tests import make
from tests.make import campaign as making

NOW = make.NOW
LATER = NOW + keeping.UNUSED_FOR + timedelta(seconds=1)


def brought(db: Session, campaign_id: UUID, colour: Any = (1, 2, 3)) -> str:
    return picture.bring(
        db, campaign_id=campaign_id, file=make.picture(colour=colour), width=64, height=64, now=NOW
    )


def with_hub(key: Any) -> dict[str, Any]:
    return {"game": {"slug": "wheel", "config": {}, "pictures": {"hub": key}}}


def saved(db: Session, it: campaigns.Campaign, **parts: Any) -> None:
    campaigns.save_draft(
        db, campaign_id=it.id, draft={**it.draft, **parts}, revision=it.draft_revision, staff_id=None, now=NOW
    )
    db.refresh(it)


def is_kept(db: Session, key: str) -> bool:
    return not picture.missing(db, [key])


def forgotten(db: Session) -> int:
    return picture.forget_unused(db, now=LATER, limit=10)


def in_the_draft(db: Session, it: campaigns.Campaign, key: str) -> None:
    saved(db, it, **with_hub(key))


def in_the_history(db: Session, it: campaigns.Campaign, key: str) -> None:
    saved(db, it, **with_hub(key))
    saved(db, it, game={"slug": "wheel", "config": {}})


def in_a_challenge(db: Session, it: campaigns.Campaign, key: str) -> None:
    game = {"slug": "feathers", "config": {}, "pictures": {"feather": key}}
    saved(db, it, **making.challenge(game=game))


def as_the_cover(db: Session, it: campaigns.Campaign, key: str) -> None:
    saved(db, it, theme={"cover": key})


def in_a_copy(db: Session, it: campaigns.Campaign, key: str) -> None:
    making.campaign(db, **with_hub(key))


def in_a_version(db: Session, it: campaigns.Campaign, key: str) -> None:
    saved(db, it, **with_hub(key))
    campaigns.publish(db, campaign_id=it.id, staff_id=None, now=NOW)
    saved(db, it, game={"slug": "wheel", "config": {}})
    db.execute(text("delete from campaign_draft"))


@pytest.mark.parametrize(
    "use", [in_the_draft, in_the_history, in_a_challenge, as_the_cover, in_a_copy, in_a_version]
)
def test_a_picture_stays_where_it_is_named(
    db: Session, use: Callable[[Session, campaigns.Campaign, str], None]
) -> None:
    it = making.campaign(db)
    key = brought(db, it.id)
    use(db, it, key)
    assert forgotten(db) == 0
    assert is_kept(db, key)
    assert list(campaigns.check(db)) == []


def test_a_picture_that_nothing_names_is_forgotten_after_some_days(db: Session) -> None:
    it = making.campaign(db)
    key = brought(db, it.id)
    assert picture.forget_unused(db, now=NOW + keeping.UNUSED_FOR, limit=10) == 0
    assert forgotten(db) == 1
    assert not is_kept(db, key)
    with pytest.raises(NotFound):
        picture.kept(db, key)


def test_who_brings_it_again_has_it_for_some_days_more(db: Session) -> None:
    it = making.campaign(db)
    key = brought(db, it.id)
    picture.bring(db, campaign_id=it.id, file=make.picture(colour=(1, 2, 3)), width=64, height=64, now=LATER)
    assert forgotten(db) == 0
    assert is_kept(db, key)


@pytest.mark.parametrize(
    "game", [None, [], "wheel", {"pictures": None}, {"pictures": ["x"]}, {"pictures": {"hub": 7}}]
)
def test_a_draft_in_any_state_stops_no_sweep(db: Session, game: Any) -> None:
    it = making.campaign(db)
    key = brought(db, it.id)
    saved(db, it, game=game)
    assert forgotten(db) == 1
    assert not is_kept(db, key)


def test_forgetting_goes_in_portions(db: Session) -> None:
    it = making.campaign(db)
    for blue in range(3):
        brought(db, it.id, (0, 0, blue * 90))
    assert [picture.forget_unused(db, now=LATER, limit=2) for _ in range(3)] == [2, 1, 0]


def test_a_campaign_brings_no_more_than_it_may(db: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_FOR_A_CAMPAIGN", 2)
    it, other = making.campaign(db), making.campaign(db)
    brought(db, it.id, (0, 0, 0))
    brought(db, it.id, (0, 0, 90))
    brought(db, it.id, (0, 0, 90))  # This one is there.
    with pytest.raises(Refused) as refused:
        brought(db, it.id, (0, 0, 180))
    assert refused.value.key == "pictures_too_many"
    brought(db, other.id, (0, 0, 180))


def test_doctor_names_a_version_whose_picture_is_gone(db: Session) -> None:
    it = making.campaign(db)
    in_the_draft(db, it, brought(db, it.id))
    campaigns.publish(db, campaign_id=it.id, staff_id=None, now=NOW)
    db.execute(text("delete from picture"))
    finding = next(iter(campaigns.check(db)))
    assert (finding.check, finding.subject) == ("picture_missing", f"{it.id} version 1")
