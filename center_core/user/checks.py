"""What ``scrm doctor`` asks of the user centre."""

from collections.abc import Collection, Iterator

from sqlalchemy import func, select

from center_core.kit import Finding, Session

from .models import RoleGrant, Staff
from .passwords import matches
from .roles import ROLES


def check(db: Session) -> Iterator[Finding]:
    """Every granted role exists, and somebody can still grant roles."""
    for grant in db.scalars(select(RoleGrant).where(RoleGrant.role.not_in(ROLES))):
        yield Finding("user.role", f"role_grant:{grant.id}", f"there is no role {grant.role!r}")
    if not db.scalar(select(Staff.id).limit(1)):
        return
    administrators = (
        select(Staff.id)
        .join(RoleGrant, RoleGrant.staff_id == Staff.id)
        .where(RoleGrant.role == "admin", RoleGrant.scope == "brand", Staff.active)
    )
    if not db.scalar(administrators.limit(1)):
        yield Finding("user.admin", "staff", "nobody is an administrator of the brand any more")


def check_public_passwords(
    db: Session, *, passwords: Collection[str], logins: Collection[str]
) -> Iterator[Finding]:
    """Who of ``logins`` could still sign in with one of ``passwords``, which everybody knows.

    To try one takes as long as signing in, so hashes that people share are tried once.
    """
    kept = select(Staff.password_hash, func.array_agg(Staff.login)).where(
        Staff.active, Staff.login.in_(logins)
    )
    for hash, owners in db.execute(kept.group_by(Staff.password_hash).order_by(func.min(Staff.login))):
        if any(matches(hash, password) for password in passwords):
            for login in sorted(owners):
                yield Finding("user.public_password", login, "the password is the demo's, which is public")
