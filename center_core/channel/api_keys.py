"""API keys: a system's right to act for one store, given once in plain and kept as a hash."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select, update

from center_core.kit import N_, Forbidden, NotFound, Refused, Session, uuid7

from .models import ApiKey

SCOPES = (
    "member:read", "member:write", "coupon:read", "coupon:write", "order:read", "order:write",
    "product:read", "inventory:read", "inventory:write",
)  # fmt: skip
CONTAINS = {"order:write": "order:read"}
"""Whoever records orders may read them: ``order:read`` is for systems that only look."""
USE_IS_NOTED_EVERY = timedelta(minutes=10)


def issue_key(
    db: Session, *, store_id: UUID, label: str, scopes: Iterable[str], now: datetime
) -> tuple[ApiKey, str]:
    """A new key, and its plain text ``sk_<prefix>_<secret>``, which cannot be had a second time.

    The secret has 190 bits, so a plain SHA-256 is a safe place to keep it. Refuses ``scope_unknown``.
    """
    wanted = sorted(set(scopes))
    for scope in wanted:
        if scope not in SCOPES:
            raise Refused("scope_unknown", N_("There is no scope %(scope)s."), scope=scope)
    prefix = secrets.token_hex(6)
    plaintext = f"sk_{prefix}_{secrets.token_urlsafe(24)}"
    row = ApiKey(
        id=uuid7(),
        store_id=store_id,
        label=label,
        prefix=prefix,
        key_hash=_hash(plaintext),
        scopes=wanted,
        created_at=now,
        revoked_at=None,
        last_used_at=None,
    )
    db.add(row)
    db.flush()
    return row, plaintext


def key(db: Session, plaintext: str) -> ApiKey:
    """The key that ``plaintext`` is; refuses ``api_key_unknown`` and ``api_key_revoked``.

    Only who knows the whole key learns that it is revoked.
    """
    kind, _, rest = plaintext.partition("_")
    prefix, _, _ = rest.partition("_")
    plausible = kind == "sk" and prefix.isalnum()
    row = db.scalar(select(ApiKey).where(ApiKey.prefix == prefix)) if plausible else None
    if row is None or not hmac.compare_digest(row.key_hash, _hash(plaintext)):
        raise Forbidden("api_key_unknown", N_("This API key is not known."))
    if row.revoked_at is not None:
        raise Forbidden(
            "api_key_revoked", N_("This API key was revoked."), revoked_at=row.revoked_at.isoformat()
        )
    return row


def rights(key: ApiKey) -> frozenset[str]:
    """The scopes that the key was issued for, with those that they contain."""
    return frozenset(key.scopes) | {CONTAINS[scope] for scope in key.scopes if scope in CONTAINS}


def require_scope(key: ApiKey, scope: str) -> None:
    """Refuse with ``scope_missing`` what the key was not issued for."""
    if scope not in rights(key):
        raise Forbidden(
            "scope_missing",
            N_("This API key was not issued for %(scope)s."),
            scope=scope,
            scopes=list(key.scopes),
        )


def note_use(db: Session, *, key_id: UUID, now: datetime) -> None:
    """Remember that the key was used: once in ten minutes, so that requests do not wait for its row."""
    long_ago = or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at < now - USE_IS_NOTED_EVERY)
    db.execute(update(ApiKey).where(ApiKey.id == key_id, long_ago).values(last_used_at=now))


def keys(db: Session, store_id: UUID | None = None) -> list[ApiKey]:
    """The keys of a store, or all, the newest first; revoked ones too."""
    found = select(ApiKey).order_by(ApiKey.id.desc())
    return list(db.scalars(found if store_id is None else found.where(ApiKey.store_id == store_id)))


def revoke_key(db: Session, *, key_id: UUID, now: datetime) -> None:
    """From the commit on the key is refused; revoking it again changes nothing."""
    row = db.get(ApiKey, key_id)
    if row is None:
        raise NotFound("api_key_unknown", N_("This API key is not known."))
    if row.revoked_at is None:
        row.revoked_at = now
        db.flush()


def _hash(plaintext: str) -> str:
    return hashlib.sha256(plaintext.encode()).hexdigest()
