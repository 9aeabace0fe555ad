"""A sweep forgets unused pictures while somebody saves a draft that names one of them."""

from collections.abc import Sequence
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import true

import campaigns
from campaigns import picture
from campaigns.picture import keeping
from center_core.kit import Database, Session
from tests import make
from tests.make import campaign as making

NOW = make.NOW
LATER = NOW + keeping.UNUSED_FOR + timedelta(days=1)
PATIENCE = 20


def unused(database: Database) -> tuple[UUID, int, str]:
    """A campaign, its draft's revision, and a picture that nothing names yet and that is old enough to go."""
    with database.transaction() as db:
        it = making.campaign(db)
        file = make.picture(colour=(9, 9, 9))
        key = picture.bring(db, campaign_id=it.id, file=file, width=64, height=64, now=NOW)
        return it.id, it.draft_revision, key


def sweep_while_saving(database: Database) -> tuple[int, set[str]]:
    """The draft is saved and not yet committed when the sweep begins; how many it forgot, and what is missing."""
    campaign_id, revision, key = unused(database)
    saved, swept = Barrier(2), Barrier(2)

    def save() -> None:
        with database.transaction() as db:
            draft = making.draft(game={"slug": "wheel", "config": {}, "pictures": {"hub": key}})
            campaigns.save_draft(
                db, campaign_id=campaign_id, draft=draft, revision=revision, staff_id=None, now=NOW
            )
            saved.wait(PATIENCE)
            swept.wait(PATIENCE)

    saving = Thread(target=save)
    saving.start()
    saved.wait(PATIENCE)
    with database.transaction() as db:
        gone = picture.forget_unused(db, now=LATER, limit=10)
    swept.wait(PATIENCE)
    saving.join(PATIENCE)
    with database.transaction() as db:
        return gone, picture.missing(db, [key])


def test_a_picture_is_held_while_a_draft_that_names_it_is_saved(database: Database) -> None:
    assert sweep_while_saving(database) == (0, set())


def test_without_holding_it_would_be_gone(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: saving holds nothing."""
    monkeypatch.setattr(picture, "hold", lambda *_: None)
    gone, missing = sweep_while_saving(database)
    assert (gone, len(missing)) == (1, 1)


def save_before_the_lock(database: Database, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The sweep found the picture unused; by the time that it has the lock, a draft that names it is saved."""
    campaign_id, revision, key = unused(database)
    lock = keeping._lock_unused

    def late(db: Session, **terms: Any) -> Sequence[str]:
        with database.transaction() as other:
            draft = making.draft(game={"slug": "wheel", "config": {}, "pictures": {"hub": key}})
            campaigns.save_draft(
                other, campaign_id=campaign_id, draft=draft, revision=revision, staff_id=None, now=NOW
            )
        lock(db, **terms)
        return [key]

    monkeypatch.setattr(keeping, "_lock_unused", late)
    with database.transaction() as db:
        picture.forget_unused(db, now=LATER, limit=10)
    with database.transaction() as db:
        return picture.missing(db, [key])


def test_a_draft_saved_just_before_the_lock_is_seen(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert save_before_the_lock(database, monkeypatch) == set()


def test_without_a_second_look_it_would_be_gone(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: what was found unused once is forgotten."""
    monkeypatch.setattr(keeping, "UNNAMED", true())
    assert len(save_before_the_lock(database, monkeypatch)) == 1
