"""Staff for tests."""

from itertools import count
from uuid import UUID

from center_core import channel, user
from center_core.kit import Session

PASSWORD = "a long enough password"
_serial = count(1)


def staff(
    db: Session,
    *,
    role: str | None = None,
    store: channel.Store | None = None,
    scope: str | None = None,
    scope_id: UUID | None = None,
    login: str | None = None,
    password: str | None = PASSWORD,
) -> user.Staff:
    """A member of staff; ``store`` is where they work and, without ``scope``, where ``role`` counts."""
    number = next(_serial)
    row = user.create_staff(
        db,
        login=login or f"staff{number}",
        name={"zh": f"员工{number}", "en": f"Staff {number}"},
        password=password,
        store_id=store.id if store else None,
    )
    if role is not None:
        place = scope_id or (store.id if store else None)
        user.grant(
            db, staff_id=row.id, role=role, scope=scope or ("store" if place else "brand"), scope_id=place
        )
    return row


def guide(db: Session, store: channel.Store, *, login: str | None = None) -> user.Staff:
    """A shop guide of ``store``, who cannot sign in with a password (hashing one takes its time)."""
    return staff(db, role="guide", store=store, login=login, password=None)
