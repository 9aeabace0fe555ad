"""The user centre: staff: who they are, what they may do and where, and the audit log."""

from .auditing import SYSTEM, Actor, audit_log, record
from .checks import check, check_public_passwords
from .events import PasswordChanged, RoleRevoked, StaffLeft
from .models import Audit, Staff
from .roles import PERMISSIONS, ROLES, SCOPES, Access, Grant
from .service import (
    Badge,
    access,
    badge,
    badge_of_login,
    create_staff,
    deactivate,
    grant,
    grants_of,
    guides_of_store,
    managers_of_store,
    may_look_after,
    reactivate,
    revoke,
    set_password,
    staff,
    staff_by_ids,
    staff_by_login,
    staff_list,
    staff_of_store,
)
from .signing_in import forget_attempts, sign_in

__all__ = [
    "PERMISSIONS", "ROLES", "SCOPES", "SYSTEM", "Access", "Actor", "Audit", "Badge", "Grant", "PasswordChanged",
    "RoleRevoked", "Staff", "StaffLeft", "access", "audit_log", "badge", "badge_of_login", "check",
    "check_public_passwords", "create_staff", "deactivate", "forget_attempts", "grant", "grants_of",
    "guides_of_store", "managers_of_store", "may_look_after", "reactivate", "record", "revoke", "set_password",
    "sign_in", "staff", "staff_by_ids", "staff_by_login", "staff_list", "staff_of_store",
]  # fmt: skip
