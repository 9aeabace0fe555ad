"""API keys: shown once, kept as a hash, refused when unknown or revoked."""

from datetime import timedelta

import pytest

from center_core import channel
from center_core.kit import Forbidden, NotFound, Refused, Session, uuid7
from tests import make


def refusal_of(db: Session, plaintext: str) -> str:
    with pytest.raises(Forbidden) as refusal:
        channel.key(db, plaintext)
    return refusal.value.key


def test_a_key_acts_for_its_store_within_its_scopes(db: Session, now) -> None:
    store = make.store(db)
    row, plaintext = channel.issue_key(
        db, store_id=store.id, label="till 1", scopes=["member:read", "member:read"], now=now
    )
    assert plaintext.startswith(f"sk_{row.prefix}_")
    assert channel.key(db, plaintext).store_id == store.id
    channel.require_scope(row, "member:read")
    with pytest.raises(Forbidden) as refusal:
        channel.require_scope(row, "order:write")
    assert refusal.value.reasons == {"scope": "order:write", "scopes": ["member:read"]}


def test_who_may_record_orders_may_read_them(db: Session, now) -> None:
    store = make.store(db)
    till, clerk = (
        channel.issue_key(db, store_id=store.id, label="till", scopes=[scope], now=now)[0]
        for scope in ("order:write", "order:read")
    )
    channel.require_scope(till, "order:read")
    with pytest.raises(Forbidden):
        channel.require_scope(clerk, "order:write")
    assert till.scopes == ["order:write"], "what it was issued for is kept as it was"


def test_the_database_does_not_hold_the_secret(db: Session, now) -> None:
    row, plaintext = channel.issue_key(db, store_id=make.store(db).id, label="till", scopes=[], now=now)
    secret = plaintext.removeprefix(f"sk_{row.prefix}_")
    assert not [value for value in vars(row).values() if isinstance(value, str) and secret in value]


@pytest.mark.parametrize(
    "forged",
    ["", "sk_", "sk__", "nonsense", "sk_\x00_x", "sk_0123456789ab_wrong", "☃", "sk_\u2028_", "x" * 999],
)
def test_an_unknown_key_is_refused(db: Session, forged: str) -> None:
    assert refusal_of(db, forged) == "api_key_unknown"


def test_a_key_with_another_secret_kind_or_tail_is_refused(db: Session) -> None:
    plaintext = make.api_key(db, make.store(db))
    prefix = "_".join(plaintext.split("_")[:2])
    for forged in (
        prefix + "_" + "A" * 32,
        plaintext + "A",
        plaintext[:-1],
        "pk" + plaintext[2:],
        plaintext.upper(),
    ):
        assert refusal_of(db, forged) == "api_key_unknown"


def test_a_revoked_key_is_refused_and_says_so_only_to_its_holder(db: Session, now) -> None:
    row, plaintext = channel.issue_key(db, store_id=make.store(db).id, label="till", scopes=[], now=now)
    channel.revoke_key(db, key_id=row.id, now=now)
    channel.revoke_key(db, key_id=row.id, now=now + timedelta(days=1))
    assert row.revoked_at == now
    assert refusal_of(db, plaintext) == "api_key_revoked"
    assert refusal_of(db, f"sk_{row.prefix}_guess") == "api_key_unknown"
    with pytest.raises(NotFound):
        channel.revoke_key(db, key_id=uuid7(), now=now)


def test_a_scope_must_exist(db: Session, now) -> None:
    with pytest.raises(Refused) as refusal:
        channel.issue_key(db, store_id=make.store(db).id, label="till", scopes=["all"], now=now)
    assert refusal.value.key == "scope_unknown"


def test_use_is_noted_once_in_ten_minutes(db: Session, now) -> None:
    store = make.store(db)
    row, _ = channel.issue_key(db, store_id=store.id, label="till", scopes=[], now=now)
    for minutes, noted in ((0, 0), (9, 0), (11, 11)):
        channel.note_use(db, key_id=row.id, now=now + timedelta(minutes=minutes))
        db.refresh(row)
        assert row.last_used_at == now + timedelta(minutes=noted)
    assert channel.keys(db, store.id) == [row]
