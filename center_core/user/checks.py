"""What ``scrm doctor`` asks of the user centre."""

from collections.abc import Iterator

from sqlalchemy import select

from center_core.kit import Finding, Session

from .models import RoleGrant, Staff
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
