"""Staff: who they are, what they are granted, and who works in which store."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from center_core.kit import N_, NotFound, Page, Refused, Session, look_up, publish, uuid7

from .events import PasswordChanged, RoleRevoked, StaffLeft
from .models import RoleGrant, Staff
from .passwords import hash_of
from .roles import ROLES, SCOPES, Access, Grant


class Badge(NamedTuple):
    """How a member of staff is called; ``store_id`` is where they work, ``active`` is false when they have left."""

    id: UUID
    login: str
    name: dict[str, Any]
    store_id: UUID | None
    active: bool


BADGES = "select id, login, name, store_id, active from staff where"
BADGE = f"{BADGES} id = %(staff_id)s"
BADGE_OF_LOGIN = f"{BADGES} login = %(login)s"


def create_staff(
    db: Session,
    *,
    login: str,
    name: dict[str, Any],
    password: str | None = None,
    title: dict[str, Any] | None = None,
    phone: str | None = None,
    store_id: UUID | None = None,
    locale: str = "zh",
) -> Staff:
    """A new member of staff without any role yet; without a password nobody can sign in as them.

    Logins are compared in lower case. Refuses ``login_taken``.
    """
    row = Staff(
        id=uuid7(),
        login=login.strip().lower(),
        name=name,
        title=title or {},
        phone=phone,
        password_hash=hash_of(password) if password is not None else None,
        active=True,
        locale=locale,
        store_id=store_id,
    )
    values = {column.key: getattr(row, column.key) for column in Staff.__table__.columns}
    added = insert(Staff).values(values).on_conflict_do_nothing(index_elements=["login"]).returning(Staff)
    created = db.scalar(added)
    if created is None:
        raise Refused("login_taken", N_("The login %(login)s is taken."), login=row.login)
    return created


def staff(db: Session, staff_id: UUID) -> Staff:
    """One member of staff, also one who has left."""
    row = db.get(Staff, staff_id)
    if row is None:
        raise _unknown()
    return row


def badge(db: Session, staff_id: UUID) -> Badge:
    """The same, so much as others are told, without the ORM."""
    found = look_up(db, BADGE, staff_id=staff_id)
    if not found:
        raise _unknown()
    return Badge(*found[0])


def staff_by_ids(db: Session, ids: Collection[UUID]) -> list[Staff]:
    """Several people at once, for lists that name them; unknown ids are left out."""
    return list(db.scalars(select(Staff).where(Staff.id.in_(ids))))


def badge_of_login(db: Session, login: str) -> Badge | None:
    """The badge of the member of staff with this login, if there is one."""
    found = look_up(db, BADGE_OF_LOGIN, login=login.strip().lower())
    return Badge(*found[0]) if found else None


def staff_by_login(db: Session, login: str) -> Staff | None:
    """The member of staff with this login, if there is one."""
    return db.scalar(select(Staff).where(Staff.login == login.strip().lower()))


def staff_list(
    db: Session,
    *,
    store_ids: Collection[UUID] | None = None,
    after: str | None = None,
    limit: int = 50,
    q: str | None = None,
) -> Page[Staff]:
    """All staff by login, or those of some stores; ``q`` is a part of the login or of the name in either language."""
    found = select(Staff).order_by(Staff.login).limit(limit + 1)
    if store_ids is not None:
        found = found.where(Staff.store_id.in_(store_ids))
    if after:
        found = found.where(Staff.login > after)
    if q:
        part = f"%{_literal(q.strip().lower())}%"
        name = func.lower(func.concat_ws(" ", Staff.name["zh"].astext, Staff.name["en"].astext))
        found = found.where(or_(Staff.login.like(part), name.like(part)))
    rows = db.scalars(found).all()
    return Page(rows[:limit], rows[limit - 1].login if len(rows) > limit else None)


def staff_of_store(db: Session, store_id: UUID) -> list[Staff]:
    """Who works in the store now, in the order of their logins."""
    at_home = select(Staff).where(Staff.store_id == store_id, Staff.active).order_by(Staff.login)
    return list(db.scalars(at_home))


def guides_of_store(db: Session, store_id: UUID) -> list[Staff]:
    """Those of the store's staff who look after members, in the order of their logins."""
    return _of_store(db, store_id, "guide")


def managers_of_store(db: Session, store_id: UUID) -> list[Staff]:
    """Those of the store's staff who run it, in the order of their logins."""
    return _of_store(db, store_id, "manager")


def may_look_after(db: Session, store_id: UUID) -> list[Staff]:
    """Whom a member of the store may be given to: its guides, and whoever runs it."""
    return _of_store(db, store_id, "guide", "manager")


def _of_store(db: Session, store_id: UUID, *roles: str) -> list[Staff]:
    holds_one = select(RoleGrant.staff_id).where(RoleGrant.role.in_(roles))
    found = select(Staff).where(Staff.store_id == store_id, Staff.active, Staff.id.in_(holds_one))
    return list(db.scalars(found.order_by(Staff.login)))


def set_password(db: Session, *, staff_id: UUID, password: str, now: datetime) -> None:
    """A new password. It signs out every other browser and phone, whose tokens are tied to the old one."""
    staff(db, staff_id).password_hash = hash_of(password)
    db.flush()
    publish(db, PasswordChanged(staff_id=staff_id), now=now)


def deactivate(db: Session, *, staff_id: UUID, now: datetime) -> None:
    """They have left: they cannot sign in any more, and their next request finds them signed out.

    Their login stays theirs, since what they did is on record under it. Whose guide they were is another matter:
    see ``member.hand_over``.
    """
    row = staff(db, staff_id)
    if row.active:
        row.active = False
        db.flush()
        publish(db, StaffLeft(staff_id=staff_id), now=now)


def reactivate(db: Session, *, staff_id: UUID) -> None:
    """They are back: they sign in as before, with the password and the roles that they had."""
    staff(db, staff_id).active = True
    db.flush()


def grant(
    db: Session, *, staff_id: UUID, role: str, scope: str = "brand", scope_id: UUID | None = None
) -> None:
    """Let them hold ``role`` in the brand, a region or a store. Granting it again changes nothing."""
    _check_grant(role, scope, scope_id)
    values = {"id": uuid7(), "staff_id": staff_id, "role": role, "scope": scope, "scope_id": scope_id}
    db.execute(insert(RoleGrant).values(values).on_conflict_do_nothing())


def revoke(
    db: Session,
    *,
    staff_id: UUID,
    role: str,
    scope: str = "brand",
    scope_id: UUID | None = None,
    now: datetime,
) -> None:
    """Take ``role`` away there; where it is not held nothing happens."""
    held = delete(RoleGrant).where(
        RoleGrant.staff_id == staff_id,
        RoleGrant.role == role,
        RoleGrant.scope == scope,
        RoleGrant.scope_id.is_not_distinct_from(scope_id),
    )
    if db.scalars(held.returning(RoleGrant.id)).all():
        publish(db, RoleRevoked(staff_id=staff_id), now=now)


def grants_of(db: Session, staff_id: UUID) -> list[Grant]:
    """Which roles they hold, and where."""
    held = (
        select(RoleGrant.role, RoleGrant.scope, RoleGrant.scope_id)
        .where(RoleGrant.staff_id == staff_id)
        .order_by(RoleGrant.role, RoleGrant.scope, RoleGrant.scope_id)
    )
    return [Grant(role, scope, scope_id) for role, scope, scope_id in db.execute(held)]


def access(db: Session, staff_id: UUID) -> Access:
    """What they may do, and where; read afresh for each request, so that a revoked role ends at once."""
    return Access(staff_id, tuple(grants_of(db, staff_id)))


def _check_grant(role: str, scope: str, scope_id: UUID | None) -> None:
    if role not in ROLES:
        raise Refused("role_unknown", N_("There is no role %(role)s."), role=role)
    if scope not in SCOPES or (scope == "brand") != (scope_id is None):
        raise Refused(
            "scope_unknown", N_("A role counts in the brand, in one region or in one store."), scope=scope
        )


def _literal(text: str) -> str:
    """``text`` with what LIKE would take for a wildcard made plain."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _unknown() -> NotFound:
    return NotFound("staff_unknown", N_("There is no such member of staff."))
