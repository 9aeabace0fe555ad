"""API keys as this process knows them: read again after five seconds, forgotten at once where they are revoked."""

import hashlib
import time
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from flask import current_app
from sqlalchemy import event

from center_core import channel, inventory
from center_core.kit import N_, Database, Forbidden, NotFound, Session, utcnow

FRESH_SECONDS = 5.0
AT_MOST = 10_000


@dataclass(frozen=True, eq=False)
class Caller:
    """The system that asks, and the store that it asks for; each reading of it is an object of its own.

    ``location_id`` is the store's own room, if it keeps stock.
    """

    key_id: UUID
    label: str
    scopes: frozenset[str]
    store_id: UUID
    store_code: str
    store_kind: str
    store_name: dict[str, Any]
    location_id: UUID | None


@dataclass(frozen=True)
class Refusal:
    """Why a key is not taken; kept so that asking again and again with it costs no query."""

    key: str
    text: str
    reasons: dict[str, Any]

    def raised(self) -> Forbidden:
        """A fresh exception, since one that is raised twice collects tracebacks."""
        return Forbidden(self.key, self.text, **self.reasons)


class Keyring:
    """Callers by the hash of their key, so that no secret lies about in memory."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[bytes, tuple[float, Caller | Refusal]] = {}
        self._forgotten = 0

    def find(self, plaintext: str) -> Caller | Refusal:
        """Whose key this is; at most five seconds old."""
        digest = hashlib.sha256(plaintext.encode()).digest()
        read_at, found = self._known.get(digest, (float("-inf"), None))
        if found is None or time.monotonic() - read_at > FRESH_SECONDS:
            found = self._read(plaintext, digest)
        return found

    def forget(self, key_id: UUID) -> None:
        """Read the key again when it is next used."""
        self._forgotten += 1
        for digest, (_, found) in list(self._known.items()):
            if isinstance(found, Caller) and found.key_id == key_id:
                self._known.pop(digest, None)

    def forget_after_commit(self, db: Session, key_id: UUID) -> None:
        """Forget the key once the change of it is there for everybody to read."""
        event.listen(db, "after_commit", lambda _: self.forget(key_id), once=True)

    def _read(self, plaintext: str, digest: bytes) -> Caller | Refusal:
        forgotten, read_at = self._forgotten, time.monotonic()
        with self._database.transaction() as db:
            try:
                row = channel.key(db, plaintext)
                store = channel.store(db, row.store_id)
                _check_open(store)
            except Forbidden as fault:
                found: Caller | Refusal = Refusal(fault.key, fault.text, fault.reasons)
            else:
                channel.note_use(db, key_id=row.id, now=utcnow())
                found = _caller(row, store, _room(db, row.store_id))
        if len(self._known) >= AT_MOST:
            self._known.clear()
        # What was read while somebody revoked may be from before; it serves this request and is not kept.
        if forgotten == self._forgotten:
            self._known[digest] = (read_at, found)
        return found


def keyring() -> Keyring:
    """The keyring of this process."""
    return cast(Keyring, current_app.extensions["keyring"])


def _check_open(store: channel.Store) -> None:
    """A store that has closed sells nothing more; its keys work again when it opens again."""
    if not store.active:
        raise Forbidden("store_closed", N_("The store of this API key is closed."), store=store.code)


def _room(db: Session, store_id: UUID) -> UUID | None:
    try:
        return inventory.location_of_store(db, store_id).id
    except NotFound:
        return None


def _caller(key: channel.ApiKey, store: channel.Store, location_id: UUID | None) -> Caller:
    return Caller(
        key_id=key.id,
        label=key.label,
        scopes=channel.rights(key),
        store_id=store.id,
        store_code=store.code,
        store_kind=store.kind,
        store_name=store.name,
        location_id=location_id,
    )
