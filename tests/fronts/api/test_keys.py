"""API keys in a process: known for five seconds, forgotten at once where they are revoked."""

import time
from datetime import datetime
from uuid import UUID

import pytest
from flask import Flask

from center_core import channel
from center_core.kit import Database
from scrm.fronts import keyring as module
from scrm.fronts.keyring import Caller, Keyring, Refusal
from tests import make

from .conftest import Shop, Till
from .test_refusals import refused


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds since some moment, to be moved by hand."""
    at = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: at[0])
    return at


def revoke(database: Database, key_id: UUID, now: datetime, keys: Keyring | None = None) -> None:
    with database.transaction() as db:
        channel.revoke_key(db, key_id=key_id, now=now)
        if keys is not None:
            keys.forget_after_commit(db, key_id)


def test_a_key_is_read_once_in_five_seconds(
    database: Database, shop: Shop, clock: list[float], count_queries: object
) -> None:
    keys = Keyring(database)
    with count_queries(database) as seen:  # type: ignore[operator]
        for _ in range(10):
            assert isinstance(keys.find(shop.key), Caller)
    assert len(seen) == 4  # The key, the note of its use, its store, the room where that keeps its goods.
    clock[0] += module.FRESH_SECONDS + 0.1
    with count_queries(database) as seen:  # type: ignore[operator]
        keys.find(shop.key)
    assert len(seen) == 4


def test_a_wrong_key_is_not_asked_for_again_and_again(
    database: Database, shop: Shop, clock: list[float], count_queries: object
) -> None:
    keys, wrong = Keyring(database), shop.key[:-1] + "!"
    with count_queries(database) as seen:  # type: ignore[operator]
        for _ in range(10):
            assert isinstance(keys.find(wrong), Refusal)
    assert len(seen) == 1


def test_a_key_revoked_elsewhere_is_refused_after_five_seconds(
    database: Database, shop: Shop, clock: list[float]
) -> None:
    here = Keyring(database)
    found = here.find(shop.key)
    assert isinstance(found, Caller)
    revoke(database, found.key_id, shop.at)
    clock[0] += module.FRESH_SECONDS - 0.1
    assert isinstance(here.find(shop.key), Caller)
    clock[0] += 0.2
    assert here.find(shop.key).key == "api_key_revoked"  # type: ignore[union-attr]


def test_a_key_revoked_here_is_refused_at_once(database: Database, shop: Shop, clock: list[float]) -> None:
    here = Keyring(database)
    found = here.find(shop.key)
    assert isinstance(found, Caller)
    revoke(database, found.key_id, shop.at, here)
    assert here.find(shop.key).key == "api_key_revoked"  # type: ignore[union-attr]


def test_a_revocation_that_was_not_committed_changes_nothing(database: Database, shop: Shop) -> None:
    keys = Keyring(database)
    found = keys.find(shop.key)
    assert isinstance(found, Caller)
    with database.session() as db:
        channel.revoke_key(db, key_id=found.key_id, now=shop.at)
        keys.forget_after_commit(db, found.key_id)
        db.rollback()
    assert keys.find(shop.key) is found


def test_what_was_read_while_it_was_revoked_is_not_kept(
    database: Database, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another request revokes between the reading of the row and its keeping."""
    keys, read = Keyring(database), channel.key

    def slow(db: object, plaintext: str) -> channel.ApiKey:
        row = read(db, plaintext)  # type: ignore[arg-type]
        revoke(database, row.id, shop.at, keys)
        return row

    monkeypatch.setattr(channel, "key", slow)
    assert isinstance(keys.find(shop.key), Caller)
    monkeypatch.setattr(channel, "key", read)
    assert keys.find(shop.key).key == "api_key_revoked"  # type: ignore[union-attr]


def test_guessing_keys_is_soon_over(app: Flask, database: Database, shop: Shop, redis: object) -> None:
    with database.transaction() as db:
        good = Till(app, make.api_key(db, shop.store))
    answers = [refused(Till(app, f"sk_{number:012x}_x").get("/me")) for number in range(70)]
    assert answers[0] == (401, "api_key_unknown")
    assert answers[-1] == (429, "too_many_requests")
    assert good.get("/me").status_code == 200
